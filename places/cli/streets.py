"""`flask streets`: networks of streets to walk along, from OpenStreetMap.

A network of a name takes the place of the one before it, once it is whole.
"""

from pathlib import Path

import click
from flask.cli import AppGroup

from places import text
from places.cli.stages import stages
from places.cli.telling import refusals, say
from places.coverage import kept
from places.errors import NotFound
from places.web import current, words

_DOING = {
    "download": "Pobieram",
    "reading": "Czytam ulice",
    "joining": "Składam sieć",
    "keeping": "Zapisuję",
}

group = AppGroup("streets", help="Sieci ulic, po których liczymy drogę pieszo (OpenStreetMap).")


@group.command("load", help="Wczytuje ulice z\u00a0pliku OpenStreetMap (PBF).")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", help="Jak ma się nazywać sieć; bez tego: jak plik.")
def load(file: Path, name: str | None) -> None:
    with refusals():
        _load(file, name or text.slug(file.name.partition(".")[0])[:40].strip("-"))


@group.command("fetch", help="Pobiera ulice województwa z\u00a0Geofabrik i\u00a0wczytuje je.")
@click.argument("voivodeship", metavar="WOJEWÓDZTWO")
@click.option("--url", help="Folder innego serwera, który ma takie same pliki.")
def fetch(voivodeship: str, url: str | None) -> None:
    from places.coverage import extracts

    base = url or extracts.BASE
    with refusals():
        with stages(_DOING) as watch:
            file = extracts.fetch(current.instance(), voivodeship, base, watch)
        _load(file, extracts.slug(voivodeship), extracts.address(voivodeship, base))


@group.command("list", help="Wypisuje wczytane sieci ulic.")
def list_() -> None:
    found = kept.current(current.instance(), "streets")
    for one in found:
        say(_about(one))
    if not found:
        say(
            "Nie ma żadnej sieci ulic: drogę liczymy w\u00a0linii prostej."
            " Wczyta ją: flask streets fetch WOJEWÓDZTWO albo flask streets load PLIK"
        )


@group.command("remove", help="Usuwa sieć ulic.")
@click.argument("name")
def remove(name: str) -> None:
    with refusals():
        if not kept.is_name(name) or not kept.remove(current.instance(), "streets", name):
            raise NotFound(f"nie ma sieci ulic {name[:40]}")
    say(f"Usunięto: {name}")


def _load(file: Path, name: str, source: str = "") -> None:
    # Imported here: osmium and SciPy take a moment, and `flask --help` has no use for them.
    from places.coverage import streets

    with stages(_DOING) as watch:
        done = streets.load(
            current.instance(), file, name, current.now().date(), source=source, watch=watch
        )
    say(f"Wczytano: {_about(done)}")


def _about(one: kept.Kept) -> str:
    about = one.about
    dated = f"stan z\u00a0{about.date}" if about.date else "plik nie mówi, z\u00a0kiedy jest"
    return (
        f"{one.name}: {words.number(round(about.more['metres'] / 1000))}\u00a0km ulic,"
        f" węzłów: {words.number(about.rows)},"
        f" {words.number(round(about.more['share_kept'] * 100, 1))}% tego, co w\u00a0pliku jest dla"
        f" pieszych; {dated}, wczytano {about.retrieved}; {about.owner}, {about.licence}"
        f" ({about.source})"
    )
