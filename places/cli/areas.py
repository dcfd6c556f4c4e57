"""`flask areas`: borders of voivodeships, powiats, gminas and districts.

What is loaded takes the place of the old set of its level once all of it is right; districts are
kept city by city.  Without any, powiats and voivodeships are approximate.
"""

from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from places.cli.catalogue import Pairs
from places.cli.describing import described
from places.cli.stages import stages
from places.cli.telling import refusals, say, say_faults
from places.errors import NotFound, Unavailable
from places.web import current, words

group = AppGroup("areas", help="Granice województw, powiatów, gmin i\u00a0dzielnic.")

_LEVELS = {
    "voivodeship": "województwa", "powiat": "powiaty", "gmina": "gminy", "district": "dzielnice",
}  # fmt: skip
_OF_PRG = ("voivodeship", "powiat", "gmina")
_STEPS = {level: f"Pobieram {_LEVELS[level]}" for level in _OF_PRG}


@group.command(
    "fetch", help="Pobiera granice z\u00a0rejestru państwowego (GUGiK PRG), strona po stronie."
)
@click.option(
    "--level", "levels", type=click.Choice(_OF_PRG), multiple=True,
    help="Tylko ten poziom; można podać kilka.",
)  # fmt: skip
@click.option("--url", help="Inny adres usługi (FeatureServer) niż ten, który znamy.")
def fetch(levels: tuple[Any, ...], url: str | None) -> None:
    from places.coverage import prg

    with refusals():
        for level in levels or _OF_PRG:
            with stages(_STEPS) as watch:
                service = prg.Service(
                    current.instance(), current.now().date(), url or prg.URL, current.agent(), watch
                )
                found = prg.fetch(service, level)
            _keep(found, prg.about(service, found))
        _make()


@group.command("load", help="Wczytuje wielokąty z\u00a0pliku GeoPackage, GeoJSON albo Shapefile.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--level", type=click.Choice(list(_LEVELS)), required=True, help="Czego to granice.")
@click.option("--city", default="", metavar="TERYT", help="Czyje to dzielnice: sześć cyfr gminy.")
@click.option(
    "--map", "maps", type=Pairs(), multiple=True,
    help="Nasze pole = kolumna: code, name; bez tego zgadujemy i\u00a0mówimy, co wzięto.",
)  # fmt: skip
@described
def load(file: Path, title: str, owner: str, licence: str, date: str, **terms: Any) -> None:
    from places.coverage import borders, kept

    with refusals():
        found = borders.read(file, borders.Terms(**{**terms, "maps": dict(terms["maps"])}))
        about = kept.About(
            title=title or file.name, source=file.name, owner=owner, licence=licence, date=date,
            retrieved=current.now().date().isoformat(), rows=len(found.layer),
            more={"level": found.layer.level},
        )  # fmt: skip
        _keep(found, about)
        _make()


@group.command("list", help="Mówi, jakie granice są wczytane, a\u00a0które są przybliżone.")
def list_() -> None:
    from places.coverage import areas

    loaded = areas.loaded(current.instance())
    for one in loaded:
        say(_about(one))
    if not loaded:
        say("Nie wczytano żadnych granic. Pobierze je: flask areas fetch")
    with refusals():
        known = areas.current(current.instance())
    for level, layer in known.layers.items():
        if rough := int(layer.approximate.sum()):
            say(
                f"{_LEVELS[level].capitalize()} przybliżone: {words.number(rough)}"
                f" z\u00a0{words.number(len(layer))}, z\u00a0otoczenia miejscowości (GeoNames)."
            )


@group.command("remove", help="Usuwa wczytane granice; bez nich powiaty znów są przybliżone.")
@click.argument("name")
def remove(name: str) -> None:
    from places.coverage import areas, kept

    with refusals():
        names = [one.name for one in areas.loaded(current.instance())]
        if name not in names or not kept.remove(current.instance(), "areas", name):
            raise NotFound(f"nie ma zbioru {name[:40]}; są: {', '.join(names) or 'żadne'}")
        _make()
    say(f"Usunięto: {name}")


def _make() -> None:
    """Powiats and voivodeships of what is loaded now, so that no visitor waits for them."""
    from places.coverage import areas

    try:
        areas.current(current.instance())
    except Unavailable as error:
        say(f"Uszkodzony zbiór; usuń go albo wczytaj jeszcze raz: {error}.", error=True)


def _keep(found: Any, about: Any) -> None:
    from places.coverage import polygons

    say_faults(found.notes)
    done = polygons.keep(current.instance(), found.layer, about)
    taken = ", ".join(f"{ours} = {theirs}" for ours, theirs in sorted(found.columns.items()))
    say(f"Wczytano {_about(done)}; kolumny: {taken}")


def _about(one: Any) -> str:
    about = one.about
    dated = f"stan z\u00a0{about.date}, " if about.date else ""
    terms = ", ".join(part for part in (about.owner, about.licence) if part) or "zasad nie podano"
    return (
        f"{one.name}: {words.number(about.rows)} ({_LEVELS[about.more['level']]}),"
        f" {about.title}; {dated}wczytano {about.retrieved}; {terms}"
    )
