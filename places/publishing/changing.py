"""Changes that need no proposal: by owners, moderators, upkeep, whole lists; closing, restoring."""

from collections.abc import Mapping
from typing import Any

from places import amendments, history, vouching
from places.errors import Conflict, Fault, Invalid, NotFound
from places.history import MadeBy, Revision
from places.place import Place
from places.publishing.step import Cause, Press, Turn, begin, current, in_file, stepping
from places.vouching import Voice

_VOICES: Mapping[MadeBy, Voice] = {
    "owner": "owner", "moderator": "moderator", "source": "source", "public": "nobody",
    "catalogue": "nobody",
}  # fmt: skip


def publish(
    press: Press,
    place_id: str,
    values: Mapping[str, Any],
    *,
    made_by: MadeBy,
    what: str,
    person: int | None = None,
) -> Revision:
    """Changes a place at once: owners, moderators, upkeep.

    Values that change nothing give the newest revision again.  Raises NotFound, Invalid.
    """
    begin(press, [place_id])
    with stepping(press) as step:
        turn = _turn(press, current(press, place_id), values, made_by)
        return step.put(turn, Cause(made_by, what, person))


def publish_all(
    press: Press,
    changes: Mapping[str, Mapping[str, Any]],
    *,
    made_by: MadeBy,
    what: str,
    person: int | None = None,
) -> tuple[Revision, ...]:
    """Many places in one writing of the file, all or nothing; an unknown id is a new place.

    Raises Invalid; each fault names the place's id in `where`.
    """
    begin(press, changes.keys())
    with stepping(press) as step:
        known = in_file(press, changes.keys())
        turns: list[Turn] = []
        faults: list[Fault] = []
        for place_id, values in changes.items():
            try:
                turns.append(_turn(press, known.get(place_id), values, made_by, place_id))
            except Invalid as error:
                faults += (fault.at(place_id) for fault in error.faults)
        if faults:
            raise Invalid(faults)
        cause = Cause(made_by, what, person)
        return tuple(step.put(turn, cause) for turn in turns)


def close(press: Press, place_id: str, note: str, person_id: int) -> Revision:
    """The place is no more; its page says so, and the reason."""
    values = {"status": "closed", "status_note": note.strip() or None}
    return publish(press, place_id, values, made_by="moderator", what="closed", person=person_id)


def withdraw(press: Press, place_id: str, note: str, person_id: int) -> Revision:
    """The record should not be in the catalogue."""
    values = {"status": "withdrawn", "status_note": note.strip() or None}
    return publish(press, place_id, values, made_by="moderator", what="withdrawn", person=person_id)


def restore(press: Press, place_id: str, number: int, person_id: int) -> Revision:
    """Makes the place again what it was in that revision, checks of then included.

    Raises NotFound; Conflict("merged") where it led to another record then: that one may lead
    here by now.
    """
    begin(press, [place_id])
    with stepping(press) as step:
        chosen = history.numbered(press.desk, place_id, number)
        if chosen is None:
            raise NotFound(f"{place_id} {number}")
        before = current(press, place_id)
        if chosen.record.merged_into not in (None, before.merged_into):
            raise Conflict("merged")
        after = chosen.record.model_copy(update={"changed": before.changed})
        if after != before:
            after = after.model_copy(update={"changed": press.today.isoformat()})
        return step.put(Turn(before, after), Cause("moderator", "restored", person_id))


def _turn(
    press: Press,
    before: Place | None,
    values: Mapping[str, Any],
    made_by: MadeBy,
    place_id: str | None = None,
) -> Turn:
    after = amendments.applied(before, values, place_id=place_id)
    voice = _VOICES[made_by]
    source = vouching.source_of(voice, "", press.today) if made_by in ("owner", "public") else None
    return Turn(before, vouching.vouched(before, after, voice, press.today, source, values.keys()))
