"""How good the catalogue is, for everybody to see: figures, and the records to mend.

The same figures stand beside the page as JSON and as CSV.  Nothing is read but the index, and a
whole report is kept until the catalogue or the day changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask import Blueprint, Response, render_template, url_for

from places import care, freshness, mending, quality
from places.errors import Fault, Invalid, shortened
from places.quality import Figures, Report
from places.web import current, downloads, words

blueprint = Blueprint("quality", __name__)

_FIRST_CITIES, _FIRST_RECORDS = 20, 10
_CITIES_PER_PAGE, _PER_PAGE = 100, 50
_MOST_IN_A_FILE = 5_000


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a page is about."""

    report: Report
    chosen: Mapping[str, Figures]
    missing: str
    page: int

    def args(self, **changes: Any) -> dict[str, Any]:
        """The parameters that lead to the same, or with one changed."""
        given: dict[str, Any] = {name: one.key for name, one in self.chosen.items()}
        given |= {"missing": self.missing or None, "page": None}
        return {**given, **changes}


@blueprint.get("/jakosc")
def show() -> Response:
    """The figures of the country or of what it is narrowed down to."""
    asked = _asked()
    index, today, terms = current.index(), current.now().date(), current.terms()
    figures = quality.narrowed(index, asked.chosen, today, terms)
    return _page(
        "quality/show.html",
        asked,
        figures=figures,
        cities=_cities(asked)[:_FIRST_CITIES],
        all_cities=len(_cities(asked)),
        mend=mending.to_mend(index, asked.chosen, "", (today, terms), _FIRST_RECORDS),
        questions=care.QUESTIONS,
        lacks=care.LACKS,
        halls=care.OF_HALLS,
        groups=freshness.GROUPS,
        precisions=quality.PRECISIONS,
    )


@blueprint.get("/jakosc/miejscowosci")
def cities() -> Response:
    """All towns and villages, the ones with most places first."""
    asked = _asked(("voivodeship", "page"))
    found = _cities(asked)
    rows = found[_CITIES_PER_PAGE * (asked.page - 1) : _CITIES_PER_PAGE * asked.page]
    last = max(1, -(-len(found) // _CITIES_PER_PAGE))
    return _page("quality/cities.html", asked, cities=rows, total=len(found), last_page=last)


@blueprint.get("/jakosc/do-poprawy")
def mend() -> Response:
    """The records that lack something, the worst first."""
    asked = _asked(("voivodeship", "network", "city", "missing", "page"))
    found = _to_mend(asked, _PER_PAGE, _PER_PAGE * (asked.page - 1))
    last = max(1, -(-found.total // _PER_PAGE))
    return _page("quality/mend.html", asked, mend=found, last_page=last, everything=mending.MISSING)


@blueprint.get("/jakosc.json")
def figures_json() -> Response:
    """The whole report."""
    return downloads.document(
        {
            "day": current.now().date().isoformat(),
            "months": asdict(current.terms()),
            **asdict(_asked(()).report),
        }
    )


@blueprint.get("/jakosc.csv")
def figures_csv() -> Response:
    """The whole report, a row for each part of the country."""
    report = _asked(()).report
    parts = (report.country, *report.voivodeships, *report.networks, *report.cities)
    return downloads.table("jakosc.csv", [dict(_flat(asdict(one), "")) for one in parts])


@blueprint.get("/jakosc/do-poprawy.json")
def mend_json() -> Response:
    """The records to mend, up to some thousands."""
    found = _to_mend(_asked(("voivodeship", "network", "city", "missing")), _MOST_IN_A_FILE)
    records = [{**asdict(one), **_addresses(one)} for one in found.records]
    return downloads.document({"total": found.total, "records": records})


@blueprint.get("/jakosc/do-poprawy.csv")
def mend_csv() -> Response:
    """The same as a table."""
    found = _to_mend(_asked(("voivodeship", "network", "city", "missing")), _MOST_IN_A_FILE)
    rows = (
        {
            "id": one.id,
            "name": one.name,
            "city": one.city,
            "points": len(one.missing),
            "missing": ", ".join(map(words.lack, one.missing)),
            **_addresses(one),
        }
        for one in found.records
    )
    return downloads.table("do-poprawy.csv", list(rows))


def _asked(known: Sequence[str] = quality.NARROWING) -> _Asked:
    """What the parameters say.

    Raises Invalid with all their faults.
    """
    args = current.asked()
    report = quality.report(current.index(), current.now().date(), current.terms())
    limit = ", ".join(known)
    faults = [
        Fault(shortened(name), "unknown_parameter", "", limit) for name in args if name not in known
    ]
    found: list[Any] = []
    for read in (
        lambda: quality.read(report, args),
        lambda: mending.read(args),
        lambda: _number(args),
    ):
        try:
            found.append(read())
        except Invalid as error:
            faults += error.faults
    if faults:
        raise Invalid(faults)
    return _Asked(report, *found)


def _number(args: Mapping[str, Sequence[str]]) -> int:
    value = next((one for one in args.get("page", ()) if one), "1")
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:7]) <= 100_000):
        raise Invalid([Fault("page", "out_of_range", shortened(value), "1–100000")])
    return int(value)


def _cities(asked: _Asked) -> Sequence[Figures]:
    """The towns of the voivodeship that was asked for, or all."""
    region = asked.chosen.get("voivodeship")
    if region is None:
        return asked.report.cities
    # The context is "gm. Rudna, dolnośląskie" or the voivodeship alone.
    return [one for one in asked.report.cities if one.context.rpartition(", ")[2] == region.label]


def _to_mend(asked: _Asked, most: int, skip: int = 0) -> mending.Mend:
    age = (current.now().date(), current.terms())
    return mending.to_mend(current.index(), asked.chosen, asked.missing, age, most, skip)


def _addresses(one: mending.Record) -> dict[str, str]:
    named = {"slug": one.slug, "place_id": one.id}
    return {
        "url": url_for("public.place", _external=True, **named),
        "mend_url": url_for("submit.change", _external=True, **named),
    }


def _page(template: str, asked: _Asked, **more: Any) -> Response:
    page = render_template(template, asked=asked, report=asked.report, **more)
    return Response(page)


def _flat(record: Mapping[str, Any], prefix: str) -> Iterable[tuple[str, Any]]:
    for name, value in record.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value
