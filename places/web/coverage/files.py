"""The figures of a page as XLSX, JSON, CSV, GeoJSON: the same report, the same bytes each time."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from places.coverage import told
from places.coverage.asked import Question
from places.coverage.outlines import Outline
from places.coverage.told import Report
from places.exchange import sheets
from places.exchange.sheets import Sheet
from places.web import downloads
from places.web.coverage import about_sheets, asking, plan_sheets, report_sheets
from places.web.coverage.plan_sheets import Plan

FORMS = ("xlsx", "csv", "json", "geojson")


def of_report(report: Report, question: Question, form: str, outline: Outline) -> Response:
    """The report of an area in one of the forms."""
    code = report.figures.code
    whole = asking.permanent(question, report.method)
    link = asking.absolute(asking.address(code, whole))
    if form == "xlsx":
        return downloads.workbook(f"pokrycie-{code}.xlsx", sheets.book(_sheets(report, link)))
    if form == "csv":
        return downloads.table(f"pokrycie-{code}.csv", told.as_rows(report))
    if form == "json":
        return downloads.document(told.as_json(report, link))
    return downloads.document(told.as_geojson(report, outline, link), "application/geo+json")


def of_plan(
    about: tuple[str, str, str], whole: Question, answer: Mapping[str, Any], link: str
) -> Response:
    """Next sites, or what a change does, as a workbook.

    `about`: the area's code and heading, and "sites" or "whatif"; `whole` has the week and the
    stamp, `link` is the permanent address of the answer.
    """
    code, title, kind = about
    report = asking.absolute(asking.address(code, whole))
    week = whole.week.isoformat() if whole.week else ""
    plan = Plan(title, link, report, week, whole.stamp, whole.filters)
    content = sheets.book(plan_sheets.of_plan(plan, answer))
    return downloads.workbook(f"pokrycie-{code}-{kind}.xlsx", content)


def _sheets(report: Report, link: str) -> list[Sheet]:
    first, last = about_sheets.summary_of(report, link), about_sheets.method_of(report)
    return [first, *report_sheets.tables(report), last]
