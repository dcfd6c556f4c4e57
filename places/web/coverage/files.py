"""The figures of a page as JSON, CSV and GeoJSON: the same report, the same bytes each time."""

from flask import Response

from places.coverage import told
from places.coverage.asked import Question
from places.coverage.outlines import Outline
from places.coverage.told import Report
from places.web import downloads
from places.web.coverage import asking

FORMS = ("csv", "json", "geojson")


def of_report(report: Report, question: Question, form: str, outline: Outline) -> Response:
    """The report of an area in one of the forms."""
    code = report.figures.code
    whole = asking.permanent(question, report.method)
    link = asking.absolute(asking.address(code, whole))
    if form == "csv":
        return downloads.table(f"pokrycie-{code}.csv", told.as_rows(report))
    if form == "json":
        return downloads.document(told.as_json(report, link))
    return downloads.document(told.as_geojson(report, outline, link), "application/geo+json")
