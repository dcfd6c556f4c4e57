"""What today's answers are counted from, for the foot of a plan on paper."""

from flask_babel import gettext

from places.coverage import kept
from places.coverage.kept import About
from places.web import current
from places.web.coverage import asking
from places.web.words.dates import date_words

_WITHOUT_RESIDENTS = About("GeoNames", owner="GeoNames", licence="CC BY 4.0")
"""residents.default, which takes seconds to read, says the same of itself."""


def of_today() -> list[str]:
    """The data sets in use, a line each: what, whose, on what terms, from when."""
    instance = current.instance()
    found = [one.about for one in kept.current(instance, "residents")]
    streets = [one.about for one in kept.current(instance, "streets")]
    lines = [
        *(_line(gettext("Mieszkańcy"), one) for one in found or [_WITHOUT_RESIDENTS]),
        *(_line(gettext("Granice"), one) for one in asking.known().about),
        *(_line(gettext("Ulice"), one) for one in streets),
    ]
    if not streets:
        lines.append(gettext("Ulice: nie wczytano, drogę mierzymy w\u00a0linii prostej"))
    return [*lines, gettext("Miejsca: katalog Miejsca Otwarte, źródło stoi przy każdym miejscu")]


def _line(what: str, one: About) -> str:
    licence = gettext("licencja: %(licence)s", licence=one.licence or gettext("nie podano"))
    when = date_words(one.date) if one.date else ""
    owner = one.owner if one.owner != one.title else ""
    return ", ".join(filter(None, (f"{what}: {one.title}", owner, licence, when)))
