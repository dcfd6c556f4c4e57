"""Measures every area for one question and keeps the answer as survey.py reads it."""

import json
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import numpy as np

from places.coverage import terms
from places.coverage.answers import Spec
from places.coverage.counted import Counted
from places.coverage.figures import Figures
from places.coverage.ground import to_earth
from places.coverage.holes import Hexagon, Holes, holes
from places.coverage.measuring import measure, nothing
from places.coverage.reach import ground
from places.coverage.summing import Belonging, Inputs, add_up, belonging
from places.coverage.survey import LAYOUT, TABLES, WIDE, Method, Survey
from places.coverage.within import Data
from places.download import Watch
from places.geojson import DECIMALS

_Spot = tuple[str, str, float, float, float, bool, str, str, str]


def make(path: Path, data: Data, counted: Counted, wanted: Spec, watch: Watch = nothing) -> None:
    """Works everything out and puts the file in its place, whole or not at all.

    Raises OSError or sqlite3.Error when there is no room.
    """
    laid = ground(data.residents, data.networks)
    watch("distances", 0.0)
    measured = measure(laid, counted, len(data.residents.x), watch)
    watch("areas", 0.0)
    inputs = Inputs(data.residents, laid.spread, counted, measured)
    belongs = belonging(data.areas, data.residents, counted)
    figures = add_up(data.areas, belongs, inputs)
    watch("gaps", 0.0)
    left_out = holes(data.areas, belongs, laid, inputs)
    spots = _spots(counted, belongs)
    _write(path, (figures, left_out, spots), _method(data, counted, wanted))


def _method(data: Data, counted: Counted, wanted: Spec) -> Method:
    return Method(
        wanted.stamp,
        wanted.week,
        wanted.filters,
        terms.METHOD,
        data.residents.about,
        data.areas.about,
        tuple(one.about for one in data.networks),
        data.borders,
        terms.told(),
        str(data.residents.about.more.get("precision", "point")),
        counted.latest,
        counted.told,
    )


def _spots(counted: Counted, belongs: Belonging) -> list[_Spot]:
    lat, lon = to_earth(counted.x, counted.y)
    none = np.full(len(counted), "")
    codes = [belongs.places.get(level, none).tolist() for level in ("powiat", "gmina", "district")]
    return list(
        zip(
            counted.ids,
            counted.names,
            np.round(lat, DECIMALS).tolist(),
            np.round(lon, DECIMALS).tolist(),
            counted.doubt.tolist(),
            counted.sure.tolist(),
            *codes,
            strict=True,
        )
    )


def _write(path: Path, rows: tuple[Sequence[Figures], Holes, Sequence[_Spot]], how: Method) -> None:
    figures, left_out, spots = rows
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".new-") as folder:
        beside = Path(folder) / path.name
        with closing(sqlite3.connect(beside, isolation_level=None)) as connection:
            connection.execute("pragma synchronous = full")
            connection.execute(f"pragma user_version = {LAYOUT}")
            connection.execute("begin")
            for statement in filter(str.strip, TABLES.split(";")):
                connection.execute(statement)
            connection.execute("insert into meta values ('method', ?)", (_json(asdict(how)),))
            connection.executemany(
                "insert into area values (?, ?, ?, ?, ?, ?)",
                (
                    (one.code, n, one.level, one.parent, one.name, _json(asdict(one)))
                    for n, one in enumerate(figures)
                ),
            )
            connection.executemany("insert into place values (?, ?, ?, ?, ?, ?, ?, ?, ?)", spots)
            _put_holes(connection, left_out)
            survey = Survey(connection)
            for one in figures:
                for n, gap in enumerate(survey.gathered(one.code) if one.level in WIDE else ()):
                    row = (one.code, n, _json(asdict(gap)))
                    connection.execute("insert into gap values (?, ?, ?)", row)
            connection.execute("commit")
        beside.replace(path)


def _put_holes(connection: sqlite3.Connection, left_out: Holes) -> None:
    rows = ((n, *codes) for n, codes in enumerate(left_out.parts))
    connection.executemany("insert into part values (?, ?, ?, ?, ?)", rows)
    connection.executemany("insert into label values (?, ?)", enumerate(left_out.labels))
    marks = ", ".join("?" * len(Hexagon._fields))
    connection.executemany(f"insert into hexagon values ({marks})", left_out.hexagons)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
