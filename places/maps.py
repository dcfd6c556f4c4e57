"""Every map, drawn by folium; the data of places never passes through folium.

folium and branca escape little, and branca compiles what it has rendered as a template a second
time: a name with `{{` would run on the server, one with `${` in the browser.  So folium is given
only our own settings, its script is the same for every visitor, and the data of a page travels as
JSON in one escaped attribute, read by static/map.js.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template
from markupsafe import Markup

from places.geo import POLAND, Box, Point
from places.place import Place
from places.vocabulary import TYPES

MIDDLE = Point(52.07, 19.48)  # of Poland
FARTHEST, NEAREST = 5, 19  # zooms
AROUND = 2.5  # degrees one may look beyond the border

_WAITING = (
    "Mapa jeszcze się nie wczytała; potrzebuje JavaScriptu. "
    "Wszystko, co pokazuje, jest też na stronie słowami."
)
_FRAME = Markup(
    '<div class="map map-{kind}" role="region" aria-label="{label}" data-map="{data}">'
    "{drawn}"
    '<div class="map-notice" role="status"><p>{waiting}</p></div>'
    "</div>"
)
_SCRIPT = """document.addEventListener("DOMContentLoaded", function () {
if (!window.placesMap) return;
%s
});"""


class Tiles(NamedTuple):
    """The background, from the installation's settings."""

    url: str
    """With {z}, {x} and {y}; empty: no background, only places on a plain sheet."""
    attribution: str
    """Whose it is.  HTML written by the operator, the only text here that is not escaped."""


@dataclass(frozen=True, slots=True)
class MapParts:
    """What a page needs to show a map, beside Leaflet, markercluster, map.js and map.css."""

    html: Markup
    """The map's own element; it says in words what to do until, or unless, the script runs."""
    script: Markup
    """The inside of a script element that carries the page's nonce."""


class PlacesLayer(MacroElement):
    """The layer of static/map.js and map-places.js, as a child of a folium map.

    It also puts the tiles in, once it knows where to look: a map that first asks for all of Poland
    and then for one street loads a dozen pictures nobody sees.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
            placesMap(
                {{ this._parent.get_name() }},
                {{ this.tiles.get_name() if this.tiles else "null" }},
                {{ this.types|tojson }}
            );
        {% endmacro %}
    """)

    def __init__(self, tiles: Element | None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's
        self._name = "PlacesLayer"
        self.tiles = tiles
        self.types = {code: kind.name for code, kind in TYPES.items()}


def of_results(
    data_url: str,
    *,
    search_url: str,
    tiles: Tiles,
    view: Box | None = None,
    centre: Point | None = None,
    radius: int | None = None,
) -> MapParts:
    """The map of all that a query finds.

    `data_url` is the API's address with the page's filters, `search_url` the page that takes the
    same parameters; `view` is what to show first (else around the centre, else all that is found).
    """
    return _parts(
        "results",
        "Mapa znalezionych miejsc",
        tiles,
        {
            "data": data_url,
            "search": search_url,
            "limits": POLAND,
            "view": view,
            "centre": centre,
            "radius": radius,
        },
    )


def of_place(place: Place, *, tiles: Tiles) -> MapParts | None:
    """The small map of one place; None where the point is too vague to be drawn."""
    if not place.on_map:
        return None
    return _parts(
        "place",
        f"Mapa: {place.name}",
        tiles,
        {
            "place": {
                "point": place.point,
                "name": place.name,
                "type": place.type,
                "city": place.address.city,
                "precision": place.position.precision,
                "uncertainty_m": place.position.uncertainty_m,
                "pinned": place.pinned,
            }
        },
    )


Ring = tuple[tuple[float, float], ...]
"""The edge of an area, (lat, lon)."""


class Dot(NamedTuple):
    """A place that is there already, shown to aim by."""

    id: str
    name: str
    lat: float
    lon: float
    vague: bool
    """Whether its position, or whether it counts at all, is not known for sure."""


class Picker(NamedTuple):
    """What the map to point on needs; the fields are those of the form around it, by name."""

    field: str
    """Into which the point is written, "lat, lon"."""
    accuracy: str = ""
    """Into which goes how exact a position of the browser is, in metres; "" where nobody asks."""
    point: Point | None = None
    """What is chosen already."""
    view: Box | None = None
    """What is shown first where nothing is chosen; None: all of Poland."""
    near: int | None = None
    """The zoom from which a tap puts the pin and does not only come closer; None: that of one
    house."""
    border: Sequence[Ring] = ()
    """Of the area one points in."""
    places: Sequence[Dot] = ()
    """What is there already."""
    chooser: str = ""
    """The field in which one of these may be chosen: that one is marked as it stands today."""


def of_picker(picker: Picker, *, tiles: Tiles) -> MapParts:
    """The map on which somebody points at a place; static/pick.js writes the point into a field."""
    given = {name: value for name, value in picker._asdict().items() if value not in (None, "", ())}
    return _parts("pick", "Mapa: wskaż miejsce", tiles, {"pick": given})


class Mark(NamedTuple):
    """A point with a word beside it."""

    point: Point
    label: str
    pinned: bool
    """A pin stands for what is new, a ring for what was."""


def of_points(marks: Sequence[Mark], *, tiles: Tiles) -> MapParts:
    """The small map of a few marks and the way from each to the next: where a place would move."""
    label = f"Mapa: {', '.join(one.label for one in marks)}"
    return _parts("place", label, tiles, {"marks": [one._asdict() for one in marks]})


def of_coverage(
    data_url: str,
    *,
    label: str,
    said: Mapping[str, Mapping[str, str]],
    pages: Mapping[str, str],
    tiles: Tiles,
    places: Sequence[Dot] = (),
) -> MapParts:
    """The map of areas by colour, and of people left out as hexagons.

    `data_url` is the report as GeoJSON; `said` has by the id of a feature the step of its colour
    and its words, `pages` the address of its own page, `places` are shown beside what the report
    has; static/map-areas.js draws it.
    """
    data = {"data": data_url, "said": said, "pages": pages, "places": places}
    return _parts("areas", f"Mapa: {label}", tiles, {"areas": data})


def _parts(kind: str, label: str, tiles: Tiles, data: Mapping[str, Any]) -> MapParts:
    drawn, script = _drawn(kind, tiles)
    known = json.dumps({key: value for key, value in data.items() if value is not None})
    html = _FRAME.format(kind=kind, label=label, data=known, drawn=drawn, waiting=_WAITING)
    return MapParts(html, script)


@lru_cache(maxsize=16)
def _drawn(kind: str, tiles: Tiles) -> tuple[Markup, Markup]:
    """folium's element and its script: the same for everybody, so drawn once."""
    figure = Figure()
    chart = _chart(kind).add_to(figure)
    background = _background(tiles).add_to(chart) if tiles.url else None
    PlacesLayer(background).add_to(chart)
    figure.render()
    # folium's header is left out: it would call on other hosts and restyle the whole page.
    html = _without_indents(figure.html.render())
    script = _SCRIPT % _without_indents(figure.script.render())
    return Markup(html), Markup(script)  # noqa: S704  # nothing in them comes from a visitor


def _without_indents(source: str) -> str:
    return "\n".join(line.strip() for line in source.splitlines() if line.strip())


def _chart(kind: str) -> folium.Map:
    chart = folium.Map(
        location=MIDDLE,
        tiles=None,
        zoom_start=6,
        minZoom=FARTHEST,
        maxZoom=NEAREST,
        zoom_control=False,
        max_bounds=True,
        min_lat=POLAND.south - AROUND,
        max_lat=POLAND.north + AROUND,
        min_lon=POLAND.west - AROUND,
        max_lon=POLAND.east + AROUND,
    )
    # New lists: changing the class's own would change every map of the process.
    chart.default_js, chart.default_css = [], []
    # Named, not numbered at random: the same page is the same bytes.
    chart._id = kind
    return chart


def _background(tiles: Tiles) -> folium.TileLayer:
    layer = folium.TileLayer(
        tiles.url,
        attr=tiles.attribution or " ",
        min_zoom=FARTHEST,
        max_zoom=NEAREST,
        show=False,
    )
    layer._id = "background"
    return layer
