"""`flask upkeep`: asks owners whether facts are still true, and tells how that goes.

Made for cron: run it daily; twice on a day, or two at once, sends nothing twice.  What it prints
names places, and people only by their number on the desk.
"""

from datetime import datetime
from typing import Any

import click
from flask import g
from flask.cli import AppGroup

from places import asks, digests, overdue, owners, upkeep
from places.asks import Ask
from places.cli.telling import refusals, say
from places.digests import Digest
from places.freshness import GROUPS
from places.hours import WARSAW
from places.letters import Letter
from places.overdue import Wanted
from places.owners import Owner
from places.people import Person
from places.place import Place
from places.upkeep import Run, Step
from places.web import correspondence, current, words

group = AppGroup("upkeep", help="Aktualność: pytania do opiekunów, czy wpisy są nadal prawdziwe.")

_STEPS = {
    "asked": "pytanie",
    "reminded": "drugie pytanie",
    "edition": "koniec edycji",
    "moot": "nieaktualne pytanie",
    "silent": "brak odpowiedzi, do moderatora",
    "bounced": "listy wracają, do moderatora",
}
_LETTERS = ("asked", "reminded", "edition", "digest")


class Moment(click.ParamType[Any]):
    """A day or a moment on Poland's clock."""

    name = "data"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        try:
            given = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(
                f"„{value}”: potrzebna jest postać 2026-11-28 albo 2026-11-28T08:00", param, ctx
            )
        return given if given.tzinfo else given.replace(tzinfo=WARSAW)


@group.command("remind", help="Pisze do opiekunów i\u00a0moderatorów, o\u00a0co pora zapytać.")
@click.option("--dry-run", is_flag=True, help="Tylko pokazuje, niczego nie zapisuje.")
@click.option("--now", "moment", type=Moment(), help="Udaje, że jest ta chwila.")
@click.option(
    "--most",
    type=click.IntRange(1, 10_000),
    help="Ile listów najwyżej; bez tego PLACES_REMIND_MOST.",
)
def remind(dry_run: bool, moment: datetime | None, most: int | None) -> None:
    if moment is not None:
        g.now = moment
    with refusals():
        current.index().be_patient()
        run = Run(
            current.desk(),
            current.index(),
            current.now(),
            current.terms(),
            most or int(current.setting("REMIND_MOST")),
        )
        steps = upkeep.remind(run, _Writer(), trial=dry_run)
    for step in steps:
        say(_told(step))
    letters = sum(step.what in _LETTERS for step in steps)
    say(f"Listów: {words.number(letters)}.")
    if letters == run.most:
        say(f"To najwięcej na raz ({run.most}); reszta pójdzie następnym razem.")
    if dry_run:
        say("To była próba: nic nie zapisano.")
    elif letters:
        say("Listy czekają w\u00a0skrzynce nadawczej; wysyła je „flask desk deliver”.")


@group.command("status", help="Mówi, ile pytań czeka i\u00a0co pora sprawdzić.")
def status() -> None:
    with refusals():
        desk = current.desk()
        current.index().be_patient()
        counts = asks.counts(desk)
        wanted = Wanted(current.now().date(), current.terms())
        found = digests.gathered(desk, current.index(), wanted)
        everybody = owners.everybody(desk)
        total, _ = overdue.due(current.index(), wanted, (), 0)
    lines = (
        ("Opiekunowie", len(everybody)),
        ("Pytania bez odpowiedzi", counts.get("open", 0)),
        ("Odpowiedzi: aktualne", counts.get("still", 0)),
        ("Odpowiedzi: poprawki", counts.get("change", 0)),
        ("Odpowiedzi: miejsca już nie ma", counts.get("gone", 0)),
        ("Oddane moderatorom", counts.get("silent", 0)),
        ("Opiekun milczy", len(found.silent)),
        ("Listy wracają", len(found.bounced)),
        ("Podobno już ich nie ma", len(found.gone)),
        ("Edycja się skończyła", len(found.ended)),
        ("Edycja niedługo się skończy", len(found.ending)),
        ("Miejsca do sprawdzenia", total),
        ("z\u00a0tego bez opiekuna", found.unowned),
    )
    for name, count in lines:
        say(f"{name}: {words.number(count)}")


class _Writer:
    """Letters from templates, see `upkeep.Writer`."""

    def reminder(self, key: str, owner: Owner, place: Place, ask: Ask, word: str) -> Letter:
        shown = [(name, words.facts_of(place, name)) for name in ask.facts]
        return _letter("reminder", owner, key, place, ask=ask, word=word, shown=shown)

    def edition(self, key: str, owner: Owner, place: Place, ask: Ask, word: str) -> Letter:
        return _letter("edition", owner, key, place, ask=ask, word=word)

    def digest(self, key: str, person: Person, digest: Digest) -> Letter:
        return correspondence.write("escalation", person.email, key, digest=digest)


def _letter(name: str, owner: Owner, key: str, place: Place, **values: Any) -> Letter:
    return correspondence.write(name, owner.email, key, about=place.id, place=place, **values)


def _told(step: Step) -> str:
    if step.digest is not None:
        one = step.digest
        parts = (
            ("zniknęło", len(one.gone)), ("milczy", len(one.silent)),
            ("wraca", len(one.bounced)), ("po edycji", len(one.ended)),
            ("koniec edycji blisko", len(one.ending)), ("bez opiekuna", one.unowned),
        )  # fmt: skip
        said = ", ".join(f"{name} {count}" for name, count in parts if count)
        return f"list zbiorczy: moderator nr\u00a0{step.who}: {said}"
    place = f"{step.place.name}, {step.place.city} ({step.place.id})" if step.place else "miejsce"
    about = ", ".join(words.group_short(name) for name in step.facts if name in GROUPS)
    return f"{_STEPS[step.what]}: {place}, opiekun nr\u00a0{step.who}" + (
        f": {about}" if about else ""
    )
