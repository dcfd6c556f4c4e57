"""Next sites and changes in words: what was found, how sure it is, who loses and who gains."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.coverage.figures import Pair
from places.coverage.terms import GROUPS, TIMES
from places.web.words import coverage_effects
from places.web.words.coverage import heads_said, percent, share
from places.web.words.quantities import number
from places.web.words.typography import quoted

_CANDIDATES = {
    "cells": _("miejsca, w\u00a0których mieszkają ludzie"),
    "streets": _("ulice"),
    "own": _("moje adresy"),
}
_CHANGES = {
    "close": _("zostanie zamknięte"),
    "move": _("przeniesie się"),
    "saturday": _("będzie otwarte w\u00a0soboty"),
    "open": _("powstanie nowe miejsce"),
}
_EXPLAINED = {
    "none_uncovered": _("Nikt w\u00a0tym obszarze nie ma za daleko: nie ma kogo obejmować."),
    "no_candidates": _("Nie ma adresów, z\u00a0których można wybierać."),
    "none_reach": _("Żaden z\u00a0tych adresów nie obejmuje nikogo, kto dziś ma za daleko."),
    "more_than_candidates": _("Adresów jest mniej niż miejsc, o\u00a0które pytasz."),
    "all_reached": _("Mniej miejsc wystarczy: kolejne nie obejmą już nikogo więcej."),
    "time_up": _("Skończył się czas na szukanie: to najlepszy wybór, jaki znaleźliśmy."),
}
_OF = {"total": _("mieszkańców"), "young": _("dzieci"), "old": _("osób 65+")}


def candidates(code: str) -> str:
    """Where sites may stand."""
    return str(_CANDIDATES.get(code, code))


def change(code: str) -> str:
    """What becomes of a place: "zostanie zamknięte"."""
    return str(_CHANGES.get(code, code))


def explained(code: str) -> str:
    """Why the answer is what it is; "" where nothing is special."""
    return str(_EXPLAINED.get(code, ""))


def found(answer: Mapping[str, Any]) -> str:
    """What the best sites bring, in a sentence."""
    sites = answer["sites"]
    if not sites:
        return gettext("Nie znaleźliśmy adresu, który objąłby kogoś więcej.")
    gained = sites[-1]["cumulative"]
    return gettext(
        "%(sites)s: w\u00a0zasięgu %(minutes)s\u00a0minut znajdzie się o\u00a0%(people)s więcej."
        " Pewny udział %(whom)s wzrośnie z\u00a0%(before)s do %(after)s.",
        sites=_new_sites(len(sites)),
        minutes=answer["minutes"],
        people=gettext("1\u00a0osobę") if round(gained) == 1 else heads_said((gained, gained)),
        whom=_OF[answer["group"]],
        before=percent(answer["before"][0]),
        after=percent(sites[-1]["share"]),
    )


def proof(answer: Mapping[str, Any]) -> list[str]:
    """How sure it is that these are the best."""
    if not answer["sites"]:
        return []
    considered = number(answer["considered"])
    if answer["considered"] == 1:
        first = gettext("Adres jest jeden, więc nie ma z\u00a0czego wybierać.")
    elif answer["proven"]:
        first = gettext(
            "Udowodnione: żaden inny wybór spośród %(count)s adresów nie obejmie więcej osób.",
            count=considered,
        )
    else:
        first = gettext(
            "Nie zdążyliśmy udowodnić, że to najlepszy wybór spośród %(count)s adresów; lepszy"
            " mógłby objąć najwyżej o\u00a0%(gap)s osób więcej.",
            count=considered,
            gap=percent(answer["gap"]),
        )
    if answer["verified"]:
        second = gettext("Wynik zmierzyliśmy drugi raz, niezależnie, i\u00a0liczby się zgadzają.")
    else:
        second = gettext(
            "Uwaga: drugi pomiar dał inne liczby. W\u00a0tabeli są liczby z\u00a0niego."
        )
    return [first, second]


def effect(answer: Mapping[str, Any]) -> str:
    """What a change does, in a sentence."""
    if answer["change"] == "open":
        return coverage_effects.opening(answer)
    lose, gain = answer["lose"]["total"], answer["gain"]["total"]
    start = gettext(
        "Jeśli %(place)s %(what)s", place=quoted(answer["name"]), what=change(answer["change"])
    )
    if answer["change"] == "saturday":
        lose, gain = (answer["by_time"]["saturday"][one]["total"] for one in ("lose", "gain"))
        if not gain[1]:
            return gettext("%(start)s, nikt więcej nie zyska miejsca na sobotę.", start=start)
        return gettext(
            "%(start)s, miejsce otwarte w\u00a0sobotę zyska w\u00a0zasięgu %(minutes)s\u00a0minut"
            " %(gain)s.", start=start, minutes=answer["minutes"], gain=heads_said(tuple(gain)),
        )  # fmt: skip
    if not lose[1] and not gain[1]:
        return gettext(
            "%(start)s, nikt nie straci ani nie zyska miejsca w\u00a0zasięgu"
            " %(minutes)s\u00a0minut.",
            start=start, minutes=answer["minutes"],
        )  # fmt: skip
    parts = []
    if lose[1]:
        parts.append(gettext("straci %(who)s", who=heads_said(tuple(lose))))
    if gain[1]:
        parts.append(gettext("zyska %(who)s", who=heads_said(tuple(gain))))
    return gettext(
        "%(start)s, miejsce w\u00a0zasięgu %(minutes)s\u00a0minut %(what)s.",
        start=start, minutes=answer["minutes"], what=gettext(", a\u00a0").join(parts),
    )  # fmt: skip


def before_and_after(answer: Mapping[str, Any], time: str, group: str) -> str:
    """The share at a time of the week, before and after: "62% → 58%"."""
    before, after = (answer[one][time][group] for one in ("before", "after"))
    if before is None:
        return gettext("nie wiadomo")
    first, then = share(tuple(before)), share(tuple(after))
    return gettext("%(share)s, bez zmian", share=first) if first == then else f"{first} → {then}"


def site_said(site: Mapping[str, Any]) -> str:
    """A site for the map: "Osowa: 12 350 osób więcej"."""
    name = site["name"] or site["near"] or gettext("bez nazwy")
    return gettext(
        "%(name)s: %(people)s więcej", name=name, people=heads_said((site["gained"],) * 2)
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


def _new_sites(count: int) -> str:
    if count == 1:
        return gettext("Jedno nowe miejsce")
    if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14:
        return gettext("%(count)s nowe miejsca", count=count)
    return gettext("%(count)s nowych miejsc", count=count)
