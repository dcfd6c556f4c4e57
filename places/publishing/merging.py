"""Two records of one place become one; the address of the other leads to it for ever."""

from collections.abc import Mapping
from typing import Any

from places import amendments, history, owners, submissions, vouching
from places.desk import writing
from places.errors import Conflict
from places.history import Revision
from places.place import Place
from places.publishing.step import Cause, Press, Turn, begin, current, stepping

_MOST_STEPS = 20  # from one merged record to the next, lest a circle has no end


def merge(
    press: Press,
    keep: str,
    drop: str,
    person_id: int,
    values: Mapping[str, Any] | None = None,
) -> Revision:
    """Two records of one place become one: `drop` is withdrawn and its address leads to `keep`.

    `values` are taken over into `keep`, with the sources of both; its ids in other lists always
    are.  Owners and open proposals go along.  Raises NotFound; Conflict("merged") when that has
    been done, or would lead in a circle; Invalid.
    """
    kept = _end(press, keep)
    begin(press, [kept.id, drop])
    with stepping(press) as step:
        before, leaving = current(press, kept.id), current(press, drop)
        if before.id == leaving.id or before.merged_into or _is_merged(press, leaving, before.id):
            raise Conflict("merged")
        cause = Cause("moderator", "merged", person_id)
        revision = step.put(_joined(press, before, leaving, values or {}), cause)
        step.put(Turn(leaving, _left(press, leaving, before.id)), cause)
        _move(press, drop, before.id)
        submissions.follow(press.desk, revision.record)
        return revision


def _end(press: Press, place_id: str) -> Place:
    """The record to which merged ones lead."""
    found = current(press, place_id)
    for _ in range(_MOST_STEPS):
        if found.merged_into is None:
            return found
        found = current(press, found.merged_into)
    raise Conflict("merged")


def _is_merged(press: Press, leaving: Place, keep: str) -> bool:
    """Whether it leads elsewhere already; not when this very merging was interrupted."""
    if leaving.merged_into is None:
        return False
    last = history.latest(press.desk, leaving.id)
    return leaving.merged_into != keep or (last is not None and last.what == "merged")


def _joined(press: Press, before: Place, leaving: Place, values: Mapping[str, Any]) -> Turn:
    refs = {f"refs.{name}": ref for name, ref in leaving.refs.items() if name not in before.refs}
    joined: dict[str, Any] = {**refs, **values}
    if values and "sources" not in values:
        both = dict.fromkeys((*before.sources, *leaving.sources))
        joined["sources"] = [one.model_dump() for one in both]
    after = amendments.applied(before, joined)
    return Turn(before, vouching.vouched(before, after, "nobody", press.today, None, joined))


def _left(press: Press, leaving: Place, keep: str) -> Place:
    changed = press.today.isoformat()
    return leaving.model_copy(
        update={"status": "withdrawn", "merged_into": keep, "changed": changed}
    )


def _move(press: Press, drop: str, keep: str) -> None:
    """Owners and open proposals of the one are now the other's."""
    desk = press.desk
    with writing(desk):
        known = {one.email for one in owners.of(desk, keep)}
        for one in owners.of(desk, drop):
            if one.email in known:
                owners.end(desk, one.id, press.now)
        desk.execute("update owner set place = ? where place = ? and ended is null", [keep, drop])
        desk.execute(
            "update proposal set place = ? where place = ? and kind <> 'add'"
            " and state in ('unconfirmed', 'waiting', 'asked')",
            [keep, drop],
        )
