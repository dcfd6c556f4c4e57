"""Workbooks of coverage in words: what their sheets and columns are called, and what is under them.

Whatever stands on the page, too, is called what it is called there.
"""

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.coverage.figures import Figures
from places.coverage.terms import HEADLINE, LONGEST
from places.web.words.coverage_names import kind_name, level_name

_SHEETS = {
    "summary": _("Podsumowanie"),
    "reach": _("Zasięg"),
    "minutes": _("Minuty"),
    "times": _("Pory tygodnia"),
    "peers": _("Podobne obszary"),
    "children": _("Obszary"),
    "gaps": _("Białe plamy"),
    "method": _("Metoda i\u00a0dane"),
    "sites": _("Nowe miejsca"),
    "changes": _("Co się zmieni"),
    "where": _("Gdzie"),
}
_NOTES = {
    "minutes": _("W\u00a0tempie osoby dorosłej."),
    "ranges": _(
        "Gdy podajemy zakres „od–do”, dolna liczba jest pewna, a\u00a0górna możliwa: nie wszystko"
        " o\u00a0miejscach wiemy."
    ),
    "empty": _("Pusta komórka znaczy, że tego nie wiemy."),
    "sites": _("Punkt to okolica, nie lokal: najlepsze miejsce wskaże dopiero wizja lokalna."),
}
_CITY = ("powiat-city", "gmina-city")


def sheet_name(code: str) -> str:
    """What a sheet is called, "Zasięg", with spaces as formulas have them."""
    return str(_SHEETS[code]).replace("\u00a0", " ")


def note(code: str) -> str:
    """A sentence under a table."""
    if code == "times":
        return gettext(
            "Kto ma w\u00a0zasięgu %(minutes)s\u00a0minut miejsce, które jest wtedy otwarte. Godzin"
            " wielu miejsc nie znamy: takie miejsce jest „być może” otwarte, dlatego podajemy"
            " zakres.",
            minutes=HEADLINE,
        )
    if code == "gaps":
        return gettext(
            "Skupiska mieszkańców, którzy mają dalej niż %(minutes)s\u00a0minut, od największego."
            " Nazwa to najbliższa znana miejscowość lub dzielnica.",
            minutes=HEADLINE,
        )
    return str(_NOTES[code])


def ends(what: str) -> tuple[str, str]:
    """The headings of the two columns of a range: "Udział: od", "Udział: do"."""
    return gettext("%(what)s: od", what=what), gettext("%(what)s: do", what=what)


def within() -> str:
    """The heading of the share that reports open with: "W zasięgu 15 min"."""
    return gettext("W\u00a0zasięgu %(minutes)s\u00a0min", minutes=HEADLINE)


def minutes_form() -> str:
    """How a spreadsheet shows minutes: the longest ones stand for all that is longer."""
    more = gettext("%(most)s lub więcej", most=LONGEST).replace('"', "")
    return f'[>={LONGEST}]"{more}";0'


def area_kind(one: Figures) -> str:
    """What kind of area it is: "gmina wiejska", "miasto na prawach powiatu", "województwo"."""
    if one.kind in _CITY:
        return gettext("miasto na prawach powiatu")
    return kind_name(one.kind) or level_name(one.level)


def capital(said: str) -> str:
    """With a capital letter, as a cell begins."""
    return said[:1].upper() + said[1:]
