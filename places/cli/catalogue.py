"""`flask catalogue`: is the file right, take a list in, give a list out.

An import is all or nothing.  What it shows before writing is what it writes: should the catalogue
change in between, it stops.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from places import geojson, lines, photos, place, search
from places.cli import report
from places.cli.telling import progress, refusals, say, say_faults
from places.errors import Fault, Invalid
from places.exchange.rows import Watch
from places.place import Place
from places.query import Query
from places.web import current, words

group = AppGroup("catalogue", help="Katalog miejsc: sprawdzanie, wczytywanie i\u00a0eksport.")

_A_FILE = click.Path(path_type=Path, dir_okay=False)


class Pairs(click.ParamType[Any]):
    """`name=value`."""

    name = "pole=wartość"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, str]:
        name, equals, rest = str(value).partition("=")
        if not equals or not name.strip():
            self.fail(f"„{value}”: potrzebna jest postać pole=wartość", param, ctx)
        return name.strip(), rest.strip()


@group.command("check", help="Sprawdza plik katalogu i\u00a0wypisuje naraz wszystkie błędy.")
@click.argument("file", type=_A_FILE, required=False)
def check(file: Path | None) -> None:
    from places.exchange import inspection

    path = file or current.catalogue()
    count, faults = inspection.check(path, progress("Sprawdzam"))
    with refusals():
        faults += _contradictions(path)
    say_faults(faults)
    _tell_photos(path)
    if not faults:
        say(f"{path.name}: wszystko w\u00a0porządku, {words.place_count(count)}.")
        return
    wrong = len({fault.where for fault in faults if fault.where})
    say(
        f"{path.name}: błędów {words.number(len(faults))}, "
        f"w\u00a0rekordach: {words.number(wrong)} z\u00a0{words.number(count)}."
    )
    raise click.exceptions.Exit(1)


@group.command("import", help="Wczytuje listę miejsc z\u00a0pliku CSV, XLSX albo GeoJSON.")
@click.argument("file", type=_A_FILE)
@click.option(
    "--map",
    "maps",
    type=Pairs(),
    multiple=True,
    help="Nasze pole = kolumna w\u00a0pliku; kilka kolumn łączy +.",
)
@click.option(
    "--set",
    "constants",
    type=Pairs(),
    multiple=True,
    help="Wartość pola tam, gdzie wiersz jej nie ma.",
)
@click.option("--sheet", help="Arkusz w\u00a0pliku XLSX; bez tego pierwszy.")
@click.option(
    "--accept-duplicates",
    "duplicates",
    flag_value="accept",
    help="Dodaje także to, co pewnie już jest.",
)
@click.option(
    "--skip-duplicates", "duplicates", flag_value="skip", help="Pomija to, co pewnie już jest."
)
@click.option("--dry-run", is_flag=True, help="Tylko pokazuje, niczego nie zapisuje.")
@click.option("--yes", is_flag=True, help="Zapisuje bez pytania.")
def take_in(file: Path, **options: Any) -> None:
    from places.exchange import files, intake

    path = current.catalogue()
    with refusals():
        stamp = geojson.stamp(path)
        plan = intake.plan(
            files.read(file, options["sheet"]), _whole(path), _terms(options), progress("Porównuję")
        )
    report.tell(plan, file.name)
    if plan.count("refused"):
        say("Nic nie zapisano: odrzucony wiersz zatrzymuje cały plik.")
        raise click.exceptions.Exit(1)
    if options["dry_run"]:
        say("To była próba: nic nie zapisano.")
    elif not plan.count("added") + plan.count("changed"):
        say("Nie ma czego zapisywać.")
    elif options["yes"] or not sys.stdin.isatty() or click.confirm("Zapisać?"):
        with refusals():
            _save(path, stamp, plan.places)
    else:
        say("Nic nie zapisano.")


@group.command("export")
@click.option(
    "--format",
    "form",
    type=click.Choice(["geojson", "csv", "xlsx"]),
    help="Bez tego: z\u00a0końcówki --out albo geojson.",
)
@click.option("--out", type=_A_FILE, help="Plik; bez tego na wyjście programu.")
@click.option("--q", multiple=True, help="Szukane słowa.")
@click.option(
    "--city",
    multiple=True,
    help="Miejscowość; można podać kilka razy, jak każdy z\u00a0filtrów niżej.",
)
@click.option("--district", multiple=True, help="Dzielnica.")
@click.option("--type", multiple=True, help="Rodzaj miejsca, np. dom_kultury.")
@click.option("--network", multiple=True, help="Sieć, np. MAL.")
@click.option("--near", help="Punkt „szerokość,długość” albo miejscowość.")
@click.option("--radius", help="Promień w\u00a0metrach.")
@click.option("--bbox", help="Obszar „zachód,południe,wschód,północ”.")
def give_out(form: str | None, out: Path | None, **filters: Any) -> None:
    """Zapisuje katalog albo jego część.

    Bez filtrów zapisuje wszystko, także miejsca zamknięte; z filtrami to, co pokazałaby strona.
    """
    from places.exchange import files

    with refusals():
        chosen = files.form_of(out, form)
        if chosen == "xlsx" and out is None and sys.stdout.isatty():
            raise Invalid([Fault("out", "not_for_terminal")])
        places = _chosen(filters)
        watch: Watch[Place] = progress("Zapisuję")
        if out is None:
            files.write(chosen, places, sys.stdout.buffer, watch)
            return
        with click.open_file(str(out), "wb", atomic=True) as file:
            files.write(chosen, places, file, watch)
    say(f"{out}: {words.place_count(len(places))}.", error=True)


def _contradictions(path: Path) -> Sequence[Fault]:
    """Places that lie elsewhere than their records say; none where no borders are loaded."""
    from places.coverage import areas, contradictions

    loaded = {one.about.more["level"] for one in areas.loaded(current.instance())}
    if "gmina" not in loaded:
        say("Granic gmin nie wczytano, więc położenia z\u00a0nimi nie porównano.", error=True)
    if not loaded & {"gmina", "district"}:
        return ()
    with suppress(Invalid):  # Told already.
        return contradictions.find(_readable(path), areas.current(current.instance()))
    return ()


def _readable(path: Path) -> Iterator[tuple[str, Place]]:
    """The places that can be read, each with its line."""
    for line in lines.lines(path):
        with suppress(Invalid):
            one = geojson.parse(line)
            yield f"line {line.number} · {one.id}", one


def _tell_photos(path: Path) -> None:
    """Names photos whose files are not there; their pages do without, so that is no fault."""
    with suppress(Invalid):  # Told already.
        for line in lines.lines(path):
            if b'"photos":' not in line.raw:
                continue
            one = geojson.parse(line)
            there = photos.there(path, one.photos)
            for photo in one.photos:
                if photo not in there:
                    say(f"{one.id}: nie ma pliku ze zdjęciem {photo.file}.")


def _terms(options: Mapping[str, Any]) -> Any:
    from places.exchange import intake

    return intake.Terms(
        today=datetime.now(ZoneInfo("Europe/Warsaw")).date(),
        new_id=place.new_id,
        maps=dict(options["maps"]),
        constants=dict(options["constants"]),
        duplicates=options["duplicates"] or "refuse",
    )


def _whole(path: Path) -> Sequence[Place]:
    """The catalogue; empty where there is none yet.

    Raises Invalid when any of it cannot be read: writing it back would lose that.
    """
    if geojson.stamp(path) is None:
        return ()
    found = geojson.read(path)
    if found.faults:
        say(f"Najpierw popraw katalog {path.name}; ma błędy:", error=True)
        raise Invalid(found.faults)
    return found.places


def _save(path: Path, stamp: geojson.Stamp | None, places: Sequence[Place]) -> None:
    with geojson.editing(path):
        if geojson.stamp(path) != stamp:
            raise Invalid([Fault("", "changed_meanwhile", path.name)])
        geojson.write(path, places)
    say(f"Zapisano: {path.name}, {words.place_count(len(places))}.")


def _chosen(filters: Mapping[str, Any]) -> Sequence[Place]:
    """What the filters choose; without any, the whole catalogue with what is closed, too.

    Raises Invalid.
    """
    given = {
        name: [value] if isinstance(value, str) else list(value)
        for name, value in filters.items()
        if value
    }
    if given:
        return search.every(current.index(), Query.read(given), current.now())
    return sorted(_whole(current.catalogue()), key=lambda one: one.id)
