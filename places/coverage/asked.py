"""What a page of coverage is asked: the catalogue's own filters, a week, and a stamp of the data.

A link with a stamp and a week is permanent: it gives the same numbers as long as they are kept.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from places.coverage.counted import Asked
from places.errors import Fault, Invalid, shortened
from places.facts import Accessibility
from places.index import Index
from places.opening import spans
from places.place import Place
from places.query import Query
from places.scope import WHOLE, scope_of
from places.search import place_of
from places.vocabulary import AUDIENCES

FILTERS = ("q", "city", "district", "type", "network")
"""The catalogue's filters that also narrow coverage down."""
ACCESS = tuple(name for name in Accessibility.model_fields if name not in ("note",))
"""What may be asked to be accessible, as in the record."""
_STAMP = 16
_EVERY = 10_000_000


@dataclass(frozen=True)
class Question:
    """Which places are to be counted, in which week, and by which state of the data."""

    query: Query = Query()
    """Only FILTERS of it."""
    audience: tuple[str, ...] = ()
    """For any of these."""
    access: tuple[str, ...] = ()
    """With each of these."""
    week: date | None = None
    """The Monday of the week whose hours count; None: the next ordinary one."""
    stamp: str = ""
    """The state of the data; "" is today's."""

    def args(self) -> list[tuple[str, str]]:
        """The same as parameters of an address, in one order."""
        found = [
            *self.query.args(),
            *(("audience", one) for one in self.audience),
            *(("access", one) for one in self.access),
        ]
        if self.week is not None:
            found.append(("tydzien", self.week.isoformat()))
        if self.stamp:
            found.append(("stan", self.stamp))
        return found

    @property
    def filters(self) -> list[tuple[str, str]]:
        """The parameters that say which places count."""
        return replace(self, week=None, stamp="").args()


def read(args: Mapping[str, Sequence[str]], also: Collection[str] = ()) -> Question:
    """A question from parameters of an address; `also` names those that are somebody else's.

    Raises Invalid with all the faults.
    """
    known = (*FILTERS, "audience", "access", "tydzien", "stan")
    faults = [
        Fault(shortened(name), "unknown_parameter", "", ", ".join(known))
        for name in args
        if name not in known and name not in also
    ]
    query = Query()
    try:
        query = Query.read({name: args[name] for name in FILTERS if name in args})
    except Invalid as error:
        faults += error.faults
    given = {}
    for name, values in (("audience", tuple(AUDIENCES)), ("access", ACCESS)):
        chosen = dict.fromkeys(one for one in args.get(name, ()) if one)
        given[name] = tuple(one for one in values if one in chosen)
        faults += [
            Fault(name, "not_in_list", shortened(one), ", ".join(values))
            for one in chosen
            if one not in values
        ]
    week = _week(next((one for one in args.get("tydzien", ()) if one), ""), faults)
    stamp = next((one for one in args.get("stan", ()) if one), "")
    if stamp and not (len(stamp) == _STAMP and set(stamp) <= set("0123456789abcdef")):
        faults.append(Fault("stan", "pattern", shortened(stamp)))
    if faults:
        raise Invalid(faults)
    return Question(query, given["audience"], given["access"], week, stamp)


def places_of(index: Index, question: Question, now: datetime) -> tuple[list[Place], Asked]:
    """The places a question is about, and what they must have beside.

    Words that nothing wholly answers find no place.  `now` is for words like "w sobotę".
    """
    scope = scope_of(index, question.query, now)
    found = scope.page("id", _EVERY, 1) if scope.level in WHOLE else []
    needs = tuple((one.kind, one.values) for one in scope.understood.needs if one.kind in _TRAITS)
    # A type that the words mean counts as asked for, too.
    meant = [one for one in scope.understood.wishes if one.kind == "type" and one.certain]
    types = (*question.query.type, *(value for one in meant for value in one.values))
    times = tuple(spans(scope.understood.open, now))
    return (
        [place_of(feature) for feature, _ in found],
        Asked(types, question.audience, question.access, needs, times),
    )


_TRAITS = ("audience", "accessibility", "free")


def _week(given: str, faults: list[Fault]) -> date | None:
    if not given:
        return None
    try:
        week = date.fromisoformat(given)
    except ValueError:
        faults.append(Fault("tydzien", "not_a_date", shortened(given)))
        return None
    if week.weekday() or not 2000 <= week.year < 2100:
        faults.append(Fault("tydzien", "not_a_monday", shortened(given)))
        return None
    return week
