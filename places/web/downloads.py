"""Figures as files: JSON, CSV and XLSX that may be kept, and are asked about by their ETag."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, json, request

from places.exchange import tables

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def document(content: Any, mimetype: str = "application/json") -> Response:
    """JSON, or GeoJSON."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=False)
    return fresh(Response(text, mimetype=mimetype))


def table(name: str, rows: Sequence[Mapping[str, Any]]) -> Response:
    """CSV: UTF-8 with a mark; a spreadsheet must not take a name for a formula."""
    file = io.StringIO(newline="")
    lines = csv.writer(file, lineterminator="\n")
    lines.writerow(rows[0] if rows else [])
    for row in rows:
        lines.writerow(
            tables.protected(cell) if isinstance(cell, str) else cell for cell in row.values()
        )
    response = Response("\ufeff" + file.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return fresh(response)


def workbook(name: str, content: bytes) -> Response:
    """XLSX, to be kept."""
    response = Response(content, mimetype=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return fresh(response)


def fresh(response: Response) -> Response:
    """An answer that may be kept and must be asked about."""
    response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(request)
    return response
