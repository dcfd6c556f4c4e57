"""The short words: types, states, groups of people, filters, orders of a list."""

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.vocabulary import NETWORKS, TYPES
from places.web.words.typography import tied

_STATUSES = {
    "planned": _("planowane"),
    "open": _("działa"),
    "temporarily_closed": _("chwilowo nieczynne"),
    "closed": _("zamknięte"),
    "withdrawn": _("wycofane z\u00a0katalogu"),
}

_AUDIENCES = {
    "everyone": _("dla wszystkich"),
    "residents": _("dla mieszkańców"),
    "children": _("dla dzieci"),
    "teens": _("dla młodzieży"),
    "adults": _("dla dorosłych"),
    "seniors": _("dla seniorów"),
    "families": _("dla rodzin"),
    "disabled_people": _("dla osób z\u00a0niepełnosprawnościami"),
    "groups": _("dla organizacji i\u00a0grup"),
    "migrants": _("dla osób, które przyjechały z\u00a0innych krajów"),
}

_DOUBTS = {
    "existence": _("czy miejsce nadal działa"),
    "name": _("czy tak brzmi jego nazwa"),
    "address": _("gdzie dokładnie jest"),
    "number": _("pod którym jest numerem"),
    "locality": _("w\u00a0której jest miejscowości"),
    "gmina": _("w\u00a0której jest gminie"),
    "operator": _("kto je prowadzi"),
    "source": _("skąd pochodzą informacje"),
    "access": _("na jakich zasadach można przyjść"),
    "moving": _("czy nie zmienia adresu"),
    "hours": _("kiedy jest otwarte"),
}

_FACETS = {
    "city": _("Miejscowość"),
    "district": _("Dzielnica"),
    "type": _("Rodzaj miejsca"),
    "network": _("Sieć"),
}

_SORTS = {
    "relevance": _("najtrafniejsze"),
    "distance": _("najbliższe"),
    "name": _("według nazwy"),
    "checked": _("ostatnio sprawdzone"),
}


def type_name(code: str) -> str:
    """The type as on a card: "dom kultury"."""
    return str(gettext(TYPES[code].name)) if code in TYPES else code


def type_plural(code: str) -> str:
    """The type as a heading: "Domy i ośrodki kultury"."""
    return tied(gettext(TYPES[code].plural)) if code in TYPES else code


def network(name: str) -> str:
    """What stands behind the acronym; nothing where the acronym is all we know."""
    known = NETWORKS.get(name)
    return str(gettext(known)) if known else ""


def status(code: str) -> str:
    """Where the place is in its life."""
    return _say(_STATUSES, code)


def audience(code: str) -> str:
    """For whom: "dla dzieci"."""
    return _say(_AUDIENCES, code)


def doubt(code: str) -> str:
    """What is still to be confirmed, as the end of "Nie wiemy na pewno, …"."""
    return _say(_DOUBTS, code)


def facet(name: str) -> str:
    """A filter's name."""
    return _say(_FACETS, name)


def facet_short(name: str) -> str:
    """The same in one word, for a button."""
    return str(_("Rodzaj")) if name == "type" else facet(name)


def sort_order(code: str) -> str:
    """An order of the list."""
    return _say(_SORTS, code)


def _say(table: Mapping[str, object], code: str) -> str:
    # A code without a word is shown as it is: a new value in the data must not break a page.
    return str(table.get(code, code))
