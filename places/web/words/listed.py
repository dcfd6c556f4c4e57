"""Tables and cities' lists in words: what becomes of rows, and how a run went."""

from collections.abc import Collection, Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.errors import Fault
from places.web.words.decisions import wrong_where
from places.web.words.faults import fault
from places.web.words.quantities import number

OUTCOMES: Mapping[str, object] = {
    "added": _("nowe"),
    "changed": _("zmienione"),
    "same": _("bez zmian"),
    "skipped": _("pominięte"),
    "refused": _("do decyzji"),
}
_RUN: Mapping[str, object] = {
    "changed": _("zmienione"),
    "proposed": _("nowe zgłoszenia"),
    "same": _("bez zmian"),
    "waiting": _("zgłoszone wcześniej"),
    "gone": _("zniknęły z\u00a0listy"),
    "back": _("wróciły na listę"),
    "refused": _("odrzucone wiersze"),
}


def outcome(code: str) -> str:
    """What becomes of a row."""
    return str(OUTCOMES.get(code, code))


def row_fault(one: Fault) -> str:
    """What was wrong with a row of a list, or with all of it."""
    number = one.where.removeprefix("row ")
    if number == one.where:
        return fault(one)
    return gettext("wiersz\u00a0%(row)s: %(said)s", row=number, said=wrong_where(one))


def run_told(counts: Mapping[str, int]) -> str:
    """What a run did: "zmienione 3, nowe zgłoszenia 12"; empty where it did nothing."""
    return ", ".join(
        gettext("%(what)s\u00a0%(count)s", what=said, count=number(counts[code]))
        for code, said in _RUN.items()
        if counts.get(code)
    )


_WAYS_OUT = {
    "position.uncertainty_m": _(
        "Jak dokładne są współrzędne? Wpisz to w\u00a0metrach przy „dokładność punktu”, np. 75."
    ),
    "sources": _("Skąd jest ta tabela? Wpisz adres strony przy „źródła”."),
    "type": _("Jakiego rodzaju są to miejsca? Wybierz kolumnę albo jeden rodzaj dla wszystkich."),
    "address.city": _(
        "W\u00a0jakiej to miejscowości? Wybierz kolumnę albo wpisz jedną dla wszystkich."
    ),
    "address.gmina": _(
        "Tej miejscowości nie ma jeszcze w\u00a0katalogu albo jest ich kilka."
        " Wpisz gminę, jej kod TERYT i\u00a0województwo."
    ),
    "lat": _("Miejsce musi mieć współrzędne. Wskaż ich kolumny."),
    "id": _("Cudze numery to nie nasze identyfikatory. Wskaż ich kolumnę jako numer na liście."),
}


def ways_out(faults: Collection[tuple[str, str]]) -> list[str]:
    """What to do about these faults, each a field and a code."""
    found = []
    for name, way in _WAYS_OUT.items():
        codes = ("pattern", "no_such_place") if name == "id" else ("missing",)
        fields = {name, name.partition(".")[0]}
        if any((one, code) in faults for one in fields for code in codes):
            found.append(str(way))
    return found
