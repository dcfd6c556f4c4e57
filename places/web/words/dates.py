"""Dates as exactly as they are known, and what a check of that date is worth.

A source's date is not a confirmation: it only says when somebody wrote the fact down.
"""

from datetime import date

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from places.facts import Check

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
}


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


def long_ago(when: str, today: date) -> str:
    """How old something at least is, from a year up: "sprzed ponad 8 lat"; "" when younger."""
    years = _whole_years(when, today)
    if years < 1:
        return ""
    return str(ngettext("sprzed ponad roku", "sprzed ponad %(num)d\u00a0lat", years))


def group(code: str) -> str:
    """A group of facts that are checked together."""
    return str(_GROUPS.get(code, code))


def checked(made: Check | None) -> str:
    """When and by whom a group of facts was checked."""
    if made is None:
        return gettext("nie wiemy, z\u00a0kiedy jest ta informacja")
    if made.by == "owner":
        return gettext("potwierdził gospodarz miejsca, %(date)s", date=date_when(made.on))
    if made.by == "moderator":
        return gettext("sprawdził moderator, %(date)s", date=date_when(made.on))
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


def freshness(made: Check | None, today: date) -> str:
    """The first thing to know about a place: who says that it works, and since when."""
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
