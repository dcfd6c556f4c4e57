"""Dates as exactly as they are known, and what a check of that date is worth.

A source's date is not a confirmation: it only says when somebody wrote the fact down.  What is
surely older than the time after which owners are asked again is said to be old.
"""

from datetime import date, timedelta

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from places.facts import Check
from places.freshness import Terms, is_old, last_day

MONTHS = (
    (_("styczeń"), _("stycznia"), _("w\u00a0styczniu")),
    (_("luty"), _("lutego"), _("w\u00a0lutym")),
    (_("marzec"), _("marca"), _("w\u00a0marcu")),
    (_("kwiecień"), _("kwietnia"), _("w\u00a0kwietniu")),
    (_("maj"), _("maja"), _("w\u00a0maju")),
    (_("czerwiec"), _("czerwca"), _("w\u00a0czerwcu")),
    (_("lipiec"), _("lipca"), _("w\u00a0lipcu")),
    (_("sierpień"), _("sierpnia"), _("w\u00a0sierpniu")),
    (_("wrzesień"), _("września"), _("we\u00a0wrześniu")),
    (_("październik"), _("października"), _("w\u00a0październiku")),
    (_("listopad"), _("listopada"), _("w\u00a0listopadzie")),
    (_("grudzień"), _("grudnia"), _("w\u00a0grudniu")),
)
NOMINATIVE, GENITIVE, LOCATIVE = range(3)

_GROUPS = {
    "existence": _("czy miejsce działa"),
    "address": _("adres"),
    "hours": _("godziny"),
    "offer": _("co się tu dzieje i\u00a0na jakich zasadach"),
    "accessibility": _("dostępność"),
    # What else owners are asked about, see `places/asks.py`.
    "edition:60": _("koniec edycji programu, za 60\u00a0dni"),
    "edition:14": _("koniec edycji programu, za 14\u00a0dni"),
}
_SHORT = {
    "existence": _("istnienie"),
    "address": _("adres"),
    "hours": _("godziny"),
    "offer": _("oferta i\u00a0zasady"),
    "accessibility": _("dostępność"),
}
_USUAL = Terms()


def date_words(when: str) -> str:
    """A year, month or day: "2024", "luty 2024", "12 lutego 2024"."""
    return _written(when, NOMINATIVE, "%(year)s")


def date_of(when: str) -> str:
    """Of when: "z 2024 r.", "z lutego 2024", "z 12 lutego 2024"."""
    said = _written(when, GENITIVE, "%(year)s\u00a0r.")
    # "ze" stands before numbers that begin with two hard sounds; no day of a month does here.
    return gettext("z\u00a0%(date)s", date=said)


def date_when(when: str) -> str:
    """When: "w 2024 r.", "w lutym 2024", "12 lutego 2024"."""
    return _written(when, LOCATIVE, "w\u00a0%(year)s\u00a0r.")


def sometime(first: date) -> str:
    """When, from the first day it may have been: "w 2024 r.", never more exact than is known."""
    whole = first.isoformat()
    if first.day > 1:
        return date_when(whole)
    return date_when(whole[:7] if first.month > 1 else whole[:4])


def until(last: date) -> str:
    """Until when, from the last day it may be: "do końca 2024 r.", true of the day itself too."""
    if (last.month, last.day) == (12, 31):
        return gettext("do\u00a0końca %(year)s\u00a0r.", year=last.year)
    if (last + timedelta(days=1)).day == 1:
        month = str(MONTHS[last.month - 1][GENITIVE])
        return gettext("do\u00a0końca %(month)s %(year)s", month=month, year=last.year)
    return gettext("do\u00a0%(day)s", day=_written(last.isoformat(), GENITIVE, "%(year)s"))


def until_when(when: str) -> str:
    """Until when something lasts: "do końca lutego 2024"."""
    return until(last_day(when))


def long_ago(when: str, today: date) -> str:
    """How old something at least is, from a year up: "sprzed ponad 8 lat"; "" when younger."""
    years = _whole_years(when, today)
    if years < 1:
        return ""
    return str(ngettext("sprzed ponad roku", "sprzed ponad %(num)d\u00a0lat", years))


def group(code: str) -> str:
    """A group of facts that are checked together."""
    return str(_GROUPS.get(code, code))


def group_short(code: str) -> str:
    """The same in a word or two, for a table."""
    return str(_SHORT.get(code, code))


def checked(
    made: Check | None, name: str = "", today: date | None = None, terms: Terms = _USUAL
) -> str:
    """When and by whom a group of facts was checked, and with `today` whether that is long ago."""
    if made is None:
        return gettext("nie wiemy, z\u00a0kiedy jest ta informacja")
    old = old_by(made.on, name, today, terms) if today else ""
    said = _checked(made)
    return f"{said} – {gettext('to dawna informacja')}, {old}" if old else said


def old_by(when: str, name: str, today: date, terms: Terms = _USUAL) -> str:
    """How old a check is that is surely too old: "sprzed ponad pół roku"; "" for a younger one."""
    if not is_old(when, name, today, terms):
        return ""
    if years := long_ago(when, today):
        return years
    last = last_day(when)
    months = (today.year - last.year) * 12 + today.month - last.month - (today.day < last.day)
    if months == 6:
        return gettext("sprzed ponad pół roku")
    if months <= 1:
        return gettext("sprzed ponad miesiąca")
    return gettext("sprzed ponad %(num)s\u00a0miesięcy", num=months)


def _checked(made: Check) -> str:
    if made.by == "owner":
        return gettext("sprawdzone %(date)s przez prowadzących", date=date_when(made.on))
    if made.by == "moderator":
        return gettext("sprawdzone %(date)s przez moderatora", date=date_when(made.on))
    return gettext(
        "według źródła %(date)s, nikt tego jeszcze nie potwierdził", date=date_of(made.on)
    )


def fresh(made: Check | None) -> str:
    """Since when a place is known to work, in a few words, for a card."""
    if made is None:
        return gettext("data informacji nieznana")
    if made.by == "source":
        return gettext("informacje %(date)s", date=date_of(made.on))
    return gettext("potwierdzone %(date)s", date=date_when(made.on))


def freshness(made: Check | None, today: date, terms: Terms = _USUAL) -> str:
    """The first thing to know about a place: who says that it works, and since when."""
    said = _freshness(made, today)
    if made is None or made.by == "source":
        return said
    old = old_by(made.on, "existence", today, terms)
    return f"{said} {gettext('To dawna informacja, %(age)s.', age=old)}" if old else said


def _freshness(made: Check | None, today: date) -> str:
    if made is None:
        return str(
            gettext(
                "Nie wiemy, z\u00a0kiedy są te informacje, i\u00a0nikt ich jeszcze nie potwierdził."
            )
        )
    if made.by == "owner":
        return str(
            gettext("Gospodarz miejsca potwierdził %(date)s, że działa.", date=date_when(made.on))
        )
    if made.by == "moderator":
        return gettext("Moderator sprawdził %(date)s, że działa.", date=date_when(made.on))
    return _from_source(made.on, today)


def _from_source(when: str, today: date) -> str:
    age = long_ago(when, today)
    if not age:
        return str(
            gettext(
                "Wiemy o\u00a0nim ze źródła %(date)s; nikt go jeszcze nie potwierdził.",
                date=date_of(when),
            )
        )
    return str(
        gettext(
            "Wiemy o\u00a0nim ze źródła %(date)s, czyli %(age)s; nikt go jeszcze nie potwierdził.",
            date=date_of(when),
            age=age,
        )
    )


def _written(when: str, case: int, year_alone: str) -> str:
    year, month, day = [*when.split("-"), "", ""][:3]
    if not month:
        return year_alone % {"year": year}
    if not day:
        return f"{MONTHS[int(month) - 1][case]} {year}"
    return f"{int(day)}\u00a0{MONTHS[int(month) - 1][GENITIVE]} {year}"


def _whole_years(when: str, today: date) -> int:
    """Full years from the latest day the date may mean."""
    parts = [int(part) for part in when.split("-")]
    year, month, day = parts + [12, 31][len(parts) - 1 :]
    return today.year - year - ((today.month, today.day) < (month, day))
