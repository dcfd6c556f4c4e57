"""Which places count, surely or perhaps, where, and when they are open.

A place counts when it works and is open to everybody.  It counts surely when nobody doubts that it
exists, its edition has not run out, and it is known to have what was asked for; where one of these
is unknown it counts perhaps, and widens the range.  A place that is too vague for the map counts
in the number of places of its gmina, which is certain, and in no walking time.  Planned and closed
places do not count; day support for children (`świetlica środowiskowa`) is not open to all and
counts only when that type is asked for.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from places import hours, rows
from places.coverage.ground import Floats, to_plane
from places.coverage.terms import EXACT, LEAST_OPEN, TIMES, Window
from places.freshness import first_day, last_day
from places.holidays import public_holiday
from places.hours import WARSAW
from places.opening import Span
from places.place import Place
from places.vocabulary import VAGUEST_ON_MAP

NOT_FOR_ALL = "swietlica_srodowiskowa"
CLOSED, PERHAPS, OPEN = 0, 1, 2
_STEPS = (150, 200, 250, 300, 400, 500, 650, 800, 1_000, 1_300, 1_600, 2_000)
"""Metres: uncertainties are rounded up to the next of these, so that few different ones remain."""
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_WEEKS_AHEAD = 12
_SURE = rows.INFERRED


@dataclass(frozen=True)
class Asked:
    """What a place must have to count."""

    types: tuple[str, ...] = ()
    """Types that were asked for; empty means any."""
    audience: tuple[str, ...] = ()
    """For whom: any of these."""
    access: tuple[str, ...] = ()
    """What must be accessible: each of these."""
    needs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What the words of a question need: (kind, values), any of the values."""
    open: tuple[Span, ...] = ()
    """When the words of a question want it open: in any of these."""


@dataclass(frozen=True)
class Counted:
    """Places that count, in the order of their ids; every array has one item a place."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    x: Floats
    y: Floats
    doubt: Floats
    """Metres within which nine in ten such places lie around their points, see facts.Position; 0
    where the point counts as exact.  "Surely" below is as sure as that."""
    sure: NDArray[np.bool_]
    """Whether it counts surely, not only perhaps."""
    teryt: NDArray[np.str_]
    """Of the gmina, as the record says."""
    districts: tuple[str, ...]
    """As the record calls them; "" where it does not say."""
    open: Mapping[str, NDArray[np.int8]]
    """CLOSED, PERHAPS or OPEN, by the times in terms.TIMES."""
    latest: str
    """When the records of these places last changed, as exactly as they say; "" if none says."""
    told: Mapping[str, int]
    """How many there are of each kind: "counted", "vague", "unplaced", "doubtful",
    "hours_unknown", and left out: "planned", "temporarily_closed", "not_open_to_all",
    "without_need"."""

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def placed(self) -> NDArray[np.bool_]:
        """Which are known well enough for a walk to be measured to them."""
        return self.doubt <= VAGUEST_ON_MAP

    def only(self, numbers: Sequence[int]) -> "Counted":
        """These places alone, by their numbers."""
        stay = np.array(numbers, int)
        return self._changed(lambda items: tuple(items[n] for n in numbers), lambda one: one[stay])

    def joined(self, x: Floats, y: Floats) -> "Counted":
        """With more places, exact and sure, whose hours nobody knows."""
        more = len(x)
        found = self._changed(
            lambda items: (*items, *[""] * more),
            lambda one: np.concatenate((one, np.zeros(more, one.dtype))),
        )
        found.x[len(self) :], found.y[len(self) :], found.sure[len(self) :] = x, y, True
        for states in found.open.values():
            states[len(self) :] = PERHAPS
        return found

    def _changed(
        self,
        words: Callable[[tuple[str, ...]], tuple[str, ...]],
        arrays: Callable[[NDArray[Any]], NDArray[Any]],
    ) -> "Counted":
        values: dict[str, Any] = {
            name: words(value) if isinstance(value, tuple) else arrays(value)
            for name, value in vars(self).items()
            if isinstance(value, tuple | np.ndarray)
        }
        open_ = {time: arrays(states) for time, states in self.open.items()}
        return replace(self, **values, open=open_)


def count(places: Iterable[Place], asked: Asked, week: date) -> Counted:
    """The places that count in the week that begins on this Monday."""
    told: Counter[str] = Counter()
    kept, sure = [], []
    for one in sorted(places, key=lambda place: place.id):
        why = _left_out(one, asked)
        if why:
            told[why] += 1
            continue
        kept.append(one)
        sure.append(not _is_doubtful(one, week) and _has(one, asked) == OPEN)
    doubt = np.array([_doubt(one.position.uncertainty_m) for one in kept], float)
    lat, lon = (np.array([one.point[axis] for one in kept], float) for axis in (0, 1))
    x, y = to_plane(lat, lon)
    states = {name: _states(kept, window, week) for name, window in TIMES.items()}
    unknown = np.all([states[name] == PERHAPS for name in TIMES], axis=0) if kept else np.zeros(0)
    told.update(
        counted=len(kept),
        vague=int(((doubt > 0) & (doubt <= VAGUEST_ON_MAP)).sum()),
        unplaced=int((doubt > VAGUEST_ON_MAP).sum()),
        doubtful=len(kept) - sum(sure),
        hours_unknown=int(unknown.sum()),
    )
    return Counted(
        tuple(one.id for one in kept),
        tuple(one.name for one in kept),
        x,
        y,
        doubt,
        np.array(sure, bool),
        np.array([one.address.teryt for one in kept], "<U6"),
        tuple(one.address.district or "" for one in kept),
        states,
        max((day for one in kept for day in (one.changed, one.added) if day), default=""),
        dict(sorted(told.items())),
    )


def reference_week(day: date) -> date:
    """The Monday of the first week from the day on without a public holiday.

    Times of the week are those of an ordinary week: nobody plans a club by Christmas.
    """
    monday = day - day.weekday() * _DAY
    for ahead in range(_WEEKS_AHEAD):
        first = monday + ahead * _WEEK
        if not any(public_holiday(first + after * _DAY) for after in range(7)):
            return first
    return monday


def _left_out(one: Place, asked: Asked) -> str:
    """Why a place does not count at all; "" where it does."""
    if one.status != "open":
        return one.status if one.status in ("planned", "temporarily_closed") else "closed"
    if one.type == NOT_FOR_ALL and NOT_FOR_ALL not in asked.types:
        return "not_open_to_all"
    return "without_need" if _has(one, asked) == CLOSED else ""


def _has(one: Place, asked: Asked) -> int:
    """Whether a place has what was asked for: OPEN is yes, PERHAPS nobody knows, CLOSED is no."""
    traits = rows.traits(one)
    wishes = [("audience", asked.audience)] if asked.audience else []
    wishes += [("accessibility", (name,)) for name in asked.access]
    found = [_fulfils(traits, *wish) for wish in (*wishes, *asked.needs)]
    if asked.open:
        rule, voivodeship = one.hours.open, one.address.voivodeship
        found.append(max(_best_in(rule, voivodeship, span) for span in asked.open))
    return min(found, default=OPEN)


def _best_in(rule: str | None, voivodeship: str, span: Span) -> int:
    states = {one.state for one in hours.intervals(rule, *span, voivodeship)}
    return OPEN if "open" in states else PERHAPS if "unknown" in states else CLOSED


def _fulfils(traits: Mapping[tuple[str, str], float], kind: str, values: Sequence[str]) -> int:
    known = [traits[kind, value] for value in values if (kind, value) in traits]
    if known:
        best = max(known)
        return OPEN if best >= _SURE else CLOSED if best == rows.NO else PERHAPS
    # Whom the source names others, it does not name these.
    is_for_others = kind == "audience" and any(name == kind for name, _ in traits)
    return CLOSED if is_for_others else PERHAPS


def _is_doubtful(one: Place, week: date) -> bool:
    begins = one.valid_from is not None and first_day(one.valid_from) > week
    ended = one.valid_to is not None and last_day(one.valid_to) < week
    return "existence" in one.doubts or begins or ended


def _doubt(uncertainty: float) -> float:
    if uncertainty <= EXACT:
        return 0.0
    return float(next((step for step in _STEPS if uncertainty <= step), uncertainty))


def _states(places: Sequence[Place], window: Window, week: date) -> NDArray[np.int8]:
    found = (state_in(one.hours.open, one.address.voivodeship, window, week) for one in places)
    return np.fromiter(found, np.int8, len(places))


@lru_cache(maxsize=65_536)
def state_in(rule: str | None, voivodeship: str, window: Window, week: date) -> int:
    """Whether a rule is open in a time of the week: on enough of its days, for long enough."""
    if not rule:
        return PERHAPS
    days = [_state_on(rule, voivodeship, window, week + day * _DAY) for day in window.days]
    return sorted(days, reverse=True)[window.enough - 1]


def _state_on(rule: str, voivodeship: str, window: Window, day: date) -> int:
    begins, ends = (datetime.combine(day, time(hour), WARSAW) for hour in window[1:3])
    minutes = Counter[str]()
    for one in hours.intervals(rule, begins, ends, voivodeship):
        minutes[one.state] += round((one.ends - one.begins).total_seconds() / 60)
    if minutes["open"] >= LEAST_OPEN:
        return OPEN
    return PERHAPS if minutes["open"] + minutes["unknown"] >= LEAST_OPEN else CLOSED
