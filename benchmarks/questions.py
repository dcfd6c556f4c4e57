"""The fixed questions that search is measured with: words of every frequency, filters, places.

They speak of what every catalogue of benchmarks/cities.py holds, so the same ones are asked of
20,000 places and of 100,000.
"""

from itertools import product

from benchmarks import cities
from places.query import Query

_NEAR = ("Kraków", "Gdańsk", "Rzeszów", "Suwałki", "Bochnia", "Sokołów Podlaski")
_TEXTS = ("klub seniora", "swietlica", "kuchnia", "puchatek", "dom kult", "planszowki")
_ALL_AT_ONCE = (
    {},
    {"type": ("dom_kultury", "centrum_aktywnosci")},
    {"network": ("mal", "cal")},
)  # fmt: skip


def all_at_once() -> list[Query]:
    """Text, filters and near-me in one question: every text by every place, filters in turn."""
    return [
        Query(q=text, near=near, radius=radius, **_ALL_AT_ONCE[number % len(_ALL_AT_ONCE)])
        for number, (text, (near, radius)) in enumerate(
            product(_TEXTS, zip(_NEAR, (None, 10_000, 25_000) * 2, strict=True))
        )
    ]


def near_only(count: int) -> list[Query]:
    """Nothing but "near me", as the page asks it, from where people live."""
    return [Query(near=point) for point in cities.people(count)]


def text_only() -> list[Query]:
    """Words from rare to frequent, alone and with filters."""
    return [
        Query(q="puchatek tarnow"),
        Query(q="wena"),
        Query(q="planszowki"),
        Query(q="lodz"),
        Query(q="krakow kuchnia"),
        Query(q="swietlica slaskie"),
        Query(q="klub", type=("klub_seniora",)),
        Query(q="dom", city=("warszawa",)),
        Query(q="senior", network=("mal",), sort="name"),
    ]


def filters_only() -> list[Query]:
    """No text and no place."""
    return [
        Query(city=("krakow",)),
        Query(city=("warszawa", "lodz")),
        Query(type=("swietlica",)),
        Query(type=("dom_kultury",), sort="checked"),
        Query(network=("mal",)),
        Query(type=("swietlica", "dom_kultury"), city=("poznan", "gdansk")),
        Query(city=("krakow",), page=3),
    ]


def everything() -> list[Query]:
    """The first page of all: no question at all."""
    return [Query()]


def most_frequent_word() -> list[Query]:
    """The worst that text can ask: a word that most places have."""
    return [Query(q="kultury"), Query(q="dom kult"), Query(q="ul")]
