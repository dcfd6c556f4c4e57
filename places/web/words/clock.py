"""Days and hours as people say them: "w\u00a0poniedziałek", "28\u00a0listopada", "18:00".

What is a day depends on where the clock hangs: every moment here is Poland's.
"""

from datetime import date, datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.web.words.dates import GENITIVE, MONTHS

_WEEKDAYS = (
    (_("poniedziałek"), _("w\u00a0poniedziałek")),
    (_("wtorek"), _("we wtorek")),
    (_("środa"), _("w\u00a0środę")),
    (_("czwartek"), _("w\u00a0czwartek")),
    (_("piątek"), _("w\u00a0piątek")),
    (_("sobota"), _("w\u00a0sobotę")),
    (_("niedziela"), _("w\u00a0niedzielę")),
)
_WITHIN_A_WEEK = 6  # days: on the seventh "w poniedziałek" would be today's name


def weekday(day: date) -> str:
    """The day of the week: "sobota"."""
    return str(_WEEKDAYS[day.weekday()][0])


def day_of_month(day: date) -> str:
    """The date without its year: "28 listopada"."""
    return f"{day.day}\u00a0{MONTHS[day.month - 1][GENITIVE]}"


def whole_day(day: date) -> str:
    """Both: "sobota 28 listopada"."""
    return f"{weekday(day)} {day_of_month(day)}"


def hour(moment: datetime) -> str:
    """The time on the wall: "9:00"."""
    return f"{moment.hour}:{moment.minute:02}"


def day_when(day: date, today: date) -> str:
    """When, seen from today: "dziś", "jutro", "w poniedziałek", "7 grudnia", "7 grudnia 2027"."""
    after = (day - today).days
    if after in (0, 1):
        return gettext("jutro") if after else gettext("dziś")
    if 1 < after <= _WITHIN_A_WEEK:
        return str(_WEEKDAYS[day.weekday()][1])
    return day_of_month(day) + ("" if day.year == today.year else f" {day.year}")


def on_weekday(day: date) -> str:
    """On which day of the week: "w sobotę"."""
    return str(_WEEKDAYS[day.weekday()][1])


def on_day(day: date, today: date) -> str:
    """On which day, so that nobody takes it for another: "dziś", "w sobotę 28 listopada"."""
    if (day - today).days in (0, 1):
        return day_when(day, today)
    year = "" if day.year == today.year else f" {day.year}"
    return f"{on_weekday(day)} {day_of_month(day)}{year}"


def when(code: str, today: date | None = None) -> str:
    """A time that was asked for, see `Query.open`: "teraz", "sobota 28 listopada, 18:00".

    Days of another year than today's come with it.
    """
    named = {
        "now": gettext("teraz"),
        "evening": gettext("wieczorem, 17:00–21:00"),
        "weekend": gettext("w\u00a0weekend"),
    }
    if code in named:
        return named[code]
    try:
        return _written(code, today)
    except ValueError:
        return code  # Shown beside what is wrong with it.


def _written(code: str, today: date | None) -> str:
    first, _sign, second = code.partition("/")
    begins = datetime.fromisoformat(first)
    day = _dated(begins, today)
    if not second:
        return day if len(first) == len("2026-11-28") else f"{day}, {hour(begins)}"
    ends = datetime.fromisoformat(second)
    midnight = not (ends.hour or ends.minute) and (ends.date() - begins.date()).days == 1
    if midnight or ends.date() == begins.date():
        return f"{day}, {hour(begins)}–{'24:00' if midnight else hour(ends)}"
    return f"{day}, {hour(begins)} – {_dated(ends, today)}, {hour(ends)}"


def _dated(day: date, today: date | None) -> str:
    near = today is None or day.year == today.year
    return whole_day(day) if near else f"{whole_day(day)} {day.year}"
