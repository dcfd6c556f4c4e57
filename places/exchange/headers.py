"""Whose column is which: the headers of other people's tables and our fields.

What the person says with `--map` wins, then our own dotted names, then the words below.  An address
cut in two (ULICA, NUMER) is joined in the order of the words.  What is not known is left
out and said; it is never guessed from the cells.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from places import text
from places.errors import Fault, Invalid
from places.exchange import tables
from places.exchange.tables import Cell

JOIN = "+"
"""Between their columns in `--map address.street=ULICA+NUMER`; `--map type=` takes none."""

# Our field, and headers that mean it, folded; several parts of one field are joined.
_KNOWN: Mapping[str, Sequence[Sequence[str]]] = {
    "id": [["identyfikator miejsca"]],
    "name": [["nazwa", "nazwa miejsca", "nazwa placowki", "nazwa instytucji", "name"]],
    "type": [["typ miejsca", "rodzaj miejsca"]],
    "networks": [["siec", "sieci", "network"]],
    "summary": [["opis"]],
    "operator.name": [["operator", "prowadzacy", "organ prowadzacy", "podmiot prowadzacy"]],
    "address.street": [
        ["adres", "ulica", "ul", "ulica i numer", "address", "street"],
        ["numer", "nr", "numer domu", "nr domu", "numer budynku", "nr budynku"],
    ],
    "address.postcode": [["kod", "kod pocztowy", "postcode"]],
    "address.city": [["miasto", "miejscowosc", "city"]],
    "address.district": [["dzielnica", "rada dzielnicy", "district"]],
    "address.neighbourhood": [["osiedle", "subdistrict"]],
    "address.gmina": [["gmina"]],
    "address.teryt": [["teryt", "kod teryt", "teryt6"]],
    "address.voivodeship": [["wojewodztwo", "voivodeship"]],
    "contact.phone": [["telefon", "tel", "nr telefonu", "numer telefonu", "phone"]],
    "contact.email": [["email", "e mail", "mail", "adres email", "adres e mail"]],
    "contact.website": [["www", "strona", "strona www", "strona internetowa", "website", "url"]],
    "hours.open_note": [["godziny", "godziny otwarcia"]],
    "facilities": [["wyposazenie", "facilities"]],
    "activities": [["zajecia", "dzialania", "activities"]],
    "capacity_people": [["liczba miejsc", "liczba osob"]],
    "area_m2": [["powierzchnia", "powierzchnia m2"]],
    "lat": [["lat", "latitude", "szerokosc", "szerokosc geograficzna", "szer"]],
    "lon": [["lon", "lng", "longitude", "dlugosc", "dlugosc geograficzna", "dlug"]],
    "sources": [["zrodlo", "zrodla"]],
}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file's columns are read."""

    parts: Mapping[str, Sequence[str]]
    """Our column, and theirs that make it."""
    unused: Sequence[str]
    """Their columns that we leave out."""

    def cells(self, theirs: Mapping[str, Cell]) -> dict[str, Cell]:
        """Their row under our names; an empty cell is left out."""
        found = {
            ours: _joined([theirs.get(one) for one in parts]) for ours, parts in self.parts.items()
        }
        return {ours: cell for ours, cell in found.items() if cell is not None}


def reading(headers: Iterable[str], maps: Mapping[str, str]) -> Reading:
    """How these headers are read, with `maps` from our names to theirs.

    Raises Invalid for a map from a field or to a column that does not exist.
    """
    headers = list(headers)
    parts = _mapped(headers, maps)
    # A number made of several columns ("nazwa+adres") leaves them to be read as what they are.
    taken = {
        theirs
        for ours, found in parts.items()
        if not (ours.startswith(tables.REFS) and len(found) > 1)
        for theirs in found
    }
    for header in headers:
        if header not in taken and (ours := _own(header)) and ours not in parts:
            parts[ours] = [header]
            taken.add(header)
    for ours, wanted in _KNOWN.items():
        if ours not in parts and (found := _recognised(headers, wanted, taken)):
            parts[ours] = found
            taken.update(found)
    return Reading(parts, [header for header in headers if header not in taken])


def _mapped(headers: Sequence[str], maps: Mapping[str, str]) -> dict[str, list[str]]:
    faults = [Fault(ours, "unknown_field") for ours in maps if tables.column(ours) is None]
    parts = {}
    for ours, theirs in maps.items():
        parts[ours] = [theirs] if theirs in headers else [one for one in theirs.split(JOIN) if one]
        missing = [one for one in parts[ours] if one not in headers]
        faults += [Fault(ours, "no_column", one, ", ".join(headers)) for one in missing]
    if faults:
        raise Invalid(faults)
    return parts


def _own(header: str) -> str | None:
    found = tables.column(header.strip()) or tables.column(header.strip().casefold())
    # "ID" is everybody's word for their own numbers.
    return found.name if found and (found.name != "id" or header.strip() == "id") else None


def _recognised(
    headers: Sequence[str], wanted: Sequence[Sequence[str]], taken: set[str]
) -> list[str]:
    """Their columns for one field; the first part must be there."""
    free = {
        " ".join(text.words(header)): header for header in reversed(headers) if header not in taken
    }
    found = [next((free[word] for word in part if word in free), None) for part in wanted]
    return [one for one in found if one is not None] if found[0] is not None else []


def _joined(cells: Sequence[Cell | None]) -> Cell | None:
    present = [cell for cell in cells if cell is not None and not tables.is_empty(cell)]
    if len(present) < 2:
        return present[0] if present else None
    return " ".join(str(cell).strip() for cell in present)
