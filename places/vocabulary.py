"""The words a record may use: types, networks, states, precisions, audiences.

Codes are English and stay in files and URLs; the Polish names are the field's own terms, so they
live beside the codes and not in a translation.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple


class Kind(NamedTuple):
    """A type of place in Polish words."""

    name: str
    """Singular, as on a card: "dom kultury"."""
    plural: str
    """As a heading: "Domy kultury"."""
    about: str
    """One sentence that says what it is."""


TYPES: Mapping[str, Kind] = {
    "dom_sasiedzki": Kind(
        "dom sąsiedzki", "Domy sąsiedzkie",
        "Miejsce tylko dla sąsiadów: otwarte drzwi i ktoś, kto na co dzień wita i pomaga.",
    ),
    "centrum_aktywnosci": Kind(
        "centrum aktywności lokalnej", "Centra aktywności lokalnej",
        "Wielofunkcyjne miejsce aktywności mieszkańców: spotkania, zajęcia i własne inicjatywy.",
    ),
    "dom_kultury": Kind(
        "dom kultury", "Domy i ośrodki kultury",
        "Miejski lub gminny dom kultury albo jego osiedlowa filia.",
    ),
    "klub_osiedlowy": Kind(
        "klub osiedlowy", "Kluby osiedlowe",
        "Klub prowadzony przez spółdzielnię mieszkaniową lub radę osiedla.",
    ),
    "swietlica": Kind(
        "świetlica wiejska", "Świetlice wiejskie",
        "Sala, w której spotyka się wieś: zebrania, święta, zajęcia i wynajem.",
    ),
    "remiza": Kind(
        "remiza z salą", "Remizy z salą",
        "Remiza OSP, której sala służy mieszkańcom za miejsce spotkań.",
    ),
    "klub_seniora": Kind(
        "klub seniora", "Kluby seniora",
        "Miejsce spotkań i zajęć dla osób starszych.",
    ),
    "klub_mlodziezowy": Kind(
        "klub młodzieżowy", "Kluby młodzieżowe",
        "Klub lub dom kultury dla młodych.",
    ),
    "swietlica_srodowiskowa": Kind(
        "świetlica środowiskowa", "Świetlice środowiskowe",
        "Dzienne wsparcie dla dzieci; zwykle nie jest otwarta dla wszystkich.",
    ),
    "biblioteka": Kind(
        "biblioteka", "Biblioteki otwarte",
        "Biblioteka, która działa też jako miejsce spotkań.",
    ),
    "centrum_ngo": Kind(
        "centrum organizacji pozarządowych", "Centra organizacji pozarządowych",
        "Zaplecze dla organizacji i grup nieformalnych.",
    ),
    "kawiarnia_sasiedzka": Kind(
        "kawiarnia sąsiedzka", "Kawiarnie sąsiedzkie",
        "Kawiarnia, która gości inicjatywy sąsiadów.",
    ),
    "ogrod_spoleczny": Kind(
        "ogród społeczny", "Ogrody społeczne",
        "Wspólny ogród, o który dbają mieszkańcy.",
    ),
    "centrum_wielokulturowe": Kind(
        "centrum wielokulturowe", "Centra wielokulturowe",
        "Miejsce spotkań osób, które przyjechały, i tych, które są tu od dawna.",
    ),
    "inne": Kind("inne miejsce", "Inne miejsca", "Inne miejsce otwarte dla sąsiadów."),
}  # fmt: skip

Type = Literal[
    "dom_sasiedzki", "centrum_aktywnosci", "dom_kultury", "klub_osiedlowy", "swietlica",
    "remiza", "klub_seniora", "klub_mlodziezowy", "swietlica_srodowiskowa", "biblioteka",
    "centrum_ngo", "kawiarnia_sasiedzka", "ogrod_spoleczny", "centrum_wielokulturowe", "inne",
]  # fmt: skip

# A network is a status a place holds.  The list is open, a city may have one of its own;
# these are the known ones: acronym as written in the record, and the words behind it.
NETWORKS: Mapping[str, str] = {
    "MAL": "Miejsce Aktywności Lokalnej",
    "CAL": "Centrum Aktywności Lokalnej",
    "MAM": "Miejsce Aktywności Mieszkańców",
    "PAL": "Program Aktywności Lokalnej",
    "CIL": "Centrum Inicjatyw Lokalnych",
    "CAS": "Centrum Aktywności Seniorów",
    "MCAS": "Międzyosiedlowe Centrum Aktywności Senioralnej",
    "Przystań": "Przystań, gdyńskie centra sąsiedzkie",
    "Dom Sąsiedzki Gdańsk": "Gdańskie domy sąsiedzkie",
    "Dom Sąsiedzki": "Domy sąsiedzkie",
    "Centrum 3.0": "Centrum 3.0, gliwickie centra dla organizacji i mieszkańców",
    "Centrum Lokalne": "Warszawskie centra lokalne",
    "TCAL": "Toruńskie Centrum Aktywności Lokalnej",
    "KCAL": "Konstanciński program aktywności lokalnej",
    "Senior+": "Program „Senior+”",
}

Value = Literal["local", "flexible", "cooperating", "open"]
"""What the networks of open places ask their members for."""

Answer = Literal["yes", "limited", "no"]
"""A known answer.  Where nobody knows, the field is absent."""

Status = Literal["planned", "open", "temporarily_closed", "closed", "withdrawn"]
LISTED: frozenset[str] = frozenset({"planned", "open", "temporarily_closed"})
"""The states that stand in lists and on maps; a place in another one answers 410 Gone."""

Precision = Literal["address", "street", "neighbourhood", "district", "locality", "gmina"]
PINNED: frozenset[str] = frozenset({"address", "street"})
"""Near enough for a pin; anything vaguer is drawn as the circle of its uncertainty."""
VAGUEST_ON_MAP = 2_000
"""Metres.  A point more uncertain than this stands in lists and counts, never on the map."""

Audience = Literal[
    "everyone", "residents", "children", "teens", "adults", "seniors", "families",
    "disabled_people", "groups", "migrants",
]  # fmt: skip
AUDIENCES: Mapping[str, str] = {
    "everyone": "wszyscy",
    "residents": "mieszkańcy",
    "children": "dzieci",
    "teens": "młodzież",
    "adults": "dorośli",
    "seniors": "seniorzy",
    "families": "rodziny",
    "disabled_people": "osoby z niepełnosprawnościami",
    "groups": "organizacje i grupy",
    "migrants": "osoby z doświadczeniem migracji",
}
"""For whom, in Polish words."""
Doubt = Literal[
    "existence", "name", "address", "number", "locality", "gmina", "operator", "source",
    "access", "moving", "hours",
]  # fmt: skip
