"""A place, for the person who runs it: behind the lasting word in their letter, without a password.

Whom the moderators trust publishes hours and offer at once; everything else becomes a proposal
whose sender is known already.  "All of this is still true" vouches for the facts that were shown
and for no others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from places import amendments, owners, publishing, submissions, text, tokens
from places.desk import writing
from places.errors import Expired, Fault, Invalid, NotFound
from places.owners import Owner
from places.place import Place
from places.submissions import Draft, Sender
from places.web import access, asking, current, filling, seeing, uploading
from places.web.filling import Filled
from places.web.forms import Form

blueprint = Blueprint("owner", __name__)

_AT_ONCE = ("hours", "offer")
"""Groups of facts that whoever is trusted publishes."""
DONE = {
    "opublikowane": "published",
    "wyslane": "proposed",
    "zmienione-i-wyslane": "both",
    "potwierdzone": "confirmed",
}


@dataclass(frozen=True, slots=True)
class _Right:
    owner: Owner
    place: Place


@blueprint.get("/opieka/<word>")
def show(word: str) -> ResponseReturnValue:
    """The form with everything that is known, and how fresh it is."""
    right = _right(tokens.look(current.desk(), "owner", word, current.now()).subject)
    return _page(word, right, right.place, filling.shown(right.place))


@blueprint.get("/opieka/<word>/<done>")
def done(word: str, done: str) -> ResponseReturnValue:
    """The same, after something was done."""
    if done not in DONE:
        raise NotFound(done)
    right = _right(tokens.look(current.desk(), "owner", word, current.now()).subject)
    return _page(word, right, right.place, filling.shown(right.place), done=DONE[done])


@blueprint.post("/opieka/<word>")
@access.limiter.limit(access.forms)
def save(word: str) -> ResponseReturnValue:
    """Keeps what was touched, or vouches for all of it."""
    right = _right(tokens.use(current.desk(), "owner", word, current.now()).subject)
    form: Form = request.form
    base = seeing.base_of(form, right.place.id) or right.place
    if "more_rooms" in form:
        return _page(word, right, base, form)
    if form.get("verb") == "still":
        return _still(word, right, base)
    filled = filling.changed(form, base)
    faults = [*filled.faults, *uploading.uploaded().faults]
    if not faults and not filled.values and not uploading.uploaded().photos:
        faults = [Fault("", "nothing_changed")]
    if faults:
        return _page(word, right, base, form, faults, filled), 400
    newer = amendments.conflicts(right.place, amendments.flat(base), filled.values)
    if newer:
        merged = seeing.resolved(right.place, form, filled)
        faults = [Fault("", "newer")]
        return _page(word, right, right.place, merged, faults, filled, newer=newer), 409
    try:
        return _done(word, _kept(right, form, filled))
    except Invalid as error:  # Parts of what is sound as a whole may not be.
        return _page(word, right, base, form, error.faults, filled), 400


def _kept(right: _Right, form: Form, filled: Filled) -> str:
    """What was done with the changes: published, proposed, or some of each."""
    at_once = {
        name: value
        for name, value in filled.values.items()
        if right.owner.trusted and amendments.group_of(name) in _AT_ONCE
    }
    rest = {name: value for name, value in filled.values.items() if name not in at_once}
    desk, sent = current.desk(), bool(uploading.uploaded().photos)
    with writing(desk):
        if rest or sent:
            draft = Draft(rest, text.clean(form.get("note", "")), with_photos=sent)
            uploading.attached(
                submissions.change(desk, right.place, draft, _sender(right), current.now(), "owner")
            )
        if at_once:
            publishing.publish(
                current.press(), right.place.id, at_once, made_by="owner", what="changed"
            )
    return "both" if (rest or sent) and at_once else "published" if at_once else "proposed"


def _still(word: str, right: _Right, base: Place) -> ResponseReturnValue:
    if _facts(base) != _facts(right.place):
        form = filling.shown(right.place)
        return _page(word, right, right.place, form, [Fault("", "newer")]), 409
    values: dict[str, Any] = {}
    for group in _known_groups(_facts(right.place)):
        values[f"checked.{group}.on"] = current.press().today.isoformat()
        values[f"checked.{group}.by"] = "owner"
    publishing.publish(current.press(), right.place.id, values, made_by="owner", what="confirmed")
    return _done(word, "confirmed")


def _known_groups(facts: Mapping[str, Any]) -> Iterable[str]:
    found = {amendments.group_of(name) for name in facts}
    return [group for group in amendments.GROUPS if group in found]


def _facts(place: Place) -> dict[str, Any]:
    known = amendments.flat(place).items()
    return {name: value for name, value in known if amendments.group_of(name)}


def _sender(right: _Right) -> Sender:
    return Sender(right.owner.email, right.owner.name, runs_it=True)


def _right(subject: str) -> _Right:
    """Who they are and which place is theirs.

    Raises Expired when either is gone.
    """
    try:
        owner = owners.find(current.desk(), subject)
        place = publishing.current(current.press(), owner.place)
    except NotFound:
        raise Expired("owner") from None
    if owner.ended is not None or not place.listed:
        raise Expired("owner")
    return _Right(owner, place)


def _done(word: str, what: str) -> ResponseReturnValue:
    said = next(said for said, code in DONE.items() if code == what)
    return redirect(url_for("owner.done", word=word, done=said), 303)


def _page(
    word: str,
    right: _Right,
    seen: Place,
    form: Form,
    faults: Iterable[Fault] = (),
    filled: Filled | None = None,
    **more: Any,
) -> str:
    waiting = [
        one
        for one in submissions.about(current.desk(), right.place.id)
        if one.sent_by == "owner" and one.state in submissions.OPEN
    ]
    return asking.page(
        "owner/show.html",
        form,
        tuple(faults),
        filled,
        place=right.place,
        owner=right.owner,
        seen=seeing.seen_word(seen),
        waiting=waiting,
        word=word,
        **more,
    )
