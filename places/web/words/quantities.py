"""Numbers as people say them: metres, people, places."""

from flask_babel import gettext, ngettext

from places.place import Place


def number(value: float) -> str:
    """A number with a decimal comma and thousands apart: "12 500", "361,7"."""
    whole = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
    return whole.replace(",", "\u00a0").replace(".", ",")


def distance(metres: float) -> str:
    """A distance no finer than it is known: "350 m", "1,2 km", "12 km"."""
    if metres < 995:
        return f"{max(10, round(metres, -1)):.0f}\u00a0m"
    kilometres = metres / 1000
    rounded = round(kilometres, 1) if kilometres < 9.95 else round(kilometres)
    return f"{number(rounded)}\u00a0km"


def distance_to(place: Place, metres: float) -> str:
    """How far a place is, no finer than its own point is known."""
    if place.position.precision == "address":
        return distance(metres)
    if metres > place.position.uncertainty_m:
        return gettext("ok.\u00a0%(far)s", far=distance(metres))
    # The point is nearer than it is exact: only the farthest the place may be is known.
    return gettext("do\u00a0%(far)s", far=distance(metres + place.position.uncertainty_m))


def square_metres(area: float) -> str:
    """A floor area: "120 m²"."""
    return f"{number(area)}\u00a0m²"


def people(count: int) -> str:
    """How many people: "80 osób"."""
    return str(ngettext("%(count)s\u00a0osoba", "%(count)s\u00a0osób", count, count=number(count)))


def place_count(count: int) -> str:
    """How many places: "312 miejsc"."""
    return ngettext("%(count)s\u00a0miejsce", "%(count)s\u00a0miejsc", count, count=number(count))


def towns_in(count: int) -> str:
    """In how many towns and villages: "w 165 miejscowościach"."""
    return ngettext(
        "w\u00a0%(count)s\u00a0miejscowości",
        "w\u00a0%(count)s\u00a0miejscowościach",
        count,
        count=number(count),
    )
