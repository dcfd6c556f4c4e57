"""Sentences about a group of places: all of them, a town's, a type's, a network's."""

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from places.search import Results
from places.vocabulary import TYPES
from places.web.words.codes import network, type_plural
from places.web.words.quantities import number, place_count, towns_in

_MOST_KINDS = 4

# What the acronym stands for in which city: the same letters mean different things elsewhere.
_NETWORKS = {
    "MAL": _("Miejsca Aktywności Lokalnej, najwięcej w\u00a0Warszawie."),
    "CAL": _(
        "Centra Aktywności Lokalnej, najwięcej we Wrocławiu; w\u00a0innych miastach ten sam skrót"
        " bywa certyfikatem jakości."
    ),
    "MAM": _("Miejsca Aktywności Mieszkańców w\u00a0Krakowie i\u00a0Małopolsce."),
    "PAL": _("Program Aktywności Lokalnej w\u00a0Krakowie i\u00a0Małopolsce."),
    "CIL": _(
        "Centra Inicjatyw Lokalnych w\u00a0Poznaniu: program grantowy na rok albo trzy lata, często"
        " bez własnej sali, więc przed przyjściem warto zadzwonić."
    ),
    "CAS": _("Centra Aktywności Seniorów w\u00a0Krakowie."),
    "MCAS": _("Międzyosiedlowe Centra Aktywności Senioralnej w\u00a0Tarnowie."),
    "Przystań": _("Gdyńskie centra sąsiedzkie pod wspólną nazwą Przystań."),
    "Dom Sąsiedzki Gdańsk": _("Gdańska sieć domów sąsiedzkich."),
    "Dom Sąsiedzki": _("Domy sąsiedzkie w\u00a0Gdańsku i\u00a0Warszawie."),
    "Centrum 3.0": _("Gliwickie centra dla mieszkańców."),
    "Centrum Lokalne": _("Warszawskie centra lokalne."),
    "TCAL": _("Toruńskie Centrum Aktywności Lokalnej."),
    "KCAL": _("Program aktywności lokalnej w\u00a0Konstancinie-Jeziornie."),
    "Senior+": _("Ogólnopolski program miejsc dla osób starszych."),
}


def welcome(places: int, towns: int) -> str:
    """How much there is, for somebody who has just come."""
    return gettext(
        "Znamy już %(places)s %(towns)s.", places=place_count(places), towns=towns_in(towns)
    )


def kinds_here(results: Results) -> str:
    """What there is in a town, most frequent first, as a sentence."""
    kinds = [one for one in results.facets["type"] if one.count]
    kinds.sort(key=lambda one: -one.count)
    said = ", ".join(
        f"{_lower_first(type_plural(one.value))} ({number(one.count)})"
        for one in kinds[:_MOST_KINDS]
    )
    if not said:
        return ""
    if len(kinds) > _MOST_KINDS:
        return gettext("Są tu: %(kinds)s i\u00a0inne.", kinds=said)
    return gettext("Są tu: %(kinds)s.", kinds=said)


def type_about(code: str) -> str:
    """One sentence on what a type is."""
    return gettext(TYPES[code].about) if code in TYPES else ""


def network_about(name: str) -> str:
    """One sentence on what a network is; of an unknown one only that it is one."""
    if name in _NETWORKS:
        return str(_NETWORKS[name])
    return network(name) or gettext("Miejsca, które łączy ten sam program.")


def off_map(count: int, total: int) -> str:
    """How many of the places in the list are not on the map, and why."""
    if count == total:
        return gettext("Położenie tych miejsc znamy zbyt ogólnie, żeby zaznaczyć je na mapie.")
    return ngettext(
        "Jednego miejsca z\u00a0listy nie ma na mapie: jego położenie znamy zbyt ogólnie.",
        "%(count)s\u00a0miejsc z\u00a0listy nie ma na mapie: ich położenie znamy zbyt ogólnie.",
        count,
        count=number(count),
    )


def _lower_first(said: str) -> str:
    return said[:1].lower() + said[1:]
