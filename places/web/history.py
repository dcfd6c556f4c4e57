"""What became of a place, for everybody: every state of its record, when, and in what role.

No person stands here, and no note: only the record itself, which is public anyway.  Withdrawn
records keep their history to the desk, because something in them may have been a mistake.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from places import amendments, history, people, search
from places.errors import Gone
from places.history import Revision
from places.place import Place
from places.web import access, current, words

blueprint = Blueprint("history", __name__)

_PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One state of the record, with what it changed."""

    number: int
    """Of the revision; 0 for a state that the desk has not put down."""
    at: datetime | None
    made_by: str
    what: str
    rows: Sequence[words.Change]
    facts: Sequence[tuple[str, str, tuple[str, ...]]]
    now: bool = False
    """Whether this is what the catalogue says, put there by other means than the desk."""


@blueprint.get("/miejsca/<slug>-<place_id>/historia")
def show(slug: str, place_id: str) -> ResponseReturnValue:
    """Every state of the record, the newest first."""
    found = search.find(current.index(), place_id)
    if found.merged_into:
        kept = search.find(current.index(), found.merged_into)
        return redirect(url_for("history.show", slug=kept.slug, place_id=kept.id), 301)
    if found.status == "withdrawn":
        raise Gone(place_id)
    if slug != found.slug:
        return redirect(url_for("history.show", slug=found.slug, place_id=found.id), 301)
    entries = _entries(found, history.of(current.desk(), found.id))
    last = -(-len(entries) // _PER_PAGE)
    page = min(max(1, request.args.get("page", 1, type=int)), last)
    person = access.person()
    return render_template(
        "history/show.html",
        place=found,
        entries=entries[_PER_PAGE * (page - 1) : _PER_PAGE * page],
        page=page,
        last=last,
        restorable=person is not None
        and people.may_decide(person, found.address.teryt, found.networks),
    )


def _entries(found: Place, revisions: Sequence[Revision]) -> list[Entry]:
    """The states, each compared with the one before it; the oldest is shown whole."""
    entries = []
    for one, older in zip(revisions, [*revisions[1:], None], strict=False):
        now = amendments.flat(one.record)
        before = amendments.flat(older.record) if older is not None else None
        entries.append(
            Entry(
                one.number, one.at, one.made_by, words.revision(one.what),
                words.changes(before, now) if before is not None else (),
                words.facts(now) if before is None else (),
            )
        )  # fmt: skip
    if not revisions or revisions[0].record != found:
        entries.insert(0, _untold(found, revisions))
    return entries


def _untold(found: Place, revisions: Sequence[Revision]) -> Entry:
    """What the catalogue says and the desk has not put down: an import, or no change at all."""
    now = amendments.flat(found)
    before = amendments.flat(revisions[0].record) if revisions else None
    return Entry(
        0, None, "catalogue", words.revision("found"),
        words.changes(before, now) if before is not None else (),
        words.facts(now) if before is None else (),
        now=True,
    )  # fmt: skip
