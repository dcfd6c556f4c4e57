"""Next sites, and what a change does, as a workbook: the page's sentences and tables.

Numbers are those of the JSON of the same link; what is unknown is an empty cell.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask_babel import gettext

from places.exchange.sheets import DEGREES, PERCENT, TEXT, WHOLE, Column, Link, Sheet
from places.web.coverage import about_sheets
from places.web.coverage.about_sheets import Figure, Row
from places.web.coverage.report_sheets import UNKNOWN, columns_of
from places.web.words import coverage as said
from places.web.words import coverage_effects as effects_said
from places.web.words import coverage_plans as plans_said
from places.web.words import coverage_sheets as sheets_said
from places.web.words.coverage_sheets import capital

Answer = Mapping[str, Any]


class Plan(NamedTuple):
    """What an answer is about."""

    title: str
    """The area's name as a heading."""
    link: str
    """The permanent address of the answer."""
    report: str
    """That of the report of the same area, state and week."""
    week: str
    stamp: str
    filters: Sequence[tuple[str, str]]
    """Which places count, as parameters."""


def of_plan(plan: Plan, answer: Answer) -> list[Sheet]:
    """The whole workbook."""
    tables = _of_sites(plan, answer) if "sites" in answer else _of_change(plan, answer)
    return [*tables, _method(plan)]


def _of_sites(plan: Plan, answer: Answer) -> list[Sheet]:
    group = answer["group"]
    sentences = [
        plans_said.found(answer),
        plans_said.explained(answer),
        *plans_said.notes(answer),
        *plans_said.proof(answer),
        *plans_said.left_out(answer),
    ]
    facts = [
        [gettext("Kogo objąć"), said.group(group)],
        [gettext("W\u00a0zasięgu ilu minut"), answer["minutes"]],
        [gettext("Gdzie szukać"), plans_said.candidates(answer["candidates"])],
    ]
    after = answer["sites"][-1:]
    figures = [
        Figure(gettext("Osoby, o\u00a0które pytasz"), WHOLE, _both(answer["people"])),
        Figure(gettext("Za daleko mają dziś"), WHOLE, answer["left_out"]),
        Figure(gettext("Tylu najwyżej mogą objąć sprawdzone miejsca"), WHOLE,
               _both(answer["reachable"])),
        Figure(gettext("Udział w\u00a0zasięgu dziś"), PERCENT, answer["before"]),
        *(Figure(gettext("%(gains)s razem", gains=plans_said.gains(group)), WHOLE,
                 _ends(one, "cumulative")) for one in after),
        *(Figure(gettext("Pewny udział w\u00a0zasięgu po otwarciu wszystkich"), PERCENT,
                 _both(one["share"])) for one in after),
    ]  # fmt: skip
    first = _summary(plan, sentences, facts, figures)
    return [first, _sites(answer)] if after else [first]


def _sites(answer: Answer) -> Sheet:
    with_ages = plans_said.has_ages(answer)
    ages = [
        *columns_of(gettext("w\u00a0tym dzieci")),
        *columns_of(gettext("w\u00a0tym 65+")),
    ]
    columns = [
        Column(gettext("Nr"), 6),
        Column(gettext("Gdzie"), 34, TEXT),
        Column(gettext("Okolica"), 26, TEXT),
        *columns_of(plans_said.gains(answer["group"])),
        *(ages if with_ages else ()),
        *columns_of(gettext("Razem")),
        Column(gettext("Pewny udział w\u00a0zasięgu"), 24, PERCENT),
        Column(gettext("Szerokość"), 12, DEGREES),
        Column(gettext("Długość"), 12, DEGREES),
    ]
    names = ("gained", *(("young", "old") if with_ages else ()), "cumulative")
    rows = [
        [number, one["name"] or one["near"] or gettext("bez nazwy"), one["near"],
         *(end for name in names for end in _ends(one, name)),
         one["share"], one["lat"], one["lon"]]
        for number, one in enumerate(answer["sites"], 1)
    ]  # fmt: skip
    notes = [*plans_said.notes(answer), sheets_said.note("empty")]
    return Sheet(sheets_said.sheet_name("sites"), columns, rows, notes)


def _ends(site: Mapping[str, Any], name: str) -> Sequence[Any]:
    return plans_said.ends(site, name) or UNKNOWN


def _of_change(plan: Plan, answer: Answer) -> list[Sheet]:
    is_new = answer["change"] == "open"
    facts: list[Row] = [
        [gettext("Miejsce"), answer["name"]],
        [gettext("Co się stanie") if is_new else gettext("Co się z\u00a0nim stanie"),
         plans_said.change(answer["change"])],
        [gettext("Gdzie") if is_new else gettext("Dokąd"), answer["to"]],
        [gettext("Pora"), said.time(_when(answer))],
    ]  # fmt: skip
    [row] = [
        one
        for one in plans_said.rows(answer)
        if (one["time"], one["group"]) == (_when(answer), "total")
    ]
    figures = [
        Figure(gettext("Udział mieszkańców w\u00a0zasięgu przed zmianą"), PERCENT,
               _pair(row, "before")),
        Figure(gettext("Udział mieszkańców w\u00a0zasięgu po zmianie"), PERCENT,
               _pair(row, "after")),
        *(one for side in effects_said.sides(answer) for one in _moved(answer, row, side)),
    ]  # fmt: skip
    sentences = [
        plans_said.effect(answer), effects_said.pace(answer), *effects_said.notes(answer)
    ]  # fmt: skip
    found = [_summary(plan, sentences, facts, figures), _changes(answer)]
    return [*found, _where(answer)] if answer["where"] else found


def _moved(answer: Answer, row: Mapping[str, Any], side: str) -> list[Figure]:
    """How many lose or gain, and how many of them are young and old, where that is known."""
    what = effects_said.side(side)
    whom = {"young": gettext("w\u00a0tym dzieci"), "old": gettext("w\u00a0tym 65+")}
    told = answer.get("among", {}).get(side, {})
    found = [Figure(f"{what}, {whom[one]}", WHOLE, told[one]) for one in whom if told.get(one)]
    return [Figure(what, WHOLE, _pair(row, side)), *found]


def _changes(answer: Answer) -> Sheet:
    sides = effects_said.sides(answer)
    columns = [
        Column(gettext("Pora"), 38, TEXT),
        Column(gettext("Osoby"), 24, TEXT),
        *columns_of(gettext("Udział przed zmianą"), PERCENT, 15),
        *columns_of(gettext("Udział po zmianie"), PERCENT, 15),
        *(column for side in sides for column in columns_of(effects_said.side(side))),
    ]
    rows = [
        [capital(said.time(row["time"])), said.group(row["group"]),
         *(cell for name in ("before", "after", *sides) for cell in _pair(row, name))]
        for row in plans_said.rows(answer)
    ]  # fmt: skip
    notes = [effects_said.pace(answer), sheets_said.note("ranges"), sheets_said.note("empty")]
    return Sheet(sheets_said.sheet_name("changes"), columns, rows, notes)


def _where(answer: Answer) -> Sheet:
    sides = effects_said.sides(answer)
    columns = [
        Column(gettext("Gdzie"), 34, TEXT),
        *(column for side in sides for column in columns_of(effects_said.side(side))),
    ]
    rows = [
        [effects_said.where_said(one), *(end for side in sides for end in one[side])]
        for one in answer["where"]
    ]
    return Sheet(sheets_said.sheet_name("where"), columns, rows)


def _summary(
    plan: Plan, sentences: Sequence[str], facts: Sequence[Row], figures: Sequence[Figure]
) -> Sheet:
    return about_sheets.summary(
        gettext("Nowe miejsca i\u00a0zmiany: %(title)s", title=plan.title),
        sentences,
        [
            *facts,
            about_sheets.chosen(plan.filters),
            *about_sheets.when(plan.week, plan.stamp),
            [gettext("Stały link do tej odpowiedzi"), about_sheets.link(plan.link)],
        ],
        figures,
    )


def _method(plan: Plan) -> Sheet:
    part = gettext("Dane")
    source = gettext("Zbiory danych, ich właściciele i\u00a0licencje: w\u00a0raporcie obszaru")
    return about_sheets.method([*about_sheets.assumptions(), [part, source, Link(plan.report)]])


def _when(answer: Answer) -> str:
    """The time of the week that the change is about."""
    return "saturday" if answer["change"] == "saturday" else "any"


def _both(value: float) -> Sequence[float]:
    return value, value


def _pair(row: Mapping[str, Any], name: str) -> Sequence[float | None]:
    return row[f"{name}.low"], row[f"{name}.high"]
