"""What stands beside the sentence of a change (coverage_changes.py): what nobody knows, whose pace
it is counted at, and the map."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.coverage.terms import TIMES
from places.web.words import coverage_sheets as sheets_said
from places.web.words.coverage import time
from places.web.words.coverage_heads import heads_said
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


def notes(answer: Mapping[str, Any]) -> list[str]:
    """What must be known to read the answer: a point beyond the area; hours, a position and a place
    of which not all is known."""
    would = answer["would"]
    found = [*_of_point(would)] if would else []
    low, high = map(round, answer["gain"]["total"])
    if answer["change"] == "open" and low != high:
        found.append(why_range())
    if answer["change"] == "open" and would and _reaches(would):
        found.append(
            gettext(
                "Nie wiadomo, kiedy nowe miejsce byłoby otwarte. Dlatego dla każdej pory podajemy"
                " zakres: nikt nie zyska, jeśli będzie wtedy zamknięte, a\u00a0jeśli otwarte,"
                " zyskają wszyscy, którzy mają do niego blisko, a\u00a0o\u00a0tej porze na pewno"
                " nie mają innego."
            )
        )
    elif any(round(answer[side]["total"][0]) != round(answer[side]["total"][1])
             for side in sides(answer)):  # fmt: skip
        found.append(sheets_said.note("ranges"))
    return [*found, *_of_place(answer), *_of_hours(answer["change"], answer["hours"] or {})]


def why_range() -> str:
    """Why it is not known how many a new place gains."""
    return gettext(
        "Dolna liczba to ci, do których dziś na pewno nie sięga żadne miejsce. Górna obejmuje też"
        " tych, do których być może już jakieś sięga, bo nie wszystko o\u00a0dzisiejszych miejscach"
        " wiemy."
    )


def _reaches(would: Mapping[str, Any]) -> bool:
    return bool(round(would["reaches"].get("total", 0.0)))


def _of_point(would: Mapping[str, Any]) -> Iterator[str]:
    if would["outside"]:
        yield gettext("Punkt leży poza tym obszarem, a\u00a0liczymy tylko jego mieszkańców.")
    if not _reaches(would) and would["nearest_m"] is not None:
        yield gettext(
            "Najbliżsi mieszkańcy tego obszaru, o\u00a0których wiemy, są %(far)s stąd"
            " w\u00a0linii prostej.",
            far=distance(would["nearest_m"]),
        )


def _of_place(answer: Mapping[str, Any]) -> Iterator[str]:
    """What is not known of the place that is there today."""
    doubt = (answer["was"] or {}).get("doubt_m")
    if answer["unplaced"]:
        yield gettext(
            "Położenie tego miejsca znamy zbyt niedokładnie, żeby mierzyć do niego drogę."
            " Dlatego w\u00a0tych liczbach nikogo dziś nie obejmuje."
        )
    if doubt:
        yield gettext(
            "Położenie tego miejsca znamy z\u00a0dokładnością do\u00a0%(far)s, stąd zakresy.",
            far=distance(doubt),
        )
    if answer["sure"] is False:
        yield gettext(
            "Nie ma pewności, że to miejsce działa albo spełnia warunek, dlatego każdy zakres"
            " zaczyna się od zera."
        )


def _of_hours(change: str, hours: Mapping[str, str]) -> Iterator[str]:
    """What is not known of its hours; of an earlier version's answer nothing is said."""
    unknown = [one for one in TIMES if hours.get(one) == "unknown"]
    if change == "saturday":
        if "saturday" in unknown:
            yield gettext(
                "Nie znamy dzisiejszych godzin tego miejsca: być może w\u00a0sobotę już jest"
                " otwarte, a\u00a0wtedy nic się nie zmieni. Dlatego zakres zaczyna się od zera;"
                " górna liczba jest dla miejsca, które dziś w\u00a0sobotę jest zamknięte."
            )
    elif len(unknown) == len(TIMES):
        yield gettext(
            "Nie znamy godzin tego miejsca: być może o\u00a0niektórych porach i\u00a0tak jest"
            " zamknięte. Dlatego w\u00a0tabeli zakres przy każdej porze zaczyna się od zera."
        )
    elif unknown:
        yield gettext(
            "Nie wiemy, czy to miejsce jest otwarte o\u00a0tych porach: %(times)s. Dlatego"
            " w\u00a0tabeli ich zakres zaczyna się od zera.",
            times=", ".join(map(time, unknown)),
        )


def pace(answer: Mapping[str, Any]) -> str:
    """At whose pace the sentence, and at whose the table is counted."""
    first = gettext(
        "W\u00a0pierwszym zdaniu i\u00a0na mapie wszyscy, także dzieci i\u00a0osoby 65+, idą"
        " w\u00a0tempie osoby dorosłej."
    )
    ages = [one for one in ("young", "old") if answer["people"].get(one) is not None]
    if not ages:
        return first
    return gettext(
        "%(first)s W\u00a0tabeli i\u00a0w\u00a0plikach, gdzie podajemy dzieci i\u00a0osoby 65+"
        " osobno, dzieci idą w\u00a0tempie rodzica z\u00a0małym dzieckiem, a\u00a0osoby 65+"
        " w\u00a0tempie osoby starszej, więc liczby mogą się różnić.",
        first=first,
    )


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
