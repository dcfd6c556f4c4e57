"""Cities' own lists, as moderators see them: how the last run went, what vanished, what was wrong.

Nothing is decided here: each place leads to its own page of the desk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template

from places import people, publishing, sources
from places.people import Person
from places.place import Place
from places.sources import Source
from places.vocabulary import LISTED
from places.web import access, current, desk_menu

blueprint = Blueprint("sources", __name__)
blueprint.before_request(access.guard())
blueprint.context_processor(desk_menu.on_every_page)


@dataclass(frozen=True, slots=True)
class Told:
    """One list."""

    source: Source
    gone: Sequence[tuple[Place, datetime]]
    """Places of the area that it names no more, and since when."""
    count: int
    """How many rows are known."""


@blueprint.get("/moderacja/zrodla")
def show() -> str:
    """All lists that concern whoever is signed in."""
    one = access.signed_in()
    seen = [source for source in sources.everything(current.desk()) if _concerns(one, source)]
    return render_template("bulk/sources.html", told=[_told(one, source) for source in seen])


def _told(one: Person, source: Source) -> Told:
    rows = sources.rows(current.desk(), source)
    since = {row.place: row.gone for row in rows.values() if row.gone is not None}
    places = publishing.found(current.press(), since.keys())
    gone = [
        (place, since[place.id])
        for place in places.values()
        if place.status in LISTED and people.may_decide(one, place.address.teryt, place.networks)
    ]
    return Told(source, sorted(gone, key=lambda pair: pair[0].name), len(rows))


def _concerns(one: Person, source: Source) -> bool:
    """Whether the list's area and theirs have anything in common."""
    theirs = people.scope(one)
    return (
        theirs.everything
        or not source.teryt
        or bool(theirs.networks)
        or any(
            source.teryt.startswith(prefix) or prefix.startswith(source.teryt)
            for prefix in theirs.teryts
        )
    )
