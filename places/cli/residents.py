"""`flask residents`: where people live, from the settlements we know, from GUS or from a file.

One set is in use at a time; another takes its place only when it is read to the end and right.
"""

from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from places.cli.catalogue import Pairs
from places.cli.describing import described
from places.cli.stages import stages
from places.cli.telling import refusals, say
from places.errors import NotFound
from places.web import current, words

group = AppGroup("residents", help="Mieszkańcy: ilu ich jest i\u00a0gdzie mieszkają.")

_STEPS = {"download": "Pobieram", "read": "Czytam"}
_PRECISION = {
    "settlement": "miejscowości jako koła",
    "grid": "oczka siatki",
    "point": "punkty",
}
_NOTES = {
    "hidden": "Jednostki, w\u00a0których liczba mieszkańców jest tajna lub nieznana",
    "repeated": "Powtórzone oczka, pominięte",
    "mended": "Naprawione wielokąty",
    "odd": "Jednostki, w\u00a0których dzieci i\u00a0starszych jest więcej niż wszystkich",
}


@group.command(
    "fetch", help="Pobiera siatkę spisową GUS (NSP 2021, 1\u00a0km); raz pobrana zostaje."
)
@click.option("--url", help="Inny adres archiwum niż ten, który znamy.")
@click.option("--sha256", help="Suma kontrolna archiwum; przy innym adresie można jej nie podawać.")
def fetch(url: str | None, sha256: str | None) -> None:
    from places.coverage import census, residents

    known = census.SHA256 if url is None else None
    with refusals(), stages(_STEPS) as watch:
        residents.fetch(
            current.instance(),
            current.now().date(),
            url=url or census.URL,
            sha256=sha256 or known,
            agent=current.agent(),
            watch=watch,
        )
    _tell()
    _compare()


@group.command(
    "load", help="Wczytuje mieszkańców z\u00a0pliku CSV, GeoPackage, GeoJSON albo Shapefile."
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--map", "maps", type=Pairs(), multiple=True,
    help="Nasze pole = kolumna: total, young, old, lat, lon, x (wschód), y (północ), name, code.",
)  # fmt: skip
@described
def load(file: Path, maps: Any, **said: Any) -> None:
    from places.coverage import residents

    terms = residents.Terms(maps=dict(maps), **said)
    with refusals():
        residents.load(current.instance(), file, terms, current.now().date())
    _tell()


@group.command("list", help="Mówi, skąd są mieszkańcy, z\u00a0kiedy i\u00a0na jakich zasadach.")
def list_() -> None:
    _tell()


@group.command("remove", help="Usuwa wczytanych mieszkańców; wracają miejscowości z\u00a0GeoNames.")
@click.argument("name")
def remove(name: str) -> None:
    from places.coverage import residents

    with refusals():
        if name != residents.NAME or not residents.remove(current.instance()):
            raise NotFound(f"nie ma zbioru {name}")
    say(f"Usunięto: {name}. Od teraz liczymy według miejscowości z\u00a0GeoNames.")


def _tell() -> None:
    from places.coverage import kept, residents

    with refusals():
        loaded = kept.current(current.instance(), "residents")
        about = loaded[0].about if loaded else residents.default().about
    name = residents.NAME if loaded else "nic nie wczytano, więc domyślny"
    say(f"Zbiór:      {about.title} ({name})")
    for label, said in (
        ("Źródło:", about.source), ("Czyje:", about.owner), ("Zasady:", about.licence),
        ("Z kiedy:", about.date), ("Pobrano:", about.retrieved),
    ):  # fmt: skip
        if said:
            say(f"{label:<11} {said}")
    say(f"Mieszkańcy: {words.number(round(about.more['people']))}")
    say(f"Jednostki:  {words.number(about.rows)} ({_PRECISION[about.more['precision']]})")
    for code, count in about.more["notes"].items():
        say(f"{_NOTES[code]}: {words.number(count)}")


def _compare() -> None:
    """Our sums beside those that are known, where the borders of gminas are loaded."""
    from places.coverage import areas, census, residents

    with refusals():
        known, people = areas.current(current.instance()), residents.current(current.instance())
        if "gmina" not in known.levels():
            return
        codes = known.locate(people.x, people.y, "gmina")
    for area in known.at("gmina"):
        if area.code in census.KNOWN:
            found = people.total[(codes == area.code) & (people.total > 0)].sum()
            expected = words.number(census.KNOWN[area.code])
            say(f"{area.name}: {words.number(round(found))} (znana suma: {expected})")
