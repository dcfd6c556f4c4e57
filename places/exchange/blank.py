"""An empty table for people to fill: our columns, and what belongs in each.

The second row tells that and is no place: readers pass over a row whose `id` begins with #, so the
table is taken in as it is.  In a spreadsheet its cells are text, or a code loses its first zero.
"""

import csv
import io
from collections.abc import Mapping, Sequence

from places.exchange import sheets, tables
from places.exchange.files import Form

REMARK = "# opis"
COLUMNS: Sequence[str] = (
    "id", "name", "other_names", "type", "networks", "summary", "operator.name",
    "address.city", "address.gmina", "address.teryt", "address.voivodeship", "address.street",
    "address.postcode", "address.district", "address.neighbourhood",
    "lat", "lon", "position.precision", "position.uncertainty_m", "door", "journey",
    "contact.phone", "contact.email", "contact.website", "hours.open", "hours.open_note",
    "rules.free", "rules.cost_note", "rules.walk_in", "rules.booking_note",
    "rules.residents_only", "rules.own_meeting", "rules.own_meeting_note",
    "capacity_people", "area_m2", "facilities", "activities", "audience",
    "accessibility.wheelchair", "accessibility.level_entrance", "accessibility.lift",
    "accessibility.toilet", "accessibility.toilets_wheelchair", "accessibility.note",
    "valid_from", "valid_to", "sources",
)  # fmt: skip
"""Those of the record that people fill."""
_WIDTH = 24


def write(form: Form, told: Mapping[str, str], values: Mapping[str, Sequence[str]]) -> bytes:
    """The empty table as a file; `told` describes the columns, `values` names the allowed ones."""
    head = list(COLUMNS)
    remark = [REMARK, *(told.get(name, "") for name in head[1:])]
    if form == "csv":
        text = io.StringIO()
        lines = csv.writer(text, lineterminator="\r\n")
        lines.writerows([head, [tables.protected(one) for one in remark]])
        return text.getvalue().encode("utf-8-sig")
    return _book(head, remark, values)


def _book(head: list[str], remark: list[str], values: Mapping[str, Sequence[str]]) -> bytes:
    import openpyxl
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    sheet, about = book["Sheet"], book.create_sheet("Opis")
    sheet.title = "Miejsca"
    for row in (head, remark):
        sheet.append(row)
    for number in range(1, len(head) + 1):
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width, column.number_format = _WIDTH, "@"
        sheet.cell(1, number).font = Font(bold=True)
        sheet.cell(2, number).font = Font(italic=True)
        sheet.cell(2, number).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C3"
    about.append(["kolumna", "co wpisać", "możliwe wartości"])
    for name, said in zip(head[1:], remark[1:], strict=True):
        about.append([name, said, "; ".join(values.get(name, ()))])
    for letter, width in (("A", 32), ("B", 60), ("C", 90)):
        about.column_dimensions[letter].width = width
    for cell in about[1]:
        cell.font = Font(bold=True)
    return sheets.saved(book)
