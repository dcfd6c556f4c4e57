"""Who stands behind a changed fact: the checks, the doubts, the sources and the dates of a record.

An owner or a moderator who states a fact has checked its group.  So has, as a source, the public
page that a stranger names.  A stranger who names none has checked nothing: filling in what was
unknown leaves the group's last check standing, but replacing what had been checked takes it away,
because that check spoke of other facts.  A doubt is dropped once it is answered.  Nothing
here ever names a person.
"""

from collections.abc import Container, Iterable, Sequence
from datetime import date
from typing import Literal

from pydantic import ValidationError

from places.amendments import GROUPS, Difference, differences, group_of
from places.facts import MOST_ITEMS, Check, Source
from places.place import Place
from places.vocabulary import Doubt

Voice = Literal["owner", "moderator", "source", "nobody"]
"""Who says so; "nobody": somebody unknown to us, without a page that could be looked at."""

OWNER = "informacja od prowadzących"
FORM = "zgłoszenie przez formularz"
"""Names of sources, in the language of the records."""

# What answers a doubt: a new value of one of these columns, or a check of the group.
_ANSWERS: dict[Doubt, tuple[str, tuple[str, ...]]] = {
    "existence": ("existence", ("status",)),
    "name": ("existence", ("name",)),
    "operator": ("existence", ("operator.name",)),
    "address": ("address", ("address.street",)),
    "number": ("address", ("address.street",)),
    "locality": ("address", ("address.city",)),
    "gmina": ("address", ("address.gmina", "address.teryt")),
    "moving": ("address", ("address.street",)),
    "hours": ("hours", ("hours.open",)),
    "access": ("offer", ("rules.free", "rules.walk_in", "rules.residents_only")),
    "source": ("", ("sources",)),
}


def vouched(
    before: Place | None,
    after: Place,
    voice: Voice,
    today: date,
    source: Source | None = None,
    said: Container[str] = (),
) -> Place:
    """The changed record with its checks, doubts, sources and dates as they have to be.

    What the change itself `said` of those, by column, is left alone.
    """
    changes = differences(before, after)
    checked = _checked(changes, after, voice, today, said)
    made = after.model_copy(update={"checked": after.checked.model_copy(update=checked)})
    if source and touched(changes):
        made = made.model_copy(update={"sources": _sources(made.sources, source)})
    if "doubts" not in said:
        made = made.model_copy(update={"doubts": _doubts(before, made)})
    date_of = "added" if before is None else "changed"
    if date_of in said or all(one.field.startswith("checked.") for one in changes):
        return made
    return made.model_copy(update={date_of: today.isoformat()})


def source_of(voice: Voice, said: str, today: date) -> Source | None:
    """The row of the sources that a statement adds; a moderator's, and a list's, adds none.

    Of what was `said` of the source only the address of a page is taken: words may name somebody.
    """
    name = {"owner": OWNER, "nobody": FORM}.get(voice)
    page = page_of(said)
    if page is None and name is None:
        return None
    return Source(url=page, name=None if page else name, date=today.isoformat())


def page_of(said: str) -> str | None:
    """The address, where what was said of a source is one."""
    try:
        return Source(url=said).url
    except ValidationError:
        return None


def touched(changes: Iterable[Difference]) -> list[str]:
    """The groups of facts that these columns belong to."""
    found = {group_of(one.field) for one in changes}
    return [group for group in GROUPS if group in found]


def _checked(
    changes: Sequence[Difference], after: Place, voice: Voice, today: date, said: Container[str]
) -> dict[str, Check | None]:
    """The checks that change, by group."""
    found: dict[str, Check | None] = {}
    for group in touched(changes):
        if f"checked.{group}.on" in said or f"checked.{group}.by" in said:
            found[group] = getattr(after.checked, group)
        elif voice != "nobody":
            found[group] = Check(on=today.isoformat(), by=voice)
        elif any(one.before is not None for one in changes if group_of(one.field) == group):
            found[group] = None
    return found


def _doubts(before: Place | None, after: Place) -> tuple[Doubt, ...]:
    """What is still in doubt."""
    stated = {one.field for one in differences(before, after) if one.after is not None}
    confirmed = {
        group
        for group, check in after.checked
        if check and check.by != "source" and check != (before and getattr(before.checked, group))
    }
    return tuple(
        doubt
        for doubt in after.doubts
        if _ANSWERS[doubt][0] not in confirmed and not stated.intersection(_ANSWERS[doubt][1])
    )


def _sources(known: Sequence[Source], new: Source | None) -> tuple[Source, ...]:
    """The sources with the new one among them; one that is there already gets its date."""
    if new is None:
        return tuple(known)
    same = [(one.url, None if one.url else one.name) for one in known]
    key = (new.url, None if new.url else new.name)
    if key in same:
        at = same.index(key)
        dated = known[at].model_copy(update={"date": new.date})
        return (*known[:at], dated, *known[at + 1 :])
    return (*known, new)[:MOST_ITEMS]
