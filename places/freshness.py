"""How old a fact may be before somebody is asked, and what a date without its day then means.

"2024" may be any day of that year.  A fact is fresh only when even the first of those days is
near enough, and is called old only when even the last is too far; between the two nobody is told
anything, and whoever looks after the place is asked.  Of the end of an edition the last day counts.
"""

import calendar
from dataclasses import dataclass
from datetime import date

GROUPS = ("existence", "address", "hours", "offer", "accessibility")
"""The groups of facts that are checked together, as in `facts.Checks`."""


@dataclass(frozen=True, slots=True)
class Terms:
    """After how many months a fact is asked about again."""

    months: int = 12
    hours_months: int = 6

    def of(self, group: str) -> int:
        """The months of a group of facts."""
        return self.hours_months if group == "hours" else self.months


def first_day(when: str) -> date:
    """The first day a date may mean: of "2024" the first of January."""
    year, month, day = _parts(when)
    return date(year, month or 1, day or 1)


def last_day(when: str) -> date:
    """The last day a date may mean: of "2024-02" the 29th."""
    year, month, day = _parts(when)
    return date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])


def months_before(day: date, months: int) -> date:
    """The same day so many months ago, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_due(when: str | None, group: str, today: date, terms: Terms) -> bool:
    """Whether a group checked then is to be asked about; one without a date always is."""
    return when is None or first_day(when) <= months_before(today, terms.of(group))


def is_old(when: str, group: str, today: date, terms: Terms) -> bool:
    """Whether a check of then is surely too old."""
    return last_day(when) <= months_before(today, terms.of(group))


def _parts(when: str) -> tuple[int, int, int]:
    year, month, day = (*map(int, when.split("-")), 0, 0)[:3]
    return year, month, day
