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


def when(code: str) -> str:
    """A time that was asked for, see `Query.open`: "teraz", "sobota 28 listopada, 18:00"."""
    named = {
        "now": gettext("teraz"),
        "evening": gettext("wieczorem, 17:00–21:00"),
        "weekend": gettext("w\u00a0weekend"),
    }
    if code in named:
        return named[code]
    try:
        return _written(code)
    except ValueError:
        return code  # Shown beside what is wrong with it.


def _written(code: str) -> str:
    first, _sign, second = code.partition("/")
    begins = datetime.fromisoformat(first)
    if not second:
        alone = len(first) == len("2026-11-28")
        return whole_day(begins) if alone else f"{whole_day(begins)}, {hour(begins)}"
    ends = datetime.fromisoformat(second)
    midnight = not (ends.hour or ends.minute) and (ends.date() - begins.date()).days == 1
    if midnight or ends.date() == begins.date():
        return f"{whole_day(begins)}, {hour(begins)}–{'24:00' if midnight else hour(ends)}"
    return f"{whole_day(begins)}, {hour(begins)} – {whole_day(ends)}, {hour(ends)}"
