"""`flask index`: the copy of the catalogue that the site asks.

The site looks after its index by itself; these commands are for people who want to see it, or to
build a large one before the first visitor comes.
"""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from places import index as store
from places.cli.telling import refusals, say, say_faults
from places.web import current, words

group = AppGroup("index", help="Indeks, czyli kopia katalogu, którą przeszukuje strona.")


@group.command("build", help="Buduje indeks od nowa; stary odpowiada aż do końca.")
def build() -> None:
    folder = current.instance()
    say("Buduję indeks…", error=True)
    began = time.monotonic()
    with refusals():
        store.repair(folder)
        found = store.rebuild(current.catalogue(), folder)
    taken = words.number(round(time.monotonic() - began, 1))
    say(f"Indeks gotowy po {taken}\u00a0s.")
    _tell(found)


@group.command(
    "status", help="Mówi, co jest w\u00a0indeksie i\u00a0czy zgadza się z\u00a0katalogiem."
)
def status() -> None:
    with refusals():
        found = current.index().status()
        # The newest pages wait in a file of their own.
        size = sum(file.stat().st_size for file in current.instance().glob("index.db*"))
    say(f"Rozmiar:    {words.number(round(size / 1_000_000, 1))}\u00a0MB")
    say(f"Plik:       {current.instance() / 'index.db'}")
    _tell(found)


def _local(moment: str) -> str:
    """A moment in UTC as a Polish clock shows it."""
    if not moment:
        return ""
    return f"{datetime.fromisoformat(moment).astimezone(ZoneInfo('Europe/Warsaw')):%Y-%m-%d %H:%M}"


def _tell(found: store.Status) -> None:
    say(f"Miejsca:    {words.number(found.places)}")
    say(f"Na stronie: {words.number(found.listed)}")
    say(f"Zbudowany:  {_local(found.built_at) or 'jeszcze nigdy'}")
    say(f"Układ:      {found.layout}")
    if not found.degraded:
        say("Stan:       zgodny z\u00a0katalogiem")
        return
    say("Stan:       niepełny; odpowiada z\u00a0ostatnich dobrych danych. Błędy w\u00a0katalogu:")
    say_faults(found.faults)
    raise click.exceptions.Exit(1)
