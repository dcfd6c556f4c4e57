"""One proposal as its page shows it: who, what, where, what it may repeat, what was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from places import (
    amendments,
    geo,
    inbox,
    maps,
    photos,
    privacy,
    publishing,
    search,
    submissions,
    twins,
)
from places.amendments import Difference
from places.errors import Fault, Invalid, NotFound
from places.facts import NO_GMINA
from places.maps import MapParts
from places.photos import Waiting
from places.place import Place
from places.submissions import Proposal, Remark, Sender
from places.twins import Twin
from places.vocabulary import VAGUEST_ON_MAP
from places.web import current, words
from places.web.moderate import editor
from places.web.moderate.editor import Field, Form

_TOUCHED = {
    "closed": ("status", "status_note"),
    "moved": ("address.street", "address.postcode", "address.district", "lat", "lon"),
    "hours": ("hours.open", "hours.open_note"),
    "other": (),
}
"""What a reported problem usually makes a moderator change."""
# For looking for duplicates before anybody knows the gmina.
_PROBE = {"address.gmina": "?", "address.teryt": "000000", "address.voivodeship": "?"}
_SOURCE = {"sources": [{"name": "-"}]}


@dataclass(frozen=True, slots=True)
class Case:
    """All that is known of a proposal."""

    proposal: Proposal
    sender: Sender | None
    others: int
    """How many more proposals came from the same mailbox."""
    remarks: Sequence[Remark]
    holder: str
    """Who else has it in hand; empty when nobody."""
    place: Place | None
    """As the catalogue has it now; None for a new one or one that is gone."""
    rows: Sequence[words.Change]
    facts: Sequence[tuple[str, str, tuple[str, ...]]]
    conflicts: Sequence[Difference]
    fields: Sequence[Field]
    addable: Sequence[tuple[str, str]]
    """Further columns a moderator may want to change, with their names."""
    twins: Sequence[Twin]
    photos: Sequence[Waiting]
    warnings: Sequence[str]
    """What would be public and looks private."""
    map: MapParts | None
    moved: float | None
    """How far the point would move, in metres."""


def of(proposal: Proposal, me: int, form: Form | None, faults: Sequence[Fault]) -> Case:
    """The case, with the form as it was filled and what is wrong with it."""
    desk = current.desk()
    place = place_of(proposal)
    before = amendments.flat(place) if place else {}
    after = {**before, **proposal.changes}
    names = touched(proposal, form, faults)
    sender = submissions.sender(desk, proposal.id)
    known = _record(place, proposal)
    adding = proposal.kind == "add"
    open_now = proposal.state in submissions.OPEN
    return Case(
        proposal=proposal,
        sender=sender,
        others=_others(proposal, sender),
        remarks=submissions.remarks(desk, proposal.id),
        holder=_holder(proposal, me),
        place=place,
        rows=() if adding else _rows(proposal, before, after, open_now),
        facts=words.facts(proposal.changes) if adding else (),
        conflicts=conflicts(proposal, place) if open_now else (),
        fields=editor.fields(
            names,
            after,
            form,
            {one.field: words.wrong(one) for one in faults},
            {"address.teryt": _gminas(after)} if open_now else {},
        ),
        addable=[(n, words.column(n)) for n in _all_columns() if n not in names],
        twins=twins.probable(current.index(), known) if known and open_now else (),
        photos=photos.of(desk, proposal.id),
        warnings=[words.caution(one) for one in privacy.warnings(proposal.changes)],
        map=_map(place, proposal.changes),
        moved=_moved(place, proposal.changes),
    )


def touched(proposal: Proposal, form: Form | None, faults: Sequence[Fault] = ()) -> list[str]:
    """The columns in the editor: proposed, needed, asked for, and those with a fault."""
    names = [*proposal.changes, *_TOUCHED.get(proposal.problem, ())]
    if proposal.kind == "add":
        names += editor.NEEDED
    names += [one.field for one in faults]
    if form is not None:
        names += [name.removesuffix(".sent")[2:] for name in form if name.startswith("e.")]
        names += form.getlist("field")
    return [name for name in dict.fromkeys(names) if editor.editable(name)]


def conflicts(proposal: Proposal, place: Place | None) -> Sequence[Difference]:
    """The proposed columns that have changed since the proposer saw the place."""
    if place is None or proposal.kind == "add":
        return ()
    return amendments.conflicts(place, proposal.base, proposal.changes)


def place_of(proposal: Proposal) -> Place | None:
    """The place it is about; None where the catalogue has none."""
    try:
        return publishing.current(current.press(), proposal.place)
    except NotFound:
        return None


def _rows(
    proposal: Proposal, before: Mapping[str, Any], after: Mapping[str, Any], open_now: bool
) -> Sequence[words.Change]:
    if open_now:
        return words.changes(before, after)
    # What was decided is shown as it was then: the catalogue has moved on.
    point = {name: before.get(name) for name in ("lat", "lon")}
    old = {**point, **proposal.base} if {"lat", "lon"} & proposal.changes.keys() else proposal.base
    return words.changes(old, {**old, **proposal.changes})


def _record(place: Place | None, proposal: Proposal) -> Place | None:
    """The place as it would be; None where it cannot be made."""
    new = _SOURCE if place is None else {}
    for more in (new, {**new, **_PROBE}):
        try:
            return amendments.applied(place, {**more, **proposal.changes}, place_id=proposal.place)
        except Invalid:
            continue
    return None


def _others(proposal: Proposal, sender: Sender | None) -> int:
    if sender is None:
        return 0
    row = current.desk().execute(
        "select count(*) from sender where email = ? and proposal <> ?",
        [sender.email, proposal.id],
    )
    return int(row.fetchone()[0])


def _holder(proposal: Proposal, me: int) -> str:
    if proposal.claimed_by == me:
        return ""
    return inbox.holder(current.desk(), proposal, current.now())


def _point(values: Mapping[str, Any]) -> geo.Point | None:
    lat, lon = values.get("lat"), values.get("lon")
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        return None
    return geo.Point(float(lat), float(lon))


def _new_point(place: Place | None, changes: Mapping[str, Any]) -> geo.Point | None:
    old = {"lat": place.point.lat, "lon": place.point.lon} if place else {}
    return _point({**old, **changes}) if {"lat", "lon"} & changes.keys() else None


def _map(place: Place | None, changes: Mapping[str, Any]) -> MapParts | None:
    new = _new_point(place, changes)
    marks = [] if new is None else [maps.Mark(new, gettext("ma być"), pinned=True)]
    if place is not None and place.position.uncertainty_m <= VAGUEST_ON_MAP:
        marks.insert(0, maps.Mark(place.point, gettext("jest"), pinned=False))
    return maps.of_points(marks, tiles=current.tiles()) if marks else None


def _moved(place: Place | None, changes: Mapping[str, Any]) -> float | None:
    new = _new_point(place, changes)
    return geo.metres(place.point, new) if place is not None and new is not None else None


def _gminas(values: Mapping[str, Any]) -> str:
    """Whole codes for half of one: gminas of the same powiat that the catalogue knows."""
    code = str(values.get("address.teryt") or "")
    if not code.endswith(NO_GMINA) or len(code) < 4:
        return ""
    known = [
        f"{one.label} {one.value}"
        for one in search.choices(current.index(), "gmina")
        if one.value.startswith(code[:4])
    ]
    return (
        gettext("W\u00a0tym powiecie znamy: %(gminas)s.", gminas=", ".join(known)) if known else ""
    )


def _all_columns() -> Sequence[str]:
    return [name for name in words.in_order() if editor.editable(name)]
