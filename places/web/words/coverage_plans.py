"""Next sites and changes in words: what was found, how sure it is, and both as tables."""

from collections.abc import Mapping
from math import ceil
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.coverage.figures import Pair
from places.coverage.terms import GROUPS, TIMES
from places.web.words import coverage_changes, coverage_effects
from places.web.words import coverage_sheets as sheets_said
from places.web.words.coverage import percent, share
from places.web.words.coverage_heads import are_few, heads_said, to_whom, whom
from places.web.words.quantities import number

_CANDIDATES = {
    "cells": _("miejsca, w\u00a0których mieszkają ludzie"),
    "streets": _("ulice"),
    "own": _("moja lista lokali"),
}
_EXPLAINED = {
    "none_uncovered": _("Nikt w\u00a0tym obszarze nie ma za daleko: nie ma kogo obejmować."),
    "no_candidates": _("Nie ma %(spots)s, spośród których można wybierać."),
    "none_reach": _("Żaden z\u00a0tych %(spots)s nie obejmie nikogo, kto dziś ma za daleko."),
    "more_than_candidates": _("%(spots)s jest mniej niż miejsc, o\u00a0które pytasz."),
    "all_reached": _("Mniej miejsc wystarczy: kolejne nie obejmą już nikogo więcej."),
    "time_up": _("Skończył się czas na szukanie: to najlepszy wybór, jaki znaleźliśmy."),
}
_OF = {"total": _("mieszkańców"), "young": _("dzieci"), "old": _("osób 65+")}
_MORE = {"total": _("osób"), "young": _("dzieci"), "old": _("osób 65+")}
_GAINS = {"total": _("Zyska"), "young": _("Zyska dzieci"), "old": _("Zyska osób 65+")}
_AT_PACE = {
    "total": _(
        "Wszyscy, także dzieci i\u00a0osoby 65+, idą w\u00a0tych liczbach w\u00a0tempie osoby"
        " dorosłej."
    ),
    "young": _("Dzieci idą w\u00a0tych liczbach w\u00a0tempie rodzica z\u00a0małym dzieckiem."),
    "old": _("Osoby 65+ idą w\u00a0tych liczbach w\u00a0tempie osoby starszej."),
}
_NEARLY = 1.0
"""Percentage points under which a difference is not told by its number."""


def candidates(code: str) -> str:
    """Where sites may stand."""
    return str(_CANDIDATES.get(code, code))


def gains(group: str) -> str:
    """The heading of what a site adds: "Zyska", "Zyska dzieci"."""
    return str(_GAINS.get(group, _GAINS["total"]))


def change(code: str) -> str:
    """What becomes of a place: "zostanie zamknięte"."""
    return coverage_changes.change(code)


def effect(answer: Mapping[str, Any]) -> str:
    """What a change does, in a sentence."""
    return coverage_changes.effect(answer)


def explained(answer: Mapping[str, Any]) -> str:
    """Why the best sites are what they are; "" where nothing is special."""
    if not answer["people"]:
        return gettext(
            "Nie wiemy, kto ma za daleko: dane o mieszkańcach, z których liczymy, nie znają"
            " w tym obszarze nikogo."
        )
    said = str(_EXPLAINED.get(answer["explained"], ""))
    said = said % {"spots": _spots(answer)} if "%(spots)s" in said else said
    return said[:1].upper() + said[1:]


def _spots(answer: Mapping[str, Any]) -> str:
    """What it is chosen from, in the genitive."""
    return gettext("lokali") if answer["candidates"] == "own" else gettext("punktów")


def found(answer: Mapping[str, Any]) -> str:
    """What the best sites bring, in a sentence."""
    sites, group = answer["sites"], answer["group"]
    if not sites:
        return gettext("Nie znaleźliśmy miejsca, które objęłoby kogoś więcej.")
    gained: Pair = (sites[-1]["cumulative_low"], sites[-1]["cumulative"])
    return gettext(
        "%(sites)s %(whom)s, %(to_whom)s dziś żadne inne nie sięga w\u00a0%(minutes)s\u00a0minut"
        " spaceru. Pewny udział %(of)s w\u00a0zasięgu: dziś %(before)s, potem %(after)s.",
        sites=_sites_reach(len(sites)),
        whom=whom(gained, group),
        to_whom=to_whom(gained, group),
        minutes=answer["minutes"],
        of=_OF[group],
        before=percent(answer["before"][0]),
        after=percent(sites[-1]["share"]),
    )


def ends(site: Mapping[str, Any], name: str) -> Pair | None:
    """What a site adds, from what to what; None where that is not known."""
    return None if site[name] is None else (site[f"{name}_low"], site[name])


def has_ages(answer: Mapping[str, Any]) -> bool:
    """Whether it is told how many of those whom the sites reach are children and old."""
    return bool(answer["group"] == "total")


def notes(answer: Mapping[str, Any]) -> list[str]:
    """What must be known to read the numbers of the sites: pace, ranges, order."""
    sites = answer["sites"]
    if not sites:
        return []
    found = [str(_AT_PACE[answer["group"]])]
    if any(round(one["gained_low"]) != round(one["gained"]) for one in sites):
        found.append(
            gettext(
                "%(why)s Wybieramy tak, żeby górna była jak największa.",
                why=coverage_effects.why_range(),
            )
        )
    if len(sites) > 1:
        found.append(
            gettext("Każde następne miejsce liczymy bez tych, których objęły już poprzednie.")
        )
    return found


def left_out(answer: Mapping[str, Any]) -> list[str]:
    """Who has too far today, and how many of them could be reached at most."""
    left: Pair = tuple(answer["left_out"])
    group, reachable = answer["group"], answer["reachable"]
    own, outside = answer["candidates"] == "own", answer["outside"]
    found = []
    if round(left[1]):
        who = heads_said(left, group)
        have = gettext("mają") if are_few(left, group) else gettext("ma")
        found.append(gettext("Za daleko %(have)s dziś %(who)s.", have=have, who=who))
    if round(left[1]) and round(reachable):
        which = (
            gettext("Lokale z\u00a0Twojej listy") if own else gettext("Punkty, które sprawdzamy,")
        )
        found.append(
            gettext("%(which)s mogą z\u00a0nich objąć najwyżej %(whom)s.", which=which,
                    whom=whom((reachable, reachable), group))
        )  # fmt: skip
    if outside:
        found.append(_outside(outside, answer["considered"]))
    if not own:
        found.append(sheets_said.note("sites"))
    return found


def _outside(outside: int, considered: int) -> str:
    if outside == considered:
        return gettext(
            "Wszystkie lokale z\u00a0Twojej listy leżą poza tym obszarem, a\u00a0liczymy tylko jego"
            " mieszkańców."
        )
    return gettext(
        "Poza tym obszarem, a\u00a0liczymy tylko jego mieszkańców, leży lokali z\u00a0Twojej listy:"
        " %(outside)s z\u00a0%(all)s.",
        outside=number(outside),
        all=number(considered),
    )


def proof(answer: Mapping[str, Any]) -> list[str]:
    """How sure it is that these are the best."""
    if not answer["sites"]:
        return []
    considered = number(answer["considered"])
    if answer["considered"] == 1:
        first = (
            gettext("Lokal jest jeden, więc nie ma z\u00a0czego wybierać.")
            if answer["candidates"] == "own"
            else gettext("Punkt jest jeden, więc nie ma z\u00a0czego wybierać.")
        )
    elif answer["proven"]:
        first = gettext(
            "Udowodnione: żaden inny wybór spośród %(count)s %(spots)s nie obejmie więcej"
            " %(whom)s.",
            count=considered,
            spots=_spots(answer),
            whom=_MORE[answer["group"]],
        )
    else:
        first = gettext(
            "Nie zdążyliśmy udowodnić, że to najlepszy wybór spośród %(count)s %(spots)s; lepszy"
            " mógłby objąć najwyżej o\u00a0%(gap)s %(whom)s więcej.",
            count=considered,
            spots=_spots(answer),
            gap=percent(answer["gap"]),
            whom=_MORE[answer["group"]],
        )
    if answer["verified"]:
        second = gettext("Wynik zmierzyliśmy drugi raz, niezależnie, i\u00a0liczby się zgadzają.")
    else:
        second = gettext(
            "Uwaga: drugi pomiar dał inne liczby. W\u00a0tabeli są liczby z\u00a0niego."
        )
    return [first, second]


def before_and_after(answer: Mapping[str, Any], time: str, group: str) -> str:
    """The share at a time of the week, before and after: "62% → 58%".

    It is without a change only where nobody can lose or gain then: of ranges that read the same
    the truth within may differ, and by how much is told.
    """
    before, after = (answer[one][time][group] for one in ("before", "after"))
    if before is None or not answer["people"]["total"]:
        return gettext("nie wiadomo")
    first, then = share(tuple(before)), share(tuple(after))
    if first != then:
        return f"{first} → {then}"
    differs = answer if time == "any" else answer["by_time"][time]
    most = max((differs[side].get(group) or (0, 0))[1] for side in ("lose", "gain"))
    if not round(most):
        return gettext("%(share)s, bez zmian", share=first)
    points = 100 * most / answer["people"][group]
    if points < _NEARLY:
        said = gettext("różnica poniżej 1\u00a0punktu proc.")
    else:
        said = gettext(
            "różnica do\u00a0%(most)s\u00a0pkt proc.", most=number(ceil(10 * points) / 10)
        )
    return f"{first} → {then}, {said}"


def site_said(site: Mapping[str, Any], group: str = "total") -> str:
    """A site for the map: "Osowa: od 4 do 12 350 osób więcej"."""
    name = site["name"] or site["near"] or gettext("bez nazwy")
    return gettext(
        "%(name)s: %(people)s więcej", name=name, people=heads_said(ends(site, "gained"), group)
    )


def times() -> tuple[str, ...]:
    """The times of the week that changes are told for."""
    return ("any", *TIMES)


def rows(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The answer as a table: a row a site, or a row a time and group."""
    if "sites" in answer:
        return [{"number": n, **one} for n, one in enumerate(answer["sites"], 1)]
    return [_row(answer, time, group) for time in times() for group in GROUPS]


def _row(answer: Mapping[str, Any], time: str, group: str) -> dict[str, Any]:
    differs = answer if time == "any" else answer["by_time"][time]
    pairs: dict[str, Pair | None] = {
        "before": answer["before"][time][group],
        "after": answer["after"][time][group],
        "lose": differs["lose"].get(group),
        "gain": differs["gain"].get(group),
    }
    ends = {
        f"{name}.{end}": pair[n] if pair else None
        for name, pair in pairs.items()
        for n, end in enumerate(("low", "high"))
    }
    return {"time": time, "group": group, **ends}


def _sites_reach(count: int) -> str:
    if count == 1:
        return gettext("Jedno nowe miejsce obejmie")
    if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14:
        return gettext("%(count)s\u00a0nowe miejsca obejmą", count=count)
    return gettext("%(count)s\u00a0nowych miejsc obejmie", count=count)
