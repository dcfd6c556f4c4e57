"""What a change does, in one sentence: whom a place leaves, whom it reaches, or why nobody.

What must be known beside it is in coverage_effects.py.
"""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.coverage.figures import Pair
from places.web.words.coverage_heads import are_few, heads_said, is_one, to_whom, whom
from places.web.words.typography import quoted

_CHANGES = {
    "close": _("zostanie zamknięte"),
    "move": _("przeniesie się"),
    "saturday": _("będzie otwarte w\u00a0soboty"),
    "open": _("powstanie nowe miejsce"),
}
_TELLING = 0.1
"""The least share of its upper end that the lower end of a part is, or the part says nothing."""


def change(code: str) -> str:
    """What becomes of a place: "zostanie zamknięte"."""
    return str(_CHANGES.get(code, code))


def effect(answer: Mapping[str, Any]) -> str:
    """What a change does, in a sentence; that nobody is known to live there is no "nobody"."""
    if answer["people"].get("total") == 0:
        return gettext(
            "Nie wiemy, kogo ta zmiana dotknie: dane o mieszkańcach, z których liczymy,"
            " nie znają w tym obszarze nikogo."
        )
    said = {"open": _opening, "saturday": _on_saturdays, "move": _moving}
    return said.get(answer["change"], _closing)(answer)


def _if(answer: Mapping[str, Any]) -> str:
    return gettext(
        "Jeśli miejsce %(place)s %(what)s",
        place=quoted(answer["name"]),
        what=change(answer["change"]),
    )


def _closing(answer: Mapping[str, Any]) -> str:
    lose: Pair = tuple(answer["lose"]["total"])
    start, minutes = _if(answer), answer["minutes"]
    if not round(lose[1]):
        return _nobody_loses(answer)
    if is_one(lose):
        said = gettext("nie będzie miała")
    else:
        said = gettext("nie będą miały") if are_few(lose) else gettext("nie będzie miało")
    return gettext(
        "%(start)s, %(who)s %(will_not_have)s żadnego w\u00a0zasięgu %(minutes)s\u00a0minut.",
        start=start, who=heads_said(lose), will_not_have=said, minutes=minutes,
    )  # fmt: skip


def _nobody_loses(answer: Mapping[str, Any]) -> str:
    start, minutes, reaches = _if(answer), answer["minutes"], _reaches(answer)
    if answer["unplaced"]:
        return gettext("%(start)s, w\u00a0tych liczbach nic się nie zmieni.", start=start)
    if reaches is None:
        return gettext(
            "%(start)s, nikt nie zostanie bez miejsca w\u00a0zasięgu %(minutes)s\u00a0minut.",
            start=start, minutes=minutes,
        )  # fmt: skip
    if not round(reaches[1]):
        return gettext(
            "%(start)s, nikt nie straci: w\u00a0zasięgu %(minutes)s\u00a0minut spaceru od niego"
            " nie mieszka nikt z\u00a0tego obszaru.", start=start, minutes=minutes,
        )  # fmt: skip
    return gettext(
        "%(start)s, nikt nie straci: wszyscy, do których sięga w\u00a0%(minutes)s\u00a0minut"
        " spaceru (%(who)s), mają tak blisko także inne.",
        start=start, minutes=minutes, who=heads_said(reaches),
    )  # fmt: skip


def _moving(answer: Mapping[str, Any]) -> str:
    lose, gain = (tuple(answer[side]["total"]) for side in ("lose", "gain"))
    start = gettext("%(start)s do\u00a0punktu %(where)s", start=_if(answer), where=_where(answer))
    told = {"start": start, "minutes": answer["minutes"]}
    if round(lose[1]):
        told["left"] = whom(lose)
        left = gettext(
            "%(start)s, zostawi %(left)s bez miejsca w\u00a0zasięgu %(minutes)s\u00a0minut", **told
        )
    else:
        left = gettext(
            "%(start)s, nikogo nie zostawi bez miejsca w\u00a0zasięgu %(minutes)s\u00a0minut",
            **told,
        )
    if not round(gain[1]):
        return gettext("%(left)s i\u00a0nikogo nowego nie obejmie.", left=left)
    return gettext(
        "%(left)s, a\u00a0obejmie %(whom)s, %(to_whom)s dziś żadne nie sięga.",
        left=left, whom=whom(gain), to_whom=to_whom(gain),
    )  # fmt: skip


def _where(answer: Mapping[str, Any]) -> str:
    would = answer["would"]
    if not would:
        return str(answer["to"])
    point = f"{would['lat']:.5f}, {would['lon']:.5f}"
    near = would.get("near")
    return gettext("%(point)s (okolica: %(near)s)", point=point, near=near) if near else point


def _on_saturdays(answer: Mapping[str, Any]) -> str:
    start, minutes, reaches = _if(answer), answer["minutes"], _reaches(answer)
    gain: Pair = tuple(answer["by_time"]["saturday"]["gain"]["total"])
    if round(gain[1]):
        return gettext(
            "%(start)s, obejmie w\u00a0ten dzień %(whom)s, %(to_whom)s żadne inne otwarte wtedy"
            " miejsce nie sięga w\u00a0%(minutes)s\u00a0minut spaceru.",
            start=start, whom=whom(gain), to_whom=to_whom(gain), minutes=minutes,
        )  # fmt: skip
    if answer["unplaced"]:
        return gettext("%(start)s, w\u00a0tych liczbach nic się nie zmieni.", start=start)
    if (answer["hours"] or {}).get("saturday") == "open":
        return gettext("%(start)s, nic się nie zmieni: według katalogu już jest.", start=start)
    if reaches and not round(reaches[1]):
        return gettext(
            "%(start)s, nikogo nie obejmie: w\u00a0zasięgu %(minutes)s\u00a0minut spaceru od niego"
            " nie mieszka nikt z\u00a0tego obszaru.", start=start, minutes=minutes,
        )  # fmt: skip
    return gettext(
        "%(start)s, nikogo nowego nie obejmie: wszyscy, do których sięga, mają w\u00a0sobotę"
        " w\u00a0zasięgu %(minutes)s\u00a0minut także inne otwarte.", start=start, minutes=minutes,
    )  # fmt: skip


def _reaches(answer: Mapping[str, Any]) -> Pair | None:
    """Whom the place reaches where it stands today; None where the answer does not say."""
    told = ((answer["was"] or {}).get("reaches") or {}).get("total")
    return None if told is None else (told[0], told[1])


def _opening(answer: Mapping[str, Any]) -> str:
    gain: Pair = tuple(answer["gain"]["total"])
    minutes, reaches = answer["minutes"], answer["would"]["reaches"].get("total", 0.0)
    if round(gain[1]):
        return gettext(
            "Nowe miejsce w\u00a0tym punkcie objęłoby %(whom)s%(among)s, %(to_whom)s dziś żadne"
            " inne nie sięga w\u00a0%(minutes)s\u00a0minut spaceru.",
            minutes=minutes, whom=whom(gain), to_whom=to_whom(gain),
            among=_among(answer["among"]["gain"]),
        )  # fmt: skip
    if round(reaches):
        return gettext(
            "Nowe miejsce w\u00a0tym punkcie nie objęłoby nikogo nowego: wszyscy, którzy mieszkają"
            " najwyżej %(minutes)s\u00a0minut spacerem stąd (%(who)s), mają już w\u00a0zasięgu inne"
            " miejsce.", minutes=minutes, who=heads_said((reaches, reaches)),
        )  # fmt: skip
    return gettext(
        "Nowe miejsce w\u00a0tym punkcie nie objęłoby nikogo: w\u00a0zasięgu %(minutes)s\u00a0minut"
        " spaceru nie mieszka tu nikt z\u00a0tego obszaru.", minutes=minutes,
    )  # fmt: skip


def _among(pairs: Mapping[str, Pair]) -> str:
    """How many of them are children and how many are old: " (w tym 230 dzieci i 310 osób 65+)";
    of a range as wide as from none to all nothing."""
    said = [
        whom(pairs[group], group)
        for group in ("young", "old")
        if pairs.get(group) and _tells(pairs[group])
    ]
    if not said:
        return ""
    return " " + gettext("(w\u00a0tym %(who)s)", who=gettext(" i\u00a0").join(said))


def _tells(pair: Pair) -> bool:
    low, high = map(round, pair)
    return high > 0 and low >= _TELLING * high
