"""Finding one's area by name, and what is said where its border is not known."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from flask import Response, redirect, render_template
from flask.typing import ResponseReturnValue

from places import gazetteer, teryt, text
from places.coverage import survey
from places.coverage.asked import Question
from places.coverage.survey import Survey
from places.errors import Fault, Invalid, NotFound, shortened
from places.teryt import COUNTRY, Level
from places.web import current
from places.web.coverage import asking, waiting
from places.web.words import coverage_names as names

_MOST = 60
_CALLED = re.compile(
    r"(?:urzad (?:miasta i gminy|miasta|gminy) (?:w )?)?"
    r"(?:(?P<level>gm|gmina|miasto i gmina|miasto|m st|woj|wojewodztwo|pow|powiat|dzielnica"
    r"|osiedle) )?(?P<key>.+)"
)
"""An area as officers call it: "gm. Rudna", "pow. lubiński", "m.st. Warszawa"."""
_LEVELS: Mapping[str, frozenset[Level]] = {
    "gm": frozenset(("gmina",)), "gmina": frozenset(("gmina",)),
    "miasto i gmina": frozenset(("gmina",)),
    "woj": frozenset(("voivodeship",)), "wojewodztwo": frozenset(("voivodeship",)),
    "pow": frozenset(("powiat",)), "powiat": frozenset(("powiat",)),
    "dzielnica": frozenset(("district",)), "osiedle": frozenset(("district",)),
}  # fmt: skip


class Listed(NamedTuple):
    """An area to choose."""

    code: str
    name: str
    level: Level
    within: str
    """The name of the area above."""
    kind: str = ""
    """Who its peers are, which tells the town from the gmina around it."""
    because: str = ""
    """The settlement in it that was named, where it is not the area itself."""


def page() -> ResponseReturnValue:
    """The areas of a name; straight to the only one."""
    args = current.asked()
    unknown = [name for name in args if name != "nazwa"]
    if unknown:
        raise Invalid(Fault(shortened(one), "unknown_parameter", "", "nazwa") for one in unknown)
    name = text.clean(" ".join(args.get("nazwa", ())))[:200]
    state = asking.state("survey", Question())
    if state.path is None:
        return waiting.page(state, COUNTRY, Question())
    with survey.opened(state.path) as found:
        listed = [Listed(*one) for one in found.names()]
    matches, is_sure = _matches(name, listed)
    if len(matches) == 1 and is_sure and not matches[0].because:
        return redirect(asking.address(matches[0].code, Question()), 302)
    return render_template(
        "coverage/find.html", name=name, found=matches, regions=_regions(listed), names=names
    )


def without_border(code: str, found: Survey, question: Question) -> ResponseReturnValue:
    """A gmina that is a city leads to it; of another one, or of a district, it is said whether its
    border is missing or there is none of that code, and what there is above.

    Raises NotFound where even the powiat is unknown.
    """
    if len(code) < teryt.LENGTHS["gmina"]:
        raise NotFound(code)
    powiat = found.figures(code[: teryt.LENGTHS["powiat"]])
    address = asking.address(powiat.code, question)
    if code == f"{powiat.code}01" and teryt.is_city(code):
        return redirect(address, 302)
    named = [Listed(*one) for one in found.names()]
    gmina = next((one for one in named if one.code == teryt.gmina_of(code) != code), None)
    content = render_template(
        "coverage/no_border.html",
        powiat=powiat,
        address=address,
        gmina=gmina,
        gmina_address=asking.address(gmina.code, question) if gmina else "",
        is_gmina=teryt.level_of(code) == "gmina",
        is_none=_is_none(code, named),
    )
    return Response(content, 404)


def _is_none(code: str, named: Iterable[Listed]) -> bool:
    """Whether the areas of its level are known there, and this is none of them."""
    if teryt.level_of(code) == "gmina":
        return teryt.is_city(code) or any(one.level == "gmina" for one in named)
    gmina = teryt.gmina_of(code)
    return any(one.level == "district" and teryt.gmina_of(one.code) == gmina for one in named)


def _matches(name: str, listed: Sequence[Listed]) -> tuple[list[Listed], bool]:
    """The areas that may be meant, and whether all that was typed speaks for them."""
    listed = [one for one in listed if not _is_twin(one)]
    name, _, above = name.partition(",")
    key = gazetteer.key_of(name)
    if teryt.is_code("gmina", key) and teryt.is_city(key):
        key = teryt.parent(teryt.gmina_of(key))
    found = _called(key, listed)
    inside = _bare_of_level(gazetteer.key_of(above))
    if not found:
        return _part_of_city(f"{inside} {key}".strip(), listed)
    narrowed = [one for one in found if inside in _bare_of_level(gazetteer.key_of(one.within))]
    return (narrowed or found)[:_MOST], bool(narrowed)


def _called(key: str, listed: Sequence[Listed]) -> list[Listed]:
    """Areas called exactly so, or as officers call them, or else of a name that begins so."""
    if not key:
        return []
    found = _named(key, listed)
    called = _CALLED.fullmatch(key)
    if found or called is None or called["key"] == key:
        return found
    levels = _LEVELS.get(called["level"] or "", frozenset())
    found = _named(called["key"], listed)
    return [one for one in found if one.level in levels] or found


def _named(key: str, listed: Sequence[Listed]) -> list[Listed]:
    """Areas called so, or else those with a word that begins so; then those of a settlement."""
    keys = {one.code: gazetteer.key_of(one.name) for one in listed}
    same = [one for one in listed if key in (one.code, keys[one.code], _bare(keys[one.code]))]
    begun = [one for one in listed if f" {key}" in f" {keys[one.code]}"]
    found = same or begun
    around = [one for one in _by_settlement(key, listed) if not _holds_one_of(one, same)]
    codes = {one.code for one in found}
    return [*found, *(one for one in around if one.code not in codes)]


def _holds_one_of(powiat: Listed, found: Sequence[Listed]) -> bool:
    """Whether the gmina or district of that name lies there, and says more than the powiat."""
    return any(one.code.startswith(powiat.code) and one.code != powiat.code for one in found)


def _part_of_city(key: str, listed: Sequence[Listed]) -> tuple[list[Listed], bool]:
    """A part and its city in either order, "Kraków Podgórze": the city where the part is unknown.

    Whether the part is known is told, too.
    """
    cities = {
        gazetteer.key_of(one.name): one
        for one in listed
        if one.level == "powiat" and teryt.is_city(one.code)
    }
    for city, one in cities.items():
        for part in (key.removeprefix(f"{city} "), key.removesuffix(f" {city}")):
            if part != key:
                named = _called(part, listed)
                inside = [other for other in named if other.code.startswith(one.code)]
                return (inside, True) if inside else ([one], False)
    return [], False


def _by_settlement(key: str, listed: Sequence[Listed]) -> Iterable[Listed]:
    by_code = {one.code: one for one in listed}
    rows = current.index().rows(
        "select distinct name, teryt from settlement where key = ? and teryt <> '' order by 2",
        (key,),
    )
    for name, code in rows:
        if code in by_code:
            yield by_code[code]._replace(because=name)


def _is_twin(one: Listed) -> bool:
    """Whether it is the only gmina of a city that is a powiat, which is listed, too."""
    return one.level == "gmina" and teryt.is_city(one.code)


def _bare(key: str) -> str:
    return key.removeprefix("powiat ")


def _bare_of_level(key: str) -> str:
    called = _CALLED.fullmatch(key)
    return called["key"] if called else key


def _regions(listed: Sequence[Listed]) -> list[tuple[Listed, list[Listed]]]:
    """Voivodeships by name, each with its powiats."""
    regions = [one for one in listed if one.level == "voivodeship"]
    powiats = [one for one in listed if one.level == "powiat"]
    return [
        (region, sorted((one for one in powiats if one.code[:2] == region.code), key=_order))
        for region in sorted(regions, key=_order)
    ]


def _order(one: Listed) -> str:
    return text.sort_key(_bare(one.name))
