"""Works an answer out from what lies on disk, for a worker of the web or for the terminal."""

from datetime import date, datetime, time
from pathlib import Path

from places import gazetteer
from places.coverage import (
    answers,
    areas,
    asked,
    outlines,
    residents,
    siting,
    streets,
    surveying,
    whatif,
    work,
)
from places.coverage.answers import Spec
from places.coverage.counted import count
from places.coverage.measuring import nothing
from places.coverage.within import Data
from places.download import Watch
from places.errors import Conflict
from places.geo import Point
from places.hours import WARSAW
from places.index import Index, open_index


def loaded(instance: Path) -> Data:
    """All data sets in use."""
    return Data(
        residents.current(instance),
        areas.current(instance),
        streets.current(instance),
        areas.digest(instance),
    )


def make(catalogue: Path, instance: Path, wanted: Spec, watch: Watch = nothing) -> Path:
    """The answer, kept; one that is there already is not made again.

    Raises Conflict when the data is no longer in the state the question is about, Invalid when the
    question cannot be answered, Unavailable or OSError when something cannot be read or written.
    """
    path = answers.path_of(instance, wanted)
    if work.is_there(wanted, path):
        return path
    watch("places", 0.0)
    week = date.fromisoformat(wanted.week)
    question = asked.read(work.question_of(wanted))
    with open_index(catalogue, instance) as index:
        index.be_patient()
        _remember_settlements(index)
        noon = datetime.combine(week, time(12), WARSAW)
        places, needs = asked.places_of(index, question, noon)
        watch("residents", 0.0)
        data = loaded(instance)
        # Asked last: what changed while it was read must not be kept under the old stamp.
        if work.stamp(index, instance) != wanted.stamp:
            raise Conflict("changed_meanwhile")
    counted = count(places, needs, week)
    outlines.ensure(instance, data.areas, data.borders)
    if wanted.kind == "survey":
        surveying.make(path, data, counted, wanted, watch)
    else:
        room = siting if wanted.kind == "sites" else whatif
        answer = room.answer(data, counted, dict(wanted.more), watch)
        # An answer goes on being told with the name and the borders it was found with.
        area = data.areas.get(answer["area"])
        found = {**answer, "called": area.name, "borders": data.borders}
        answers.keep(instance, wanted, found)
    return path


def _remember_settlements(index: Index) -> None:
    """The package they come from takes seconds to read; a worker lives for a few."""
    rows = index.rows(
        "select name, key, powiat, voivodeship, teryt, lat, lon, population from settlement"
    )
    gazetteer.remember(
        gazetteer.Settlement._make((*words, Point(lat, lon), population))
        for *words, lat, lon, population in rows
    )
