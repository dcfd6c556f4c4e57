"""The first and the last sheet of every workbook: what it says in short, and how that was counted.

The first opens with the sentence of the page and how exact it is, names the permanent link and the
state of the data, and ends with the key figures; the last is the box "Metoda i dane".
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from flask_babel import gettext

from places.coverage.figures import Figures
from places.coverage.kept import About
from places.coverage.survey import Method
from places.coverage.terms import GROUPS, HEADLINE
from places.coverage.told import Report
from places.exchange.sheets import (
    DECIMAL,
    LONGEST_CELL,
    PERCENT,
    TEXT,
    WHOLE,
    Cell,
    Column,
    Link,
    Sheet,
    Shown,
)
from places.teryt import COUNTRY
from places.web.coverage import ordering
from places.web.coverage.report_sheets import ends, of_residents
from places.web.words import coverage as said
from places.web.words import coverage_method as method_said
from places.web.words import coverage_names as names
from places.web.words import coverage_sheets as sheets_said
from places.web.words.coverage_sheets import capital
from places.web.words.dates import date_words
from places.web.words.quantities import number
from places.web.words.typography import tied

Row = Sequence[Cell]


class Figure(NamedTuple):
    """A key figure: what it is, how it is shown, from what to what."""

    what: str
    form: str
    pair: Sequence[float | None]


def summary(title: str, said_first: Sequence[str], facts: Sequence[Row],
            figures: Sequence[Figure]) -> Sheet:  # fmt: skip
    """The first sheet.  A fact is a label and what it is."""
    rows: list[Row] = [[tied(one)] for one in said_first if one]
    rows += [[], *(row for row in facts if row[-1]), []]
    head = len(rows)
    rows.append([gettext("Liczby"), gettext("od"), gettext("do")])
    rows += [[one.what, *(Shown(end, one.form) for end in one.pair)] for one in figures]
    columns = [Column(title, 78, TEXT, wraps=True), Column("", 16), Column("", 16)]
    name = sheets_said.sheet_name("summary")
    return Sheet(name, columns, rows, [sheets_said.note("empty")], [head], filtered=False)


def method(rows: Iterable[Row]) -> Sheet:
    """The last sheet."""
    columns = [
        Column(gettext("Część"), 14, TEXT),
        Column(gettext("Co"), 34, TEXT, wraps=True),
        Column(gettext("Treść"), 90, TEXT, wraps=True),
        Column(gettext("Czyj"), 26, TEXT, wraps=True),
        Column(gettext("Licencja"), 20, TEXT, wraps=True),
        Column(gettext("Z\u00a0kiedy"), 14, TEXT),
        Column(gettext("Wczytano"), 14, TEXT),
    ]
    return Sheet(sheets_said.sheet_name("method"), columns, list(rows))


def assumptions() -> list[Row]:
    """What was assumed, as rows of the last sheet."""
    part = gettext("Założenia")
    found: list[Row] = [[part, what, tied(how)] for what, how in method_said.assumptions()]
    found += [[part, gettext("Tempo"), tied(one)] for one in method_said.paces()]
    return found


def when(week: str, stamp: str) -> list[Row]:
    """The facts about the state that was counted."""
    return [
        [gettext("Godziny z\u00a0tygodnia od"), date_words(week)],
        [gettext("Stan danych"), stamp],
    ]


def link(address: str) -> Cell:
    """An address as a cell; of one that is longer than a cell, that."""
    if len(address) <= LONGEST_CELL:
        return Link(address)
    return gettext("dłuższy niż komórka arkusza, stoi na stronie tej odpowiedzi")


def chosen(filters: Iterable[tuple[str, str]]) -> Row:
    """The fact that only some places count; empty where all do."""
    found = [
        f"„{value}”" if name == "q" else method_said.filter_said(name, value)
        for name, value in filters
    ]
    return [gettext("Liczymy tylko wybrane miejsca"), tied("; ".join(found))]


def summary_of(report: Report, address: str) -> Sheet:
    """The first sheet of a report; `address` is its permanent one."""
    one, method_ = report.figures, report.method
    title = names.full_name(one.level, one.name)
    return summary(
        gettext("Pokrycie: %(title)s", title=title),
        [
            said.headline(one),
            said.ages_unknown(one),
            *method_said.precision(one, method_),
            method_said.only_some(one, report.children),
            f"{gettext('Cytuj:')} {method_said.citation(title, method_, address)}",
        ],
        [
            [gettext("Rodzaj obszaru"), sheets_said.area_kind(one)],
            [gettext("Kod TERYT"), "" if one.code == COUNTRY else one.code],
            [gettext("Leży w"), " › ".join(_above(report))],
            chosen(method_.filters),
            *when(method_.week, method_.stamp),
            [gettext("Stały link"), link(address)],
        ],
        _figures(one),
    )


def method_of(report: Report) -> Sheet:
    """The last sheet of a report."""
    one, method_ = report.figures, report.method
    counted = gettext("Co się liczy")
    rows = assumptions()
    rows += [[counted, many, tied(what)] for many, what in method_said.counted(method_.places)]
    if one.hidden:
        hidden = gettext(
            "Tyle kratek w\u00a0tym obszarze ma liczbę mieszkańców objętą tajemnicą statystyczną:"
            " nie ma ich w\u00a0sumach."
        )
        rows.append([counted, number(one.hidden), hidden])
    return method([*rows, *_data(method_)])


def _figures(one: Figures) -> list[Figure]:
    minutes = sheets_said.minutes_form()
    people = {group: of_residents(one, both(one.people[group])) for group in GROUPS}
    found = [
        Figure(gettext("Miejsca, które liczymy"), WHOLE, ends(one.places)),
        *(Figure(_residents(group), WHOLE, pair) for group, pair in people.items()),
        Figure(gettext("Miejsca na 10\u00a0000 mieszkańców"), DECIMAL,
               of_residents(one, one.per_10k)),
        *(Figure(_within(group), PERCENT, of_residents(one, said.headline_share(one, group)))
          for group in GROUPS),
        Figure(gettext("Minuty do najbliższego, połowa mieszkańców (mediana)"), minutes,
               of_residents(one, one.median)),
        Figure(gettext("Minuty do najbliższego, średnio"), minutes,
               of_residents(one, one.nearest)),
        Figure(gettext("Minuty do trzech najbliższych, średnio"), minutes,
               of_residents(one, one.nearest_three)),
        Figure(gettext("Osoby, które mają dalej niż %(minutes)s\u00a0minut", minutes=HEADLINE),
               WHOLE, of_residents(one, one.left_out)),
    ]  # fmt: skip
    if said.rank(one.rank, one.of):
        among = gettext("Miejsce %(among)s (na %(of)s)", among=names.among(one.kind), of=one.of)
        found.append(Figure(among, WHOLE, one.rank))
    return found


def _above(report: Report) -> list[str]:
    return [names.full_name(level, name) for _, name, level in ordering.above(report)]


def both(value: float | None) -> tuple[float, float] | None:
    """A number that is known exactly, as a range."""
    return None if value is None else (value, value)


def _residents(group: str) -> str:
    if group == "total":
        return gettext("Mieszkańcy w\u00a0danych, z\u00a0których liczymy")
    return gettext("Mieszkańcy: %(whom)s", whom=said.group(group))


def _within(group: str) -> str:
    return gettext(
        "%(whom)s z\u00a0miejscem otwartym w\u00a0zasięgu %(minutes)s\u00a0minut",
        whom=capital(said.group(group)),
        minutes=HEADLINE,
    )


def _data(method_: Method) -> list[Row]:
    part, found = gettext("Dane"), []
    for what, sets in (
        (gettext("Mieszkańcy"), (method_.residents,)),
        (gettext("Granice"), method_.areas),
        (gettext("Ulice"), method_.streets),
    ):
        found += [_set(part, what, one) for one in sets]
        if not sets:
            found.append([part, what, gettext("nie wczytano")])
    changed = method_.changed and gettext("zmiany do %(day)s", day=date_words(method_.changed))
    found.append(
        [part, gettext("Miejsca: katalog Miejsca Otwarte"),
         gettext("źródło stoi przy każdym miejscu"), None, None, changed]
    )  # fmt: skip
    return found


def _set(part: str, what: str, one: About) -> Row:
    source = one.source if one.source != one.title else ""
    licence = one.licence or gettext("nie podano")
    return [part, f"{what}: {one.title}", source, one.owner, licence, one.date, one.retrieved]
