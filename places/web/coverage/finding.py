"""Finding one's area by name, and what is said where its border is not known."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from flask import Response, redirect, render_template
from flask.typing import ResponseReturnValue

from places import gazetteer, text
from places.coverage import divisions, survey
from places.coverage.asked import Question
from places.coverage.figures import COUNTRY, Level
from places.coverage.survey import Survey
from places.errors import Fault, Invalid, NotFound, shortened
from places.web import current
from places.web.coverage import asking, waiting
from places.web.words import coverage_names as names

_MOST = 60


class Listed(NamedTuple):
    """An area to choose."""

    code: str
    name: str
    level: Level
    within: str
    """The name of the area above."""
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
    matches = _matches(name, listed)
    if len(matches) == 1 and not matches[0].because:
        return redirect(asking.address(matches[0].code, Question()), 302)
    return render_template(
        "coverage/find.html", name=name, found=matches, regions=_regions(listed), names=names
    )


def without_border(code: str, found: Survey, question: Question) -> ResponseReturnValue:
    """A gmina that is a city leads to it; of another one it is said what is missing.

    Raises NotFound where even the powiat is unknown.
    """
    if len(code) < divisions.LENGTHS["gmina"]:
        raise NotFound(code)
    powiat = found.figures(code[: divisions.LENGTHS["powiat"]])
    address = asking.address(powiat.code, question)
    if code == f"{powiat.code}01" and divisions.is_city(code):
        return redirect(address, 302)
    content = render_template(
        "coverage/no_border.html",
        powiat=powiat,
        address=address,
        is_gmina=divisions.level_of(code) == "gmina",
    )
    return Response(content, 404)


def _matches(name: str, listed: Sequence[Listed]) -> list[Listed]:
    """Areas called so, or else those with a word that begins so; then those of a settlement."""
    key = gazetteer.key_of(name)
    if not key:
        return []
    listed = [one for one in listed if not _is_twin(one)]
    keys = {one.code: gazetteer.key_of(one.name) for one in listed}
    same = [one for one in listed if key in (one.code, keys[one.code], _bare(keys[one.code]))]
    begun = [one for one in listed if f" {key}" in f" {keys[one.code]}"]
    found = same or begun
    codes = {one.code for one in found}
    more = [one for one in _by_settlement(key, listed) if one.code not in codes]
    return [*found, *more][:_MOST]


def _by_settlement(key: str, listed: Sequence[Listed]) -> Iterable[Listed]:
    by_code = {one.code: one for one in listed}
    rows = current.index().rows(
        "select distinct name, teryt from settlement where key = ? and teryt <> '' order by 2",
        (key,),
    )
    for name, teryt in rows:
        if teryt in by_code:
            yield by_code[teryt]._replace(because=name)


def _is_twin(one: Listed) -> bool:
    """Whether it is the only gmina of a city that is a powiat, which is listed, too."""
    return one.level == "gmina" and divisions.is_city(one.code)


def _bare(key: str) -> str:
    return key.removeprefix("powiat ")


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
