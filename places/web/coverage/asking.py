"""What a page of coverage is asked, and the addresses that lead to it.

An address without a stamp is about today's data; with the stamp and the week of a report it is
permanent and gives the same numbers as long as they are kept.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import request, url_for

from places.coverage import areas, outlines, work
from places.coverage import asked as questions
from places.coverage.answers import Kind
from places.coverage.asked import Question
from places.coverage.outlines import Outline
from places.coverage.survey import Method
from places.errors import Fault, Invalid, shortened
from places.teryt import COUNTRY, Level
from places.web import access, current, links

SORTS = ("name", "people", "places", "share", "left_out")
"""What the table of areas can be ordered by; with a minus the other way round."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is about, and how to show it."""

    question: Question
    sort: str = ""
    """The order of the areas; "" is by need."""


def read(also: Collection[str] = ()) -> Asked:
    """What the parameters say.

    Raises Invalid with all their faults.
    """
    args, faults = current.asked(), []
    sort = next((one for one in args.get("sort", ()) if one), "") if "sort" in also else ""
    if sort and sort.removeprefix("-") not in SORTS:
        faults.append(Fault("sort", "not_in_list", shortened(sort), ", ".join(SORTS)))
    try:
        question = questions.read(args, also)
    except Invalid as error:
        raise Invalid([*faults, *error.faults]) from None
    if faults:
        raise Invalid(faults)
    return Asked(question, sort)


def state(
    kind: Kind, question: Question, more: Mapping[str, str] | None = None, *, earlier: bool = False
) -> work.State:
    """How far the work is that answers the question; begun where it is not.

    With `earlier` the last numbers stand in for those of today while these are being made.
    """
    index, instance = current.index(), current.instance()
    wanted = work.spec(index, instance, kind, question, current.now(), **(more or {}))
    own = wanted.filters or wanted.more or wanted.week != work.this_week(current.now())
    leave = (lambda: access.spend("coverage")) if own else (lambda: None)
    return work.ask(
        index, current.catalogue(), instance, wanted, manner=work.Manner(earlier, leave)
    )


def address(code: str, question: Question, form: str = "", **more: Any) -> str:
    """The address of an area's page or of its file."""
    return _with("area" if code != COUNTRY else "country", code, question, form, more)


def sites_address(code: str, question: Question, form: str = "", **more: Any) -> str:
    """The address of the page of next sites or of its file."""
    return _with("sites", code, question, form, more)


def try_at(code: str, question: Question, at: tuple[float, float]) -> str:
    """The address that says what a new place at a point, (lat, lon), does for an area."""
    to = ",".join(f"{one:.5f}" for one in at)
    return sites_address(code, question, change="open", to=to)


def permanent(question: Question, method: Method) -> Question:
    """The question that always has the same answer: with the week and the stamp of a report."""
    return replace(question, week=date.fromisoformat(method.week), stamp=method.stamp)


def absolute(path: str) -> str:
    """A whole address."""
    return links.absolute(path)


def known() -> areas.Areas:
    """The areas that are loaded."""
    return areas.current(current.instance())


def outline(level: Level, borders: str = "") -> Outline:
    """Borders as fine as the map of such an area shows them: those of a set of areas, see
    areas.digest, or those of today."""
    instance = current.instance()
    return outlines.of(instance, borders or areas.digest(instance), level)


def here() -> str:
    """This very page, to be asked again."""
    return request.full_path.removesuffix("?")


def _with(name: str, code: str, question: Question, form: str, more: Mapping[str, Any]) -> str:
    values: dict[str, Any] = {}
    for key, value in question.args():
        values.setdefault(key, []).append(value)
    values |= {key: value for key, value in more.items() if value not in ("", None)}
    if code != COUNTRY or name == "sites":
        values["code"] = code
    endpoint = f"coverage.{name}_file" if form else f"coverage.{name}"
    if form:
        values["form"] = form
    return url_for(endpoint, **values)
