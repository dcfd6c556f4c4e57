"""What is sought in vain, area by area, for everybody to see: figures, and the same as files.

Everybody sees numbers, areas and kinds.  The words stand only before those who are signed in:
three searches are all it takes to have any sentence counted, and a public page must not repeat it.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, json, render_template, request
from flask_babel import gettext

from places import area_sought, demand, teryt
from places.demand import Demand, Told
from places.errors import Fault, Invalid, Unavailable, shortened
from places.exchange import tables
from places.tallying import ENOUGH
from places.web import access, current, words

blueprint = Blueprint("demand", __name__)

QUARTER = 13
"""Weeks that are shown unless others are asked for."""
_CODE = re.compile(r"pl|[0-9]{2}|[0-9]{4}|[0-9]{6}(-[a-z0-9-]{1,80})?")
_NAMES = ("area", "weeks")


@dataclass(frozen=True, slots=True)
class Shown:
    """What was sought in vain, as a page shows it."""

    found: Demand
    names: Mapping[str, str]
    """What the areas are called."""
    wider: Sequence[str]
    """The areas that hold this one, the whole country first."""
    tells_words: bool
    """Whether whoever looks may read the words."""

    @property
    def texts(self) -> Sequence[Told]:
        """The words, where they may be read."""
        return self.found.texts if self.tells_words else ()


@blueprint.get("/pokrycie/zapytania")
def show() -> Response:
    """The figures of an area."""
    shown, weeks = _asked()
    page = render_template(
        "demand/show.html", shown=shown, weeks=weeks, enough=ENOUGH, most=_most()
    )
    return _answer(Response(page), shown)


@blueprint.get("/pokrycie/zapytania.json")
def figures_json() -> Response:
    """The same for programs."""
    shown, _ = _asked()
    text = json.dumps(as_json(shown), ensure_ascii=False)
    return _answer(Response(text, mimetype="application/json"), shown)


@blueprint.get("/pokrycie/zapytania.csv")
def figures_csv() -> Response:
    """The same as one table."""
    shown, _ = _asked()
    response = Response("\ufeff" + as_csv(shown), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="zapytania.csv"'
    return _answer(response, shown)


def section(area: str) -> Shown | None:
    """The last quarter of an area, for `demand/_section.html`; None where it cannot be read."""
    try:
        return shown_of(area, min(QUARTER, _most()), access.is_signed_in())
    except Unavailable:
        return None


def shown_of(area: str, weeks: int, tells_words: bool) -> Shown:
    """The last so many whole weeks of an area.

    Raises Unavailable.
    """
    last = demand.whole_weeks(current.now(), weeks)
    found = demand.report(current.instance(), area, last)
    wider = teryt.chain(area)[:0:-1]
    codes = [area, *wider, *(one.name for one in found.areas)]
    names = {**area_sought.names(current.index(), codes), teryt.COUNTRY: gettext("cała Polska")}
    return Shown(found, names, wider, tells_words)


def as_json(shown: Shown) -> dict[str, Any]:
    """All of it; a count of null is one to ENOUGH - 1."""
    found = shown.found
    return {
        "area": found.area,
        "name": shown.names[found.area],
        "enough": ENOUGH,
        "total": found.total,
        "weeks": [{"week": one.name, "count": one.count} for one in found.weeks],
        "areas": [
            {"code": one.name, "name": shown.names[one.name], "count": one.count}
            for one in found.areas
        ],
        "areas_with_fewer": found.fewer,
        "kinds": [
            {"kind": kind, "value": value, "count": one.count}
            for one in found.kinds
            for kind, _, value in [one.name.partition(":")]
        ],
        "texts": [{"text": one.name, "count": one.count} for one in found.texts]
        if shown.tells_words
        else None,
    }


def as_csv(shown: Shown) -> str:
    """A row for each number: what is counted, its code, its name, how many ("<3": fewer)."""
    file = io.StringIO(newline="")
    lines = csv.writer(file, lineterminator="\n")
    lines.writerow(["what", "code", "name", "count"])
    found = shown.found
    lines.writerow(["total", found.area, shown.names[found.area], _cell(found.total)])
    for what, several in (
        ("week", found.weeks), ("area", found.areas), ("kind", found.kinds), ("text", shown.texts),
    ):  # fmt: skip
        for one in several:
            name = shown.names.get(one.name, "") if what == "area" else ""
            name = kind_name(one.name) if what == "kind" else name
            lines.writerow([what, *map(tables.protected, (one.name, name)), _cell(one.count)])
    return file.getvalue()


def kind_name(code: str) -> str:
    """A kind as people call it: "dom kultury", "sieć mam", "dla dzieci"."""
    kind, _, value = code.partition(":")
    if kind == "type":
        return words.type_name(value)
    return words.audience(value) if kind == "audience" else gettext("sieć %(name)s", name=value)


def week_name(week: str) -> str:
    """Its days, by the first of them: "od 9 marca 2026"."""
    year, _, number = week.partition("-W")
    monday = date.fromisocalendar(int(year), int(number), 1)
    return gettext("od\u00a0%(day)s", day=words.date_when(monday.isoformat()))


def count_name(count: int | None) -> str:
    """The number, or that there are fewer than are told."""
    if count is None:
        return gettext("mniej niż\u00a0%(enough)s", enough=ENOUGH)
    return words.number(count)


def read(args: Mapping[str, Sequence[str]]) -> tuple[str, int]:
    """The area and for how many weeks.

    Raises Invalid with all the faults.
    """
    limit = ", ".join(_NAMES)
    faults = [
        Fault(shortened(name), "unknown_parameter", "", limit)
        for name in args
        if name not in _NAMES
    ]
    area, weeks = (next((one for one in args.get(name, ()) if one), "") for name in _NAMES)
    if area and not _CODE.fullmatch(area):
        faults.append(Fault("area", "not_a_teryt", shortened(area)))
    most = _most()
    is_number = weeks.isascii() and weeks.isdigit() and len(weeks) < 7 and 1 <= int(weeks) <= most
    if weeks and not is_number:
        faults.append(Fault("weeks", "out_of_range", shortened(weeks), f"1–{most}"))
    if faults:
        raise Invalid(faults)
    return area or teryt.COUNTRY, int(weeks or min(QUARTER, most))


@blueprint.app_context_processor
def _in_every_template() -> dict[str, Any]:
    return {"demand_section": section}


blueprint.add_app_template_filter(kind_name, "sought_kind")
blueprint.add_app_template_filter(week_name, "sought_week")
blueprint.add_app_template_filter(count_name, "sought_count")


def _asked() -> tuple[Shown, int]:
    area, weeks = read(current.asked())
    return shown_of(area, weeks, access.is_signed_in()), weeks


def _most() -> int:
    return int(current.setting("KEEP_DEMAND"))


def _cell(count: int | None) -> int | str:
    return f"<{ENOUGH}" if count is None else count


def _answer(response: Response, shown: Shown) -> Response:
    if shown.tells_words:
        response.cache_control.private = True
        response.cache_control.no_store = True
        return response
    response.cache_control.no_cache = True  # May be kept, must be asked about: see the ETag.
    response.add_etag()
    response.make_conditional(request)
    return response
