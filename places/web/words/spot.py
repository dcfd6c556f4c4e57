"""Where a place is, and how exactly we know it.  The metres come from the record's own method."""

from typing import NamedTuple
from urllib.parse import quote, urlsplit

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places import geocoders
from places.place import Place
from places.web.words.quantities import distance

_SENTENCES = {
    "address": _("Punkt na mapie to ten adres, z\u00a0dokładnością do około %(metres)s."),
    "street": _("Punkt na mapie leży przy tej ulicy; drzwi mogą być nawet %(metres)s dalej."),
    "neighbourhood": _(
        "Punkt na mapie to środek osiedla; samo miejsce może być nawet %(metres)s dalej."
    ),
    "district": _(
        "Punkt na mapie to środek dzielnicy; samo miejsce może być nawet %(metres)s dalej."
    ),
    "locality": _(
        "Punkt na mapie to środek miejscowości; samo miejsce może być nawet %(metres)s dalej."
    ),
    "gmina": _("Punkt na mapie to środek gminy; samo miejsce może być nawet %(metres)s dalej."),
}

_BADGES = {
    "address": "",
    "street": "",
    "neighbourhood": _("położenie przybliżone: osiedle"),
    "district": _("położenie przybliżone: dzielnica"),
    "locality": _("położenie przybliżone: miejscowość"),
    "gmina": _("położenie przybliżone: gmina"),
}

_OFF_MAP = _(
    "Położenie znamy tylko z\u00a0dokładnością do %(metres)s, dlatego nie zaznaczamy go na mapie."
)


def position(place: Place) -> str:
    """How exactly we know where the place is, in a sentence."""
    said = _SENTENCES[place.position.precision] if place.on_map else _OFF_MAP
    return str(said) % {"metres": distance(place.position.uncertainty_m)}


def position_advice(place: Place) -> str:
    """What to go by when the point is not the door; empty when it is."""
    if place.position.precision == "address":
        return ""
    if place.address.street:
        return gettext("W\u00a0drodze kieruj się adresem, nie punktem.")
    return gettext("Dokładnego adresu jeszcze nie znamy.")


def badge_of_position(place: Place) -> str:
    """The same in three words, for a card; empty for a pin."""
    return str(_BADGES[place.position.precision])


def credit(source: str) -> str:
    """Whose knowledge of an address this is, as its terms ask us to say; empty for our own."""
    if not source:
        return ""
    return gettext("Położenie adresu: %(whose)s.", whose=geocoders.CREDITS[source])


class Directions(NamedTuple):
    """Where to look for the way; nothing is asked of these before somebody follows the link."""

    app: str
    """A geo: address (RFC 5870), for the phone's own maps; empty when we know too little."""
    web: str
    """A page of OpenStreetMap."""
    exact: bool
    """Whether they lead to the point; otherwise they look for the address."""


def directions(place: Place) -> Directions:
    """How to get there: to the point when it is near the door, else by the address."""
    lat, lon = place.point
    # A street may be a kilometre long: its middle is no place to send anybody to.
    if place.position.precision == "address":
        point = f"{lat:.6f},{lon:.6f}"
        web = f"https://www.openstreetmap.org/directions?to={quote(point)}"
        return Directions(f"geo:{point}?q={quote(point)}({quote(place.name)})", web, exact=True)
    address = ", ".join(part for part in (place.address.street, place.address.city) if part)
    app = f"geo:0,0?q={quote(address)}" if place.address.street else ""
    return Directions(app, f"https://www.openstreetmap.org/search?query={quote(address)}", False)


def bare_url(url: str) -> str:
    """An address of a page as people write it: "msk.lodz.pl/klub"."""
    parts = urlsplit(url)
    return parts.netloc.removeprefix("www.") + parts.path.rstrip("/")
