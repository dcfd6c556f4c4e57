"""The value of a field as people read it: an answer, a list, a room, hours, a point.

A value is data from outside, of any shape: what does not look as the field should is said as it
stands.  Each line is plain text; whoever prints it escapes it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from babel import Locale
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from pydantic import BaseModel

from places import columns
from places.web.words.codes import audience, doubt, status, type_name
from places.web.words.dates import date_when, date_words
from places.web.words.quantities import distance, number, people, square_metres
from places.web.words.timetable import said
from places.web.words.typography import tied

_ANSWERS = {"yes": _("tak"), "limited": _("częściowo"), "no": _("nie")}
_VALUES = {
    "local": _("lokalność"),
    "flexible": _("elastyczność"),
    "cooperating": _("współpraca"),
    "open": _("otwartość"),
}
_PRECISIONS = {
    "address": _("adres"),
    "street": _("ulica"),
    "neighbourhood": _("środek osiedla"),
    "district": _("środek dzielnicy"),
    "locality": _("środek miejscowości"),
    "gmina": _("środek gminy"),
}
_METHODS = {
    "pointed_on_map": _("wskazany na mapie"),
    "device": _("położenie telefonu osoby, która zgłasza"),
    "own_point": _("podany w\u00a0źródle"),
    "gmina_point": _("środek gminy"),
    "geocoder_gugik": _("adres znaleziony w\u00a0usłudze GUGiK"),
    "geocoder_nominatim": _("adres znaleziony w\u00a0OpenStreetMap"),
    "settlement_point": _("środek miejscowości lub jej części"),
    "exact_number": _("ten numer domu"),
    "nearest_number": _("najbliższy numer domu"),
    "same_number_other_letter": _("ten numer domu z\u00a0inną literą"),
    "same_number_large_site": _("ten numer domu na dużym terenie"),
    "interpolated": _("między sąsiednimi numerami"),
    "polygon_point": _("środek budynku lub terenu"),
    "stop_name": _("przystanek o\u00a0tej nazwie"),
    "street_midpoint": _("środek ulicy"),
    "street_only": _("ulica"),
    "named_place": _("obiekt o\u00a0tej nazwie"),
}
"""How a point was found, by the words that our own forms and the catalogue use."""
_CHECKED_BY = {
    "owner": _("opiekun miejsca"),
    "moderator": _("moderator"),
    "source": _("według źródła"),
}
_DATE = re.compile(r"[12][0-9]{3}(-[01][0-9](-[0-3][0-9])?)?")


def lines(column: str, value: Any) -> tuple[str, ...]:
    """The value in lines, each a fact of its own; none where it is unknown."""
    if value is None or value == "" or value == [] or value == ():
        return ()
    if column in _LISTS and isinstance(value, list | tuple):
        say = _LISTS[column]
        return tuple(say(one) for one in value)
    if isinstance(value, list | tuple) and column not in ("point",):
        return tuple(map(_plain, value))
    return (_one(column, value),)


def answer(code: str) -> str:
    """A known answer: "częściowo"."""
    return str(_ANSWERS.get(code, code))


def precision(code: str) -> str:
    """What the point stands for: "środek osiedla"."""
    return str(_PRECISIONS.get(code, code))


def network_value(code: str) -> str:
    """What a network asks its members for: "otwartość"."""
    return str(_VALUES.get(code, code))


def point(lat: float, lon: float) -> str:
    """A point as people copy it into a map: "50.02170, 19.97050"."""
    return f"{lat:.5f}, {lon:.5f}"


def _one(column: str, value: Any) -> str:
    known = columns.column(column)
    if known is not None and known.kind == "answer":
        return answer(str(value))
    if column in _SINGLE:
        try:
            return _SINGLE[column](value)
        except (TypeError, ValueError):
            return _plain(value)
    if column.startswith("checked."):
        return _checked(value)
    if isinstance(value, str) and _DATE.fullmatch(value) and _is_date(column):
        return _date(value)
    return _plain(value)


def _is_date(column: str) -> bool:
    return column in ("valid_from", "valid_to", "added", "changed", "operator.contract_until")


def _date(value: str) -> str:
    try:
        return date_words(value)
    except (IndexError, ValueError):
        return value


def _plain(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return gettext("tak") if value else gettext("nie")
    if isinstance(value, int | float):
        return number(value)
    return tied(value) if isinstance(value, str) else str(value)


def _hours(value: Any) -> str:
    return said(str(value))


def _method(value: Any) -> str:
    return str(_METHODS.get(str(value), value))


def _checked(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(_CHECKED_BY.get(str(value), "")) or _date(str(value))
    by = str(_CHECKED_BY.get(str(value.get("by")), value.get("by") or ""))
    on = value.get("on")
    when = date_when(str(on)) if on and _DATE.fullmatch(str(on)) else str(on or "")
    return ", ".join(part for part in (when, by) if part)


def _language(code: Any) -> str:
    return str(Locale.parse("pl").languages.get(str(code), code))


def _mapping(value: Any) -> Mapping[str, Any] | None:
    if isinstance(value, BaseModel):
        return value.model_dump()
    return value if isinstance(value, Mapping) else None


def _room(value: Any) -> str:
    room = _mapping(value)
    if room is None:
        return _plain(value)
    area, count, equipment = room.get("area_m2"), room.get("people"), room.get("equipment")
    parts = [
        square_metres(area) if isinstance(area, int | float) else "",
        people(count) if isinstance(count, int) else "",
        *(map(str, equipment) if isinstance(equipment, list | tuple) else ()),
    ]
    return tied(_with_details(room.get("name"), parts))


def _source(value: Any) -> str:
    source = _mapping(value)
    if source is None:
        return _plain(value)
    when = source.get("date")
    parts = [
        str(source.get("url") or "") if source.get("name") else "",
        _date(str(when)) if when else "",
        str(source.get("licence") or ""),
    ]
    return _with_details(source.get("name") or source.get("url"), parts)


def _photo(value: Any) -> str:
    photo = _mapping(value)
    if photo is None:
        return _plain(value)
    parts = [str(photo.get(name) or "") for name in ("author", "licence")]
    return tied(_with_details(photo.get("alt"), parts))


def _with_details(name: Any, parts: Iterable[str]) -> str:
    details = ", ".join(part for part in parts if part)
    return f"{name}: {details}" if details else str(name or "")


def _point(value: Any) -> str:
    lat, lon = value
    return point(float(lat), float(lon))


def _days(value: Any) -> str:
    return (
        gettext("%(count)s\u00a0dni", count=number(value))
        if value != 1
        else gettext("1\u00a0dzień")
    )


def _years(value: Any) -> str:
    return (
        gettext("od %(count)s\u00a0lat", count=number(value)) if value != 1 else gettext("od roku")
    )


_LISTS: Mapping[str, Callable[[Any], str]] = {
    "rooms": _room,
    "sources": _source,
    "photos": _photo,
    "audience": lambda code: audience(str(code)),
    "doubts": lambda code: doubt(str(code)),
    "languages": _language,
    "values": lambda code: network_value(str(code)),
}
_SINGLE: Mapping[str, Callable[[Any], str]] = {
    "type": lambda code: type_name(str(code)),
    "status": lambda code: status(str(code)),
    "point": _point,
    "lat": lambda value: f"{float(value):.5f}",
    "lon": lambda value: f"{float(value):.5f}",
    "position.precision": lambda code: precision(str(code)),
    "position.uncertainty_m": lambda value: gettext("do\u00a0%(far)s", far=distance(float(value))),
    "position.method": _method,
    "hours.open": _hours,
    "hours.lending": _hours,
    "capacity_people": lambda value: people(int(value)),
    "area_m2": lambda value: square_metres(float(value)),
    "rules.booking_days_ahead": _days,
    "rules.children_alone_from": _years,
}
