"""Whether a place is open just now, in the words of its card: "otwarte do 20:00".

A rule may be years old and say nothing of holidays; both are said beside it, because a sure voice
with an old rule sends people to a locked door.
"""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from flask_babel import gettext

from places import hours
from places.hours import Moment
from places.place import Place
from places.web.words.clock import day_when, hour
from places.web.words.dates import date_of, long_ago

_SOON = timedelta(minutes=30)
_MINUTE = timedelta(minutes=1)
_BY_APPOINTMENT = re.compile(r"po (?:\w+ )?(?:um[oó]wieniu|uzgodnieniu|zgłoszeniu)", re.IGNORECASE)
_NIGHT_ENDS = 6  # o'clock: until then it is still the same evening


class Openness(NamedTuple):
    """What is known of a place's hours at a moment."""

    state: str
    """"open", "soon" (about to close), "closed" or "unknown": for the sign beside the words."""
    said: str
    """In a few words."""
    warnings: tuple[str, ...]
    """What makes it less than sure: a holiday, the age of the rule."""


def openness(place: Place, moment: Moment | None, now: datetime) -> Openness:
    """Open or not at this moment, until when, and how far one may trust it."""
    rule = place.hours.open
    known = moment or hours.state_at(rule, now, place.address.voivodeship)
    if known.state == "unknown":
        return Openness("unknown", doubt(place, known), ())
    if known.state == "open" and known.holiday:
        # The rule is silent about holidays, and so is the filter "open now": nobody knows.
        feast = gettext("święto (%(name)s): nie wiemy, czy otwarte", name=known.holiday)
        usual = gettext("zwykle %(state)s", state=_open(known, now))
        return Openness("unknown", feast, tuple(filter(None, (usual, age(place, now)))))
    if known.state == "closed":
        return _closed(place, known, now)
    warnings = tuple(filter(None, (_holiday(known), age(place, now))))
    soon = known.until is not None and known.until - now <= _SOON and known.then == "closed"
    return Openness("soon" if soon else "open", _open(known, now), warnings)


def doubt(place: Place, moment: Moment) -> str:
    """Why nobody knows, or what to do about it."""
    if moment.comment:
        return commented(moment.comment)
    if moment.until is not None:  # There is a rule, and it leaves this open: "16:00+".
        return gettext("może otwarte, nie wiemy, do której")
    if place.hours.open_note:
        return gettext("godziny opisane słowami, sprawdź na stronie miejsca")
    if place.contact.phone:
        return gettext("godziny nieznane, zadzwoń")
    return gettext("godziny nieznane")


def commented(comment: str) -> str:
    """What the rule says instead of open or closed: "podczas imprez" alone would be a riddle."""
    if _BY_APPOINTMENT.match(comment):
        return comment
    return gettext("nie wiemy, czy otwarte: %(comment)s", comment=comment)


def _open(moment: Moment, now: datetime) -> str:
    if moment.until is None:
        return gettext("otwarte całą dobę")
    if moment.then == "unknown":
        return gettext("otwarte, nie wiemy, do której")
    if moment.until - now <= _SOON:
        return gettext("zamyka się za %(time)s", time=_minutes(moment.until - now))
    return gettext("otwarte do %(time)s", time=until(moment.until, now))


def until(end: datetime, now: datetime) -> str:
    """The end as it is seen from a moment before it: "20:00", "północy", "9:00 (jutro)"."""
    nights = (end.date() - now.date()).days
    if nights == 1 and not (end.hour or end.minute):
        return gettext("północy")
    if nights == 0 or (nights == 1 and end.hour < _NIGHT_ENDS):
        return hour(end)
    return f"{hour(end)} ({day_when(end.date(), now.date())})"


def _closed(place: Place, moment: Moment, now: datetime) -> Openness:
    opens = moment.until if moment.then == "open" else None
    feast = opens and hours.unspoken_holiday(place.hours.open, opens.date())
    if opens and feast:
        # The rule is silent about holidays: it must not promise this one.
        said = gettext(
            "zamknięte, zwykle otwiera %(when)s, ale to święto (%(name)s): nie wiemy",
            when=_day_and_hour(opens, now),
            name=feast,
        )
        return Openness("closed", said, tuple(filter(None, (age(place, now),))))
    warnings = tuple(filter(None, (_holiday(moment), age(place, now))))
    return Openness("closed", _closed_until(moment, now), warnings)


def _closed_until(moment: Moment, now: datetime) -> str:
    if moment.until is None:
        return gettext("nieczynne")
    if moment.then == "open" and moment.until - now <= _SOON:
        return gettext("otwiera za %(time)s", time=_minutes(moment.until - now))
    if moment.then == "open":
        return gettext("zamknięte, otwiera %(when)s", when=_day_and_hour(moment.until, now))
    day = day_when(moment.until.date(), now.date())
    return gettext("zamknięte, być może otworzy %(day)s", day=day)


def _day_and_hour(moment: datetime, now: datetime) -> str:
    day = day_when(moment.date(), now.date())
    return gettext("%(day)s o\u00a0%(time)s", day=day, time=hour(moment))


def _minutes(left: timedelta) -> str:
    minutes = max(1, -(-left // _MINUTE))
    return f"{minutes}\u00a0min"


def _holiday(moment: Moment) -> str:
    if not moment.holiday:
        return ""
    return gettext("dziś święto: %(name)s, godziny mogą być inne", name=moment.holiday)


def age(place: Place, now: datetime) -> str:
    """Whose rule it is in time: silent while it is younger than a year."""
    made = place.checked.hours
    if made is None:
        return gettext("nie wiemy, z\u00a0kiedy są te godziny")
    if long_ago(made.on, now.date()):
        return gettext("godziny %(date)s, mogły się zmienić", date=date_of(made.on))
    return ""
