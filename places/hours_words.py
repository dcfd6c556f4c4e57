"""A rule of opening hours said in Polish: "pon.–pt. 10:00–18:00; w święta nieczynne".

The words are the field's own terms, like the names of types, so they live here and not in a
translation; `hours_text.propose` reads all of them back.  A rule that says more than this module
understands is left as written: half a translation would be a wrong answer.
"""

import re

from places.hours_rule import MINUTES_OF_DAY, MONTHS, WEEKDAYS, Part, Span, Unreadable, parts

DAYS = dict(zip(WEEKDAYS, ("pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz."), strict=True))
MONTHS_ALONE = dict(
    zip(
        MONTHS,
        (
            "styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec",
            "lipiec", "sierpień", "wrzesień", "październik", "listopad", "grudzień",
        ),
        strict=True,
    )
)  # fmt: skip
MONTHS_OF = dict(
    zip(
        MONTHS,
        (
            "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
            "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
        ),
        strict=True,
    )
)  # fmt: skip
HOLIDAYS = {"PH": "w\u00a0święta", "SH": "w\u00a0dni wolne od nauki"}

# "W drugą środę miesiąca": the weekday as it stands after the number, with its gender.
_OF_MONTH = {
    "Mo": ("poniedziałek", 0), "Tu": ("wtorek", 0), "We": ("środę", 1), "Th": ("czwartek", 0),
    "Fr": ("piątek", 0), "Sa": ("sobotę", 1), "Su": ("niedzielę", 1),
}  # fmt: skip
_ORDINALS = {
    "1": ("pierwszy", "pierwszą"), "2": ("drugi", "drugą"), "3": ("trzeci", "trzecią"),
    "4": ("czwarty", "czwartą"), "5": ("piąty", "piątą"), "-1": ("ostatni", "ostatnią"),
}  # fmt: skip

CONDITION = (
    r"po (?:(?:wcześniejszym|uprzednim|telefonicznym) )*(?:umówieniu|uzgodnieniu|zgłoszeniu)"
    r"(?: się)?(?: telefonicznym)?|podczas (?:imprez|wydarzeń|zajęć|spotkań)|na telefon"
)
"""Words that leave the hours open, said as they are."""

_WEEKDAYS = re.compile(rf"({'|'.join(WEEKDAYS)})(?:-({'|'.join(WEEKDAYS)}))?")
_NUMBERED = re.compile(rf"({'|'.join(WEEKDAYS)})\[(-?\d(?:,-?\d)*)\]")
_MONTH = "|".join(MONTHS)
_MONTHS = re.compile(rf"({_MONTH})(?:-({_MONTH}))?")
_DATES = re.compile(rf"(?:(\d{{4}}) )?({_MONTH}) (\d+)(?:-(?:(\d{{4}}) )?(?:({_MONTH}) )?(\d+))?")


def say(rule: str) -> str:
    """The rule in Polish; as written, where it says more than this module understands."""
    try:
        several = parts(rule)
        said = [_said(part, after) for part, after in _pairs(several)]
    except (Unreadable, _Wordless):
        return rule
    return "".join(said)


class _Wordless(ValueError):
    """Good OSM syntax for which there are no words here."""


def _pairs(several: tuple[Part, ...]) -> list[tuple[Part, Part | None]]:
    return list(zip(several, (None, *several[:-1]), strict=True))


def _said(part: Part, before: Part | None) -> str:
    """The part with what ties it to the one before."""
    if part.joined == "||" or part.odd_times:
        raise _Wordless
    carried = before is not None and _flows(before, part)
    season = "" if carried else _season(part.season)
    pieces = (_days(part), _times(part), _state(part))
    whole = " ".join(piece for piece in (season, *pieces) if piece)
    if before is None:
        return whole
    if part.joined == ",":
        return f"; dodatkowo {whole}"
    return f"{', ' if carried else '; '}{whole}"


def _flows(before: Part, part: Part) -> bool:
    """Whether a comma is enough: plain hours of weekdays, in the same season."""
    if "," in before.days + part.days:
        return False
    plain = not (before.holidays or part.holidays or before.comment or part.comment)
    both = bool(before.spans and part.spans and before.days and part.days)
    same = before.season == part.season and not re.search(r"\d", part.season)
    open_both = before.answers == part.answers == "open"
    return plain and both and same and open_both and part.joined == ";"


def _season(season: str) -> str:
    if not season:
        return ""
    return ", ".join(_period(one) for one in season.split(",")) + ":"


def _period(text: str) -> str:
    months = _MONTHS.fullmatch(text)
    if months:
        return "–".join(MONTHS_ALONE[month] for month in months.groups() if month)
    dates = _DATES.fullmatch(text)
    if dates is None:
        raise _Wordless
    year, month, day, last_year, last_month, last_day = dates.groups()
    if last_day is None:
        return _date(day, month, year)
    if (last_month or month, last_year or year) == (month, year):
        return _date(f"{day}–{last_day}", month, year)
    last = _date(last_day, last_month or month, last_year or year)
    return f"{_date(day, month, year if last_year else None)} – {last}"


def _date(day: str, month: str, year: str | None) -> str:
    return f"{day}\u00a0{MONTHS_OF[month]}" + (f" {year}" if year else "")


def _days(part: Part) -> str:
    if any(" " in holiday for holiday in part.holidays):
        raise _Wordless
    holidays = " i\u00a0".join(HOLIDAYS[holiday] for holiday in part.holidays)
    weekdays = _weekdays(part.days)
    if not holidays and not weekdays and (part.spans or not part.season):
        # The season alone needs no days: "lipiec–sierpień: nieczynne".
        weekdays = "" if part.season or not part.spans else "codziennie"
    if part.crossed:
        return f"{holidays} {weekdays}"
    return " i\u00a0".join(one for one in (weekdays, holidays) if one)


def _weekdays(days: str) -> str:
    if days == "Mo-Su":
        return "codziennie"
    return ", ".join(_weekday(one) for one in re.split(r",(?=[A-Z])", days) if one)


def _weekday(text: str) -> str:
    plain = _WEEKDAYS.fullmatch(text)
    if plain:
        return "–".join(DAYS[day] for day in plain.groups() if day)
    numbered = _NUMBERED.fullmatch(text)
    if numbered is None:
        raise _Wordless
    name, gender = _OF_MONTH[numbered[1]]
    numbers = numbered[2].split(",")
    if any(number not in _ORDINALS for number in numbers):
        raise _Wordless
    which = " i\u00a0".join(_ORDINALS[number][gender] for number in numbers)
    return f"w\u00a0{which} {name} miesiąca"


def _times(part: Part) -> str:
    if not part.spans:
        return "" if part.state or part.comment else "całą dobę"
    return " i\u00a0".join(_span(span) for span in part.spans)


def _span(span: Span) -> str:
    if span.ends > span.begins + MINUTES_OF_DAY:
        raise _Wordless
    if (span.begins, span.ends, span.or_longer) == (0, MINUTES_OF_DAY, False):
        return "całą dobę"
    if span.ends == span.begins:
        return f"od {clock(span.begins)}"
    ends = span.ends if span.ends <= MINUTES_OF_DAY else span.ends - MINUTES_OF_DAY
    return f"{clock(span.begins)}–{clock(ends)}" + (" lub dłużej" if span.or_longer else "")


def clock(minutes: int) -> str:
    """Minutes after midnight as people write them: "8:00"."""
    return f"{minutes // 60}:{minutes % 60:02}"


def _state(part: Part) -> str:
    said = {"closed": "nieczynne", "unknown": "różnie"}.get(part.answers, "")
    if part.answers == "unknown" and re.fullmatch(CONDITION, part.comment):
        return part.comment
    note = f"({part.comment})" if part.comment else ""
    return f"{said} {note}".strip()
