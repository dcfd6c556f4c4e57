"""`flask sources`: cities' own lists, read again by cron.

A list that is as it was does nothing, and of two runs at once one runs.  What is new waits for the
moderators of the area; what vanished is shown at /moderacja/zrodla.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask import g
from flask.cli import AppGroup

from places import harvest, sources
from places.cli.catalogue import Pairs
from places.cli.telling import refusals, say, say_faults
from places.cli.upkeep import Moment
from places.errors import Fault, Invalid
from places.exchange.files import FORMS
from places.harvest import Run
from places.sources import Source
from places.web import current, words

group = AppGroup("sources", help="Listy miast, wczytywane regularnie: zmiany, nowe, brakujące.")


@group.command("add", help="Dodaje listę albo zmienia, jak ją czytać.")
@click.argument("name")
@click.option("--file", type=click.Path(path_type=Path, dir_okay=False), help="Plik na dysku.")
@click.option("--url", help="Adres http albo https; przekierowań nie śledzimy.")
@click.option(
    "--map", "maps", type=Pairs(), multiple=True,
    help="Nasze pole = kolumna na liście; refs.NAZWA mówi, po czym poznać wiersz.",
)  # fmt: skip
@click.option(
    "--set", "constants", type=Pairs(), multiple=True,
    help="Wartość pola tam, gdzie wiersz jej nie ma.",
)  # fmt: skip
@click.option("--area", metavar="TERYT", help="Teren listy; wiersze spoza niego są odrzucane.")
@click.option("--sheet", help="Arkusz w\u00a0pliku XLSX; bez tego pierwszy.")
@click.option("--format", "form", type=click.Choice(FORMS), help="Bez tego: z\u00a0końcówki.")
def add(name: str, file: Path | None, url: str | None, **terms: Any) -> None:
    with refusals():
        if (file is None) == (url is None):
            raise Invalid([Fault("", "file_or_url")])
        address = url or str(Path(file or "").resolve())
        terms = {**terms, "maps": dict(terms["maps"]), "constants": dict(terms["constants"])}
        made = sources.add(current.desk(), name, address, terms, current.now())
    say(f"Zapisano: {_about(made)}")


@group.command("list", help="Wypisuje listy i\u00a0to, jak poszło ostatnio.")
def list_() -> None:
    with refusals():
        everything = sources.everything(current.desk())
    for one in everything:
        say(_about(one))
        last = words.at(one.last_run) if one.last_run else "jeszcze nie"
        say(f"    czytana: {last}; {words.run_told(one.told) or 'bez wyniku'}")
        say_faults(one.faults)
    if not everything:
        say("Nie ma jeszcze żadnej listy. Pierwszą dodaje: flask sources add NAZWA --url ADRES …")


@group.command(
    "run", help="Czyta listy i\u00a0wczytuje to, co się w\u00a0nich zmieniło; dla crona."
)
@click.argument("name", required=False)
@click.option("--dry-run", is_flag=True, help="Tylko pokazuje, niczego nie zapisuje.")
@click.option("--now", "moment", type=Moment(), help="Udaje, że jest ta chwila.")
def run(name: str | None, dry_run: bool, moment: datetime | None) -> None:
    if moment is not None:
        g.now = moment
    failed = False
    with refusals():
        desk = current.desk()
        chosen = [sources.find(desk, name)] if name else list(sources.everything(desk))
        for one in chosen:
            done = harvest.run(
                current.press(), current.instance(), one, current.agent(), trial=dry_run
            )
            _tell(done)
            failed = failed or done.outcome == "failed"
    if not chosen:
        say("Nie ma żadnej listy.")
    if dry_run:
        say("To była próba: nic nie zapisano.")
    if failed:
        raise click.exceptions.Exit(1)


@group.command("remove", help="Przestaje czytać listę; jej miejsca zostają.")
@click.argument("name")
def remove(name: str) -> None:
    with refusals():
        sources.remove(current.desk(), name)
    say(f"Usunięto: {name}")


def _about(one: Source) -> str:
    area = f", teren {one.teryt}" if one.teryt else ""
    return f"{one.name}: {one.address} ({one.form}{area})"


def _tell(done: Run) -> None:
    said = {
        "busy": "ktoś właśnie czyta listy; nic nie zrobiono",
        "same": "bez zmian od ostatniego razu",
        "failed": "nie wczytano",
    }.get(done.outcome) or words.run_told(done.counts)
    say(f"{done.source.name}: {said}.")
    if done.outcome != "same":
        say_faults(done.faults)
