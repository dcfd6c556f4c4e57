"""The names and the words of a catalogue, made once for each state of it, then kept.

Making them takes a second or two, and every question needs them.  `at:` in the value of an area
is a point of the gazetteer; `city:`, `gmina:` and `part:` are values of the catalogue.
"""

from collections.abc import Iterator, Mapping
from threading import Lock

from places import gazetteer, lemmas, spelling, synonyms, text
from places.index import Index
from places.known import Area, Known
from places.vocabulary import NETWORKS

_MOST_KEPT = 2
"""States: while a catalogue changes, some requests still read the one before."""
_TOWN = 5_000
"""People from which on a settlement is no village."""
_one_at_a_time = Lock()
_kept: dict[str, tuple[Known, spelling.Vocabulary]] = {}


def names(index: Index) -> Known:
    """The names a question to this catalogue may speak of."""
    return _remembered(index)[0]


def vocabulary(index: Index) -> spelling.Vocabulary:
    """The words that occur in it, and those of the gazetteer."""
    return _remembered(index)[1]


def _remembered(index: Index) -> tuple[Known, spelling.Vocabulary]:
    stamp = index.stamp()
    if (kept := _kept.get(stamp)) is not None:
        return kept
    with _one_at_a_time:
        # Who waited finds what the other made.
        if (kept := _kept.get(stamp)) is not None:
            return kept
        made = _read_known(index), spelling.Vocabulary(_words(index))
        for oldest in list(_kept)[: 1 - _MOST_KEPT]:
            del _kept[oldest]
        _kept[stamp] = made
    return made


def _read_known(index: Index) -> Known:
    networks = {name: text.slug(name.replace("+", " plus")) for name in NETWORKS}
    networks |= {full: networks[name] for name, full in NETWORKS.items()}
    for key, label in index.rows("select value, label from choice where facet = 'network'"):
        networks[label] = key
    pairs = frozenset(index.rows("select distinct first, second from pair"))
    return Known(_areas(index), networks, pairs)


def _areas(index: Index) -> Iterator[Area]:
    """Towns, communes and districts of the catalogue, then all other settlements."""
    seen: set[str] = set()
    rows = index.rows(
        "select facet, value, label, context from choice "
        "where facet in ('city', 'gmina', 'part') order by count desc, value"
    )
    for facet in ("city", "gmina", "part"):
        for _, value, label, context in (row for row in rows if row[0] == facet):
            folded = gazetteer.key_of(label)
            if facet == "gmina" and folded in seen:
                continue  # The town of that name stands for its commune too.
            if facet == "part":
                yield Area("district", label, f"part:{value}", context)
            else:
                yield Area("settlement", label, f"{facet}:{value}")
            seen.add(folded)
    for name, powiat, lat, lon, people in index.rows(
        "select name, powiat, lat, lon, population from settlement "
        "order by population desc, lat, lon"
    ):
        # The gazetteer lists districts as settlements: ours are better.
        if gazetteer.key_of(name) not in seen:
            yield Area("settlement", name, f"at:{lat},{lon}", powiat, people < _TOWN)


def _words(index: Index) -> Mapping[str, int]:
    """The words a typing error may have come from, with how many places have them; those of the
    gazetteer and of the lists of other names too."""
    found: dict[str, int] = {}
    for (key,) in index.rows("select key from settlement"):
        # Nought: of two equally near words the one that finds something is meant.
        found.update(dict.fromkeys(key.split(), 0))
    found.update(dict.fromkeys(synonyms.words(), 0))
    for term, count in index.rows("select term, doc from vocabulary"):
        word = term.removeprefix(lemmas.FORM)
        found[word] = max(count, found.get(word, 0))
    return found
