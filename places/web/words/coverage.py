"""Coverage in words: shares, ranges, times, ranks, and the sentence a report opens with.

A range is said as what is sure and what may be: "co najmniej 58%, a być może 66%".  Ends that read
the same are said once; unknown is said to be unknown, never as nought.
"""

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.coverage.figures import Figures, Pair
from places.coverage.gaps import Gap
from places.coverage.terms import BANDS, GROUPS, HEADLINE, LONGEST, TIMES
from places.web.words.coverage_heads import heads as heads
from places.web.words.coverage_heads import heads_said as heads_said
from places.web.words.coverage_names import of_area
from places.web.words.quantities import number
from places.web.words.typography import tied

_GROUPS = {
    "total": _("wszyscy mieszkańcy"),
    "young": _("dzieci (0\u2060–\u206014\u00a0lat)"),
    "old": _("osoby 65+"),
}
_GROUPS_OF = {"total": _("mieszkańców"), "young": _("dzieci"), "old": _("osób 65+")}
_WALKERS = {
    "adult": _("osoba dorosła"),
    "older": _("osoba starsza"),
    "parent": _("rodzic z\u00a0małym dzieckiem"),
}
_TIMES = {
    "morning": _("dzień powszedni rano"),
    "evening": _("dzień powszedni wieczorem"),
    "saturday": _("sobota"),
    "sunday": _("niedziela"),
}
_STEPS = {
    "waiting": _("Czekamy na swoją kolej"),
    "places": _("Zbieramy miejsca z\u00a0katalogu"),
    "residents": _("Wczytujemy, gdzie mieszkają ludzie"),
    "distances": _("Mierzymy drogę do najbliższych miejsc"),
    "areas": _("Sumujemy wyniki gmin, powiatów i\u00a0województw"),
    "gaps": _("Szukamy białych plam"),
    "sites": _("Szukamy najlepszych punktów dla nowych miejsc"),
    "whatif": _("Liczymy, co zmieni ta decyzja"),
}

_LEAST = 0.005
"""Shares under this are told as less than one percent."""


def percent(share: float) -> str:
    """A share in whole percent, never rounded to none or to all: "62%", "ponad 99%"."""
    whole = round(100 * share)
    if share > 0 and whole == 0:
        return gettext("poniżej %(percent)s", percent="1%")
    if share < 1 and whole == 100:
        return gettext("ponad %(percent)s", percent="99%")
    return f"{whole}%"


def share(pair: Pair | None) -> str:
    """A range for a table: "62%", "58–66%", "do 12%", "–" where nothing is known."""
    if pair is None:
        return "–"
    low, high = map(percent, pair)
    if low == high or (pair[0] == 0 and pair[1] < _LEAST):
        return high
    if pair[0] == 0 and pair[1] < 1:
        return gettext("do\u00a0%(high)s", high=high)
    return f"{_bare(pair[0])}–{_bare(pair[1])}%"


def share_said(pair: Pair | None) -> str:
    """A range in a sentence: "co najmniej 58%, a być może 66%"."""
    if pair is None:
        return gettext("nie wiadomo ile")
    low, high = map(percent, pair)
    if low == high or (pair[0] == 0 and pair[1] < _LEAST):
        return high
    if pair == (0, 1):
        return gettext("od\u00a00 do\u00a0100%")
    if pair[0] == 0:
        return gettext("najwyżej %(high)s", high=high)
    if pair[0] < _LEAST:
        return gettext("%(low)s, a\u00a0być może %(high)s", low=low, high=high)
    return gettext("co najmniej %(low)s, a\u00a0być może %(high)s", low=low, high=high)


def _bare(share: float) -> str:
    """A share without its sign, for the ends of a range: "58", "<1", ">99"."""
    whole = round(100 * share)
    if share > 0 and whole == 0:
        return "<1"
    return ">99" if share < 1 and whole == 100 else str(whole)


def headline(one: Figures) -> str:
    """The sentence of a report: who has an open place within a walk."""
    whose = of_area(one.level, one.name)
    if not one.people["total"]:
        return tied(gettext("Nie mamy danych o\u00a0mieszkańcach %(whose)s.", whose=whose))
    found = {group: headline_share(one, group) for group in _GROUPS_OF}
    if (found["total"] or (1, 1))[1] == 0:
        return tied(_none_known(whose))
    known = {group: pair for group, pair in found.items() if pair is not None}
    if all(percent(pair[0]) == percent(pair[1]) for pair in known.values()):
        return tied(_plain_headline(known, whose))
    return tied(_ranged_headline(known, whose))


def headline_share(one: Figures, group: str) -> Pair | None:
    """Of a group's people, within HEADLINE minutes at the group's own pace."""
    return one.shares[GROUPS[group]][str(HEADLINE)][group]


def _none_known(whose: str) -> str:
    """Nought is what the catalogue knows: a place that it lacks may well be there."""
    return gettext(
        "Katalog nie zna miejsca, do którego mieszkańcy %(whose)s mieliby najwyżej"
        " %(minutes)s\u00a0minut spacerem.",
        whose=whose,
        minutes=HEADLINE,
    )


def _plain_headline(known: Mapping[str, Pair], whose: str) -> str:
    parts = [
        f"{percent(pair[0])} {_GROUPS_OF[group]}" + (f" {whose}" if group == "total" else "")
        for group, pair in known.items()
    ]
    who = parts[0] if len(parts) == 1 else _joined(parts)
    return gettext(
        "%(who)s ma miejsce otwarte w\u00a0zasięgu %(minutes)s\u00a0minut spacerem.",
        who=who[:1].upper() + who[1:],
        minutes=HEADLINE,
    )


def _ranged_headline(known: Mapping[str, Pair], whose: str) -> str:
    said = gettext("%(share)s mieszkańców %(whose)s", share=share_said(known["total"]), whose=whose)
    whole = gettext(
        "%(who)s ma miejsce otwarte w\u00a0zasięgu %(minutes)s\u00a0minut spacerem.",
        who=said[:1].upper() + said[1:],
        minutes=HEADLINE,
    )
    groups = [
        gettext("wśród %(whom)s: %(share)s", whom=_GROUPS_OF[group], share=share_said(pair))
        for group, pair in known.items()
        if group != "total"
    ]
    if not groups:
        return whole
    rest = "; ".join(groups)
    return f"{whole} {rest[:1].upper()}{rest[1:]}."


def ages_unknown(one: Figures) -> str:
    """What cannot be said of children and older people; "" where all is known."""
    if not one.people["total"]:
        return ""
    missing = [group for group in ("young", "old") if headline_share(one, group) is None]
    if len(missing) == 2:
        return gettext(
            "Ilu z\u00a0nich to dzieci, a\u00a0ilu osoby 65+, nie wiemy: dane, z\u00a0których"
            " korzystamy, nie mówią o\u00a0wieku mieszkańców."
        )
    if missing:
        return gettext("Nie wiemy, ile to %(whom)s.", whom=_GROUPS_OF[missing[0]])
    return ""


def group(code: str) -> str:
    """Whose residents: "osoby 65+"."""
    return str(_GROUPS.get(code, code))


def walker(code: str) -> str:
    """Who walks: "osoba starsza"."""
    return str(_WALKERS.get(code, code))


def time(code: str) -> str:
    """When: "sobota (10–18)"."""
    if code not in _TIMES:
        return gettext("o\u00a0dowolnej porze")
    window = TIMES[code]
    return gettext(
        "%(when)s (%(begins)s\u2060–\u2060%(ends)s)",
        when=_TIMES[code],
        begins=window.begins,
        ends=window.ends,
    )


def step(code: str) -> str:
    """What is being done just now."""
    return str(_STEPS.get(code, _("Liczymy")))


def band(place: int) -> str:
    """Minutes of one of the bands: "5–10 min", "ponad 60 min"."""
    if place == 0:
        return gettext("do\u00a0%(most)s\u00a0min", most=BANDS[0])
    if place == len(BANDS):
        return gettext("ponad\u00a0%(least)s\u00a0min", least=BANDS[-1])
    return gettext("%(least)s–%(most)s\u00a0min", least=BANDS[place - 1], most=BANDS[place])


def minutes(pair: Pair) -> str:
    """How far: "12 min", "12–15 min", "2 godz. lub więcej"."""
    low, high = (min(LONGEST, round(one)) for one in pair)
    if low >= LONGEST:
        return gettext("%(hours)s\u00a0godz. lub więcej", hours=LONGEST // 60)
    if high >= LONGEST:
        return gettext("od\u00a0%(low)s\u00a0min do ponad\u00a02\u00a0godz.", low=low)
    if low == high:
        return gettext("%(minutes)s\u00a0min", minutes=low)
    return gettext("%(low)s–%(high)s\u00a0min", low=low, high=high)


def residents(count: float) -> str:
    """How many people live somewhere: "12 500 mieszkańców"."""
    whole = round(count)
    if whole == 1:
        return gettext("1\u00a0mieszkaniec")
    return gettext("%(count)s\u00a0mieszkańców", count=number(whole))


def gap_name(one: Gap) -> str:
    """What a gap is called: "Osowa", the second of that name "Osowa (2)"."""
    name = one.name or gettext("bez nazwy")
    return f"{name}\u00a0({one.ordinal})" if one.ordinal else name


def count(pair: tuple[int, int]) -> str:
    """How many things, surely and perhaps: "36–38"."""
    low, high = map(number, pair)
    return low if low == high else f"{low}–{high}"


def density(pair: Pair) -> str:
    """Places per 10,000 residents: "0,74–0,78", "12"."""
    low, high = (f"{one:.2f}".rstrip("0").rstrip(".").replace(".", ",") for one in pair)
    return low if low == high else f"{low}–{high}"


def rank(pair: tuple[int, int], of: int) -> str:
    """The place among peers: "miejsce 3. na 66", "między 3. a 5. miejscem na 66"; "" where there is
    nobody else."""
    if not pair[0] or of < 2:
        return ""
    if pair[0] == pair[1]:
        return gettext("miejsce\u00a0%(rank)s. na\u00a0%(of)s", rank=number(pair[0]), of=number(of))
    return gettext(
        "między %(best)s. a\u00a0%(worst)s. miejscem na\u00a0%(of)s",
        best=number(pair[0]), worst=number(pair[1]), of=number(of),
    )  # fmt: skip


def _joined(parts: list[str]) -> str:
    return gettext("%(first)s i\u00a0%(last)s", first=", ".join(parts[:-1]), last=parts[-1])
