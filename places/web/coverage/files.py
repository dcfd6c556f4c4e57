"""The figures of a page as JSON, CSV and GeoJSON: the same report, the same bytes each time."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, json, request

from places.coverage import told
from places.coverage.asked import Question
from places.coverage.told import Outline, Report
from places.exchange import tables
from places.web.coverage import asking

FORMS = ("csv", "json", "geojson")


def of_report(report: Report, question: Question, form: str, outline: Outline) -> Response:
    """The report of an area in one of the forms."""
    code = report.figures.code
    whole = asking.permanent(question, report.method)
    link = asking.absolute(asking.address(code, whole))
    if form == "csv":
        return table(f"pokrycie-{code}.csv", told.as_rows(report))
    if form == "json":
        return document(told.as_json(report, link))
    return document(told.as_geojson(report, outline, link), "application/geo+json")


def document(content: Any, mimetype: str = "application/json") -> Response:
    """JSON of either kind."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=False)
    return _fresh(Response(text, mimetype=mimetype))


def table(name: str, rows: Sequence[Mapping[str, Any]]) -> Response:
    """UTF-8 with a mark; a spreadsheet must not take a name for a formula."""
    file = io.StringIO(newline="")
    lines = csv.writer(file, lineterminator="\n")
    lines.writerow(rows[0] if rows else [])
    for row in rows:
        lines.writerow(
            tables.protected(cell) if isinstance(cell, str) else cell for cell in row.values()
        )
    response = Response("\ufeff" + file.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return _fresh(response)


def _fresh(response: Response) -> Response:
    response.cache_control.no_cache = True  # May be kept, must be asked about: see the ETag.
    response.add_etag()
    response.make_conditional(request)
    return response
