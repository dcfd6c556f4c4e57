"""The report of an area as a workbook: the page's sentences and tables, with numbers to count with.

Numbers are those of the JSON of the same link.  What is unknown is an empty cell; so is everything
about residents where the data knows nobody.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext

from places.coverage.figures import Figures, Pair
from places.coverage.gaps import Gap
from places.coverage.terms import GROUPS, MINUTES
from places.coverage.told import Report, tidy
from places.exchange.sheets import DECIMAL, DEGREES, PERCENT, TEXT, WHOLE, Cell, Column, Sheet
from places.web.coverage import ordering
from places.web.words import coverage as said
from places.web.words import coverage_method as method_said
from places.web.words import coverage_names as names
from places.web.words import coverage_sheets as sheets_said
from places.web.words.coverage_sheets import capital

UNKNOWN: tuple[Cell, Cell] = (None, None)


def tables(report: Report) -> list[Sheet]:
    """All that a report counts, a table a sheet; none of what it does not have."""
    one = report.figures
    found = [_reach(one), _minutes(one), _times(one)] if one.people["total"] else []
    if lines := ordering.peers(one):
        found.append(_peers(one, lines))
    if report.children:
        found.append(_children(ordering.in_order(report.children)))
    if report.gaps:
        found.append(_gaps(report.gaps))
    return found


def ends(pair: Pair | None) -> Sequence[Any]:
    """The two cells of a range, as they are told to programs."""
    return UNKNOWN if pair is None else tidy(pair)


def of_residents(one: Figures, pair: Pair | None) -> Sequence[Any]:
    """The same of what only means something where residents are known."""
    return ends(pair if one.people["total"] else None)


def columns_of(what: str, form: str = WHOLE, width: int = 13) -> list[Column]:
    """The two columns of a range."""
    return [Column(heading, width, form) for heading in sheets_said.ends(what)]


def _reach(one: Figures) -> Sheet:
    columns = [
        Column(gettext("Tempo"), 26, TEXT),
        Column(gettext("Osoby"), 24, TEXT),
        Column(gettext("Minuty"), 9),
        *columns_of(gettext("Udział"), PERCENT),
        *columns_of(gettext("Liczba osób")),
    ]
    rows = [
        [capital(said.walker(walker)), said.group(group), int(minutes), *ends(pair),
         *ends(_heads(pair, one.people[group]))]
        for walker, by_minutes in one.shares.items()
        for group in GROUPS
        for minutes, pair in ((most, by_minutes[str(most)][group]) for most in MINUTES)
    ]  # fmt: skip
    notes = [method_said.whose_pace(), sheets_said.note("ranges"), sheets_said.note("empty")]
    return Sheet(sheets_said.sheet_name("reach"), columns, rows, notes)


def _heads(pair: Pair | None, people: float | None) -> Pair | None:
    """How many people a share is, in whole people."""
    if pair is None or people is None:
        return None
    return round(pair[0] * people), round(pair[1] * people)


def _minutes(one: Figures) -> Sheet:
    people = one.people["total"] or 1.0
    columns = [
        Column(gettext("Droga"), 18, TEXT),
        *columns_of(gettext("Udział mieszkańców"), PERCENT, 16),
        *columns_of(gettext("Osoby")),
    ]
    rows = [
        [said.band(place), *ends((low / people, high / people)), *ends((low, high))]
        for place, (low, high) in enumerate(one.bands)
    ]
    return Sheet(sheets_said.sheet_name("minutes"), columns, rows, [sheets_said.note("minutes")])


def _times(one: Figures) -> Sheet:
    columns = [Column(gettext("Pora"), 38, TEXT)]
    for group in GROUPS:
        columns += columns_of(capital(said.group(group)), PERCENT, 15)
    at_any_time = {group: said.headline_share(one, group) for group in GROUPS}
    rows = [
        [capital(said.time(time)), *(cell for group in GROUPS for cell in ends(by_group[group]))]
        for time, by_group in (("", at_any_time), *one.times.items())
    ]
    notes = [sheets_said.note("times"), sheets_said.note("empty")]
    return Sheet(sheets_said.sheet_name("times"), columns, rows, notes)


def _peers(one: Figures, lines: Sequence[ordering.Line]) -> Sheet:
    columns = [
        Column(gettext("Obszar"), 30, TEXT),
        Column(gettext("Kod TERYT"), 12, TEXT),
        Column(gettext("Mieszkańcy")),
        *columns_of(sheets_said.within(), PERCENT),
        *columns_of(gettext("Miejsca na 10\u00a0000"), DECIMAL),
    ]
    rows = [
        [
            line.name,
            line.code,
            tidy(line.people) or None,
            *(ends(line.share) if line.people else UNKNOWN),
            *(ends(line.per_10k) if line.people else UNKNOWN),
        ]
        for line in lines
    ]
    here = [number for number, line in enumerate(lines) if line.is_here]
    rank = said.rank(one.rank, one.of)
    notes = [f"{capital(rank)} {names.among(one.kind)}."] if rank else []
    return Sheet(sheets_said.sheet_name("peers"), columns, rows, notes, here)


def _children(children: Iterable[Figures]) -> Sheet:
    columns = [
        Column(gettext("Obszar"), 30, TEXT),
        Column(gettext("Kod TERYT"), 12, TEXT),
        Column(gettext("Rodzaj"), 24, TEXT),
        Column(gettext("Mieszkańcy")),
        *columns_of(sheets_said.within(), PERCENT),
        *columns_of(gettext("Dzieci"), PERCENT),
        *columns_of(gettext("65+"), PERCENT),
        *columns_of(gettext("Za daleko mają")),
        *columns_of(gettext("Miejsca na 10\u00a0000"), DECIMAL),
        *columns_of(gettext("Miejsca")),
    ]
    rows = [_child(one) for one in children]
    notes = [sheets_said.note("empty")]
    return Sheet(sheets_said.sheet_name("children"), columns, rows, notes, held=1)


def _child(one: Figures) -> list[Cell]:
    shares = [said.headline_share(one, group) for group in GROUPS]
    return [
        one.name, one.code, sheets_said.area_kind(one), tidy(one.people["total"]) or None,
        *(cell for pair in shares for cell in of_residents(one, pair)),
        *of_residents(one, one.left_out), *of_residents(one, one.per_10k), *one.places,
    ]  # fmt: skip


def _gaps(gaps: Sequence[Gap]) -> Sheet:
    columns = [
        Column(gettext("Nr"), 6),
        Column(gettext("Gdzie"), 34, TEXT),
        *columns_of(gettext("Mieszkańcy")),
        *columns_of(gettext("Dzieci")),
        *columns_of(gettext("65+")),
        Column(gettext("Szerokość"), 12, DEGREES),
        Column(gettext("Długość"), 12, DEGREES),
        Column(gettext("Kod obszaru"), 16, TEXT),
    ]
    rows = [
        [number, said.gap_name(gap), *ends(gap.people), *ends(gap.young), *ends(gap.old),
         tidy(gap.lat), tidy(gap.lon), gap.code]
        for number, gap in enumerate(gaps, 1)
    ]  # fmt: skip
    notes = [sheets_said.note("gaps"), sheets_said.note("empty")]
    return Sheet(sheets_said.sheet_name("gaps"), columns, rows, notes)
