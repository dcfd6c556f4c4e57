"""A new place, and the map of a change, in words: whom it reaches, and what nobody knows.

The sentence of any change is in coverage_plans.py.
"""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.coverage.figures import Pair
from places.web.words.coverage import heads, heads_said
from places.web.words.quantities import distance

_MARKS = {
    ("close", "was"): _("zamykane miejsce"),
    ("saturday", "was"): _("otwarte też w\u00a0soboty"),
    ("move", "was"): _("dziś"),
    ("move", "would"): _("po przeprowadzce"),
    ("open", "would"): _("nowe miejsce"),
}
_SIDES = {"close": ("lose",), "saturday": ("gain",), "open": ("gain",)}
_KINDS = {
    "lose": _("tu mieszkają ci, którzy stracą"),
    "gain": _("tu mieszkają ci, którzy zyskają"),
    "both": _("jedni stracą, inni zyskają"),
}


def opening(answer: Mapping[str, Any]) -> str:
    """What a new place at a point does, in a sentence."""
    gain, minutes = tuple(answer["gain"]["total"]), answer["minutes"]
    reaches = answer["would"]["reaches"].get("total", 0.0)
    if round(gain[1]):
        return gettext(
            "Nowe miejsce w\u00a0tym punkcie objęłoby %(minutes)s\u00a0minutami spaceru %(who)s,"
            " %(whom)s dziś nikt nie obejmuje%(among)s.",
            minutes=minutes, who=_objects(gain), among=_among(answer["among"]["gain"]),
            whom=gettext("której") if round(gain[0]) == round(gain[1]) == 1 else gettext("których"),
        )  # fmt: skip
    if round(reaches):
        return gettext(
            "Nowe miejsce w\u00a0tym punkcie nie objęłoby nikogo nowego: wszyscy, którzy mieszkają"
            " najwyżej %(minutes)s\u00a0minut spacerem stąd (%(who)s), mają już w\u00a0zasięgu inne"
            " otwarte miejsce.", minutes=minutes, who=heads_said((reaches, reaches)),
        )  # fmt: skip
    return gettext(
        "Nowe miejsce w\u00a0tym punkcie nie objęłoby nikogo: w\u00a0zasięgu %(minutes)s\u00a0minut"
        " spaceru nie mieszka tu nikt z\u00a0tego obszaru.", minutes=minutes,
    )  # fmt: skip


def _objects(pair: Pair) -> str:
    """People as those who are reached: "1 osobę"."""
    low, high = map(round, pair)
    if high != 1 or low not in (0, 1):
        return heads_said(pair)
    return gettext("1\u00a0osobę") if low else gettext("najwyżej 1\u00a0osobę")


def _among(pairs: Mapping[str, Pair]) -> str:
    """How many of them are children and how many are old: ", w tym 230 dzieci i 310 osób 65+"."""
    said = []
    if round(pairs.get("young", (0, 0))[1]):
        said.append(_children(pairs["young"]))
    if round(pairs.get("old", (0, 0))[1]):
        said.append(gettext("%(who)s\u00a065+", who=_objects(pairs["old"])))
    return gettext(", w\u00a0tym %(who)s", who=gettext(" i\u00a0").join(said)) if said else ""


def _children(pair: Pair) -> str:
    low, high = heads((pair[0],) * 2), heads((pair[1],) * 2)
    if low == high:
        one = round(pair[1]) == 1
        return gettext("1\u00a0dziecko") if one else gettext("%(count)s\u00a0dzieci", count=low)
    if not round(pair[0]):
        return gettext("najwyżej %(count)s\u00a0dzieci", count=high)
    return gettext("od\u00a0%(low)s do\u00a0%(high)s\u00a0dzieci", low=low, high=high)


def notes(answer: Mapping[str, Any]) -> list[str]:
    """What must be known to read the answer: a point beyond the area, hours and a position that
    nobody knows."""
    found = []
    would = answer["would"]
    reaches = bool(would and round(would["reaches"].get("total", 0.0)))
    if would and would["outside"]:
        found.append(
            gettext("Punkt leży poza tym obszarem, a\u00a0liczymy tylko jego mieszkańców.")
        )
    if would and not reaches and would["nearest_m"] is not None:
        found.append(
            gettext(
                "Najbliżsi mieszkańcy tego obszaru, o\u00a0których wiemy, są %(far)s stąd"
                " w\u00a0linii prostej.",
                far=distance(would["nearest_m"]),
            )
        )
    if answer["change"] == "open" and reaches:
        found.append(
            gettext(
                "Nie wiadomo, kiedy nowe miejsce byłoby otwarte. Dlatego dla każdej pory podajemy"
                " zakres: nikt nie zyska, jeśli będzie wtedy zamknięte, a\u00a0jeśli otwarte,"
                " zyskają wszyscy, którzy mają do niego blisko, a\u00a0o\u00a0tej porze na pewno"
                " nie mają innego."
            )
        )
    if answer["unplaced"]:
        found.append(
            gettext(
                "Położenie tego miejsca znamy zbyt niedokładnie, żeby mierzyć do niego drogę."
                " Dlatego w\u00a0tych liczbach nikogo dziś nie obejmuje."
            )
        )
    return found


def sides(answer: Mapping[str, Any]) -> tuple[str, ...]:
    """Whether such a change can make people lose, or gain, or both."""
    return _SIDES.get(answer["change"], ("lose", "gain"))


def side(code: str) -> str:
    """The heading of a column: "Straci"."""
    return gettext("Straci") if code == "lose" else gettext("Zyska")


def kind(code: str) -> str:
    """What a hexagon of the map stands for."""
    return str(_KINDS.get(code, code))


def where_said(row: Mapping[str, Any]) -> str:
    """Where people live who are touched; beyond the named ones "gdzie indziej"."""
    if row["name"] is None:
        return gettext("gdzie indziej")
    return str(row["name"] or gettext("bez nazwy"))


def cell_said(cell: Mapping[str, Any]) -> str:
    """A hexagon for the map: "Osowa. Straci: od 20 do 35 osób." """
    parts = [where_said(cell) + "."]
    for code in ("lose", "gain"):
        low, high = sorted(cell[code])
        if high > 0:
            who = heads_said((low, high)) if round(high) else gettext("mniej niż 1\u00a0osoba")
            parts.append(gettext("%(side)s: %(who)s.", side=side(code), who=who))
    return " ".join(parts)


def mark_said(change: str, id_: str) -> str:
    """The word beside a point of the map: "dziś"."""
    return str(_MARKS.get((change, id_), ""))
