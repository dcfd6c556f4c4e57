"""OSM opening hours in Polish words: "pon.–pt. 15:00–19:00; w święta nieczynne".

Only simple rules are worded (days, times, holidays, months, "off").  A rule this module does not
wholly understand is left as written: half a translation would be a wrong answer.
"""

import re

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.web.words.dates import MONTHS, NOMINATIVE

_DAYS = {
    "Mo": _("pon."), "Tu": _("wt."), "We": _("śr."), "Th": _("czw."),
    "Fr": _("pt."), "Sa": _("sob."), "Su": _("niedz."),
}  # fmt: skip
_MONTHS = dict(
    zip(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        (names[NOMINATIVE] for names in MONTHS),
        strict=True,
    )
)
_HOLIDAYS = {"PH": _("w\u00a0święta"), "SH": _("w\u00a0ferie i\u00a0wakacje")}

_DAY = f"(?:{'|'.join(_DAYS)})"
_MONTH = f"(?:{'|'.join(_MONTHS)})"
_TIME = r"(?:[01][0-9]|2[0-4]):[0-5][0-9]"
_RULE = re.compile(
    rf"""(?:(?P<months>{_MONTH}(?:-{_MONTH})?)(?:\ |:\ |$))?
         (?:(?P<days>(?:{_DAY}(?:-{_DAY})?|PH|SH)(?:,\ ?(?:{_DAY}(?:-{_DAY})?|PH|SH))*)(?:\ |$))?
         (?P<times>{_TIME}-{_TIME}(?:,\ ?{_TIME}-{_TIME})*)?
         \ ?(?P<state>off|closed|unknown|open)?
         \ ?(?P<note>"[^"]*")?""",
    re.VERBOSE,
)


def timetable(rule: str) -> str | None:
    """The rule in Polish; None where it says more than this module understands."""
    if rule.strip() == "24/7":
        return gettext("całą dobę, codziennie")
    parts = [part.strip() for part in rule.split(";") if part.strip()]
    said = [_part(part) for part in parts]
    return "; ".join(one for one in said if one) if parts and all(said) else None


def _part(rule: str) -> str | None:
    found = _RULE.fullmatch(rule)
    if found is None or not (found["times"] or found["state"]):
        return None
    pieces = [_months(found["months"]), _days(found["days"]), _times(found["times"])]
    pieces.append(_state(found["state"], (found["note"] or "").strip('"')))
    return " ".join(piece for piece in pieces if piece)


def _months(span: str | None) -> str:
    return "–".join(str(_MONTHS[month]) for month in span.split("-")) + ":" if span else ""


def _days(list_of_days: str | None) -> str:
    if not list_of_days:
        return ""
    if list_of_days == "Mo-Su":
        return gettext("codziennie")
    return ", ".join(_span(one.strip()) for one in list_of_days.split(","))


def _span(days: str) -> str:
    if days in _HOLIDAYS:
        return str(_HOLIDAYS[days])
    return "–".join(str(_DAYS[day]) for day in days.split("-"))


def _times(list_of_times: str | None) -> str:
    if not list_of_times:
        return ""
    spans = (one.strip() for one in list_of_times.split(","))
    return str(gettext(" i\u00a0")).join(_clock(span) for span in spans)


def _clock(span: str) -> str:
    return "–".join(time.removeprefix("0") for time in span.split("-"))


def _state(word: str | None, note: str) -> str:
    if word in ("off", "closed"):
        said = str(gettext("nieczynne"))
    elif word == "unknown":
        # Neither open nor closed is known: the note is then all there is to say.
        return note or str(gettext("różnie"))
    else:
        said = ""
    return f"{said} ({note})".strip() if note else said
