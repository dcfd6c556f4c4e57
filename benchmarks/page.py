"""The page with the map, against the folium page that everybody writes first.

Ours is the whole request through the application, with compression, and the request for the map's
data that the script makes at once.  Theirs is only the drawing of the page from records that are
already in memory: Map, MarkerCluster, one Marker with a popup for each place.
"""

import gzip
import html
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

import brotli
import folium
from flask.testing import FlaskClient
from folium.plugins import MarkerCluster

from app import create_app
from benchmarks import cities, table
from benchmarks.table import Row, Table
from places import geojson
from places.place import Place

_BROWSER = {"Accept-Encoding": "gzip, br"}
_FIRST_VIEW = 100_000  # bytes, compressed, tiles apart
_BROTLI = 6  # what the application uses for what it makes on the fly


def tables(counts: Sequence[int], runs: int) -> Iterator[Table]:
    """Time and bytes of the page, then what a first visit fetches, file by file."""
    for count in counts:
        catalogue = cities.catalogue(count)
        client = visitor(catalogue, catalogue.parent)
        places = [one for one in geojson.read(catalogue).places if one.on_map]
        yield _against_folium(client, places, count, runs, has_bars=count == max(counts))
        yield _first_view(client, f"{count:,} places")
    # A small catalogue sends every pin by itself, so this is not the easier one.
    yield _first_view(visitor(cities.REAL, cities.FOLDER / "real"), "the real catalogue")


def visitor(catalogue: Path, folder: Path) -> FlaskClient:
    """A client of the whole application, its index built in the folder."""
    app = create_app({"CATALOGUE": str(catalogue), "INSTANCE": str(folder)})
    client = app.test_client()
    client.get("/")
    return client


def usual_page(places: Sequence[Place]) -> str:
    """The usual folium page of these places."""
    chart = folium.Map(location=(52.07, 19.48), zoom_start=6)
    cluster = MarkerCluster().add_to(chart)
    for one in places:
        popup = html.escape(f"{one.name}, {one.address.city}")
        folium.Marker(one.point, popup=popup).add_to(cluster)
    return str(chart.get_root().render())


def _against_folium(
    client: FlaskClient, places: Sequence[Place], count: int, runs: int, *, has_bars: bool
) -> Table:
    time_bar, size_bar = (1 / 50, 1 / 20) if has_bars else (None, None)
    data = map_data(_fetch(client, "/")[0].decode())
    theirs = usual_page(places[:1]).encode()

    def usual() -> None:
        nonlocal theirs
        theirs = usual_page(places).encode()

    times = table.in_turn(
        runs,
        page=lambda: _fetch(client, "/"),
        data=lambda: _fetch(client, data),
        usual=usual,
    )
    took = table.medians(times)
    plain = sum(len(_fetch(client, address)[0]) for address in ("/", data))
    packed = sum(_fetch(client, address)[1] for address in ("/", data))
    whole = took["page"] + took["data"]
    theirs_packed = len(brotli.compress(theirs, quality=_BROTLI))
    rows = (
        Row("the page", table.said_time(took["page"])),
        Row("the map's data", table.said_time(took["data"])),
        Row(
            "both", table.said_time(whole), f"folium {table.said_time(took['usual'])}",
            whole / took["usual"], time_bar,
        ),
        Row(
            "bytes", table.said_size(plain), f"folium {table.said_size(len(theirs))}",
            plain / len(theirs), size_bar,
        ),
        Row(
            "bytes, compressed", table.said_size(packed),
            f"folium {table.said_size(theirs_packed)}", packed / theirs_packed, size_bar,
        ),
    )  # fmt: skip
    notes = (
        f"Processor time, median of {runs}, in turn; ours with compression, folium's without.",
        f"folium: Map + MarkerCluster + Marker with a popup, {len(places)} that may be drawn.",
        f"Compressed: brotli {_BROTLI} for both.",
    )
    return Table(f"Page with map, {count:,} places", notes, rows)


def _first_view(client: FlaskClient, what: str) -> Table:
    """What a browser fetches on a first visit, as it is sent."""
    page = _fetch(client, "/")[0].decode()
    addresses = ["/", *assets(page), map_data(page)]
    rows, by_brotli, by_gzip = [], 0, 0
    for address in addresses:
        plain, packed = _fetch(client, address)
        zipped = _fetch(client, address, "gzip")[1]
        by_brotli, by_gzip = by_brotli + packed, by_gzip + zipped
        said = f"{table.said_size(packed)}  gzip {table.said_size(zipped)}"
        rows.append(Row(address.partition("?v=")[0], said, f"plain {table.said_size(len(plain))}"))
    for name, size in (("all, brotli", by_brotli), ("all, gzip", by_gzip)):
        rows.append(
            Row(name, table.said_size(size), table.said_size(_FIRST_VIEW), size / _FIRST_VIEW, 1.0)
        )
    notes = ("Transferred bytes without headers; tiles apart.",)
    return Table(f"First view, {what}", notes, tuple(rows))


def assets(page: str) -> list[str]:
    """The files a page makes a browser fetch, each once."""
    reader = _Assets()
    reader.feed(page)
    return list(dict.fromkeys(reader.found))


def map_data(page: str) -> str:
    """The address from which the map's script asks for places first."""
    given = re.search(r"&#34;data&#34;: &#34;(.*?)&#34;", page)
    if given is None:
        raise ValueError("the page has no map")
    # The script asks for the whole country first; zoom 6 is where the map starts.
    address = html.unescape(given[1]).encode().decode("unicode_escape")
    return address + ("&" if "?" in address and address[-1] != "?" else "") + "zoom=6"


class _Assets(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        address = {
            "link": given.get("href") if given.get("rel") in _FETCHED else None,
            "script": given.get("src"),
            "img": given.get("src"),
            "use": given.get("href"),
        }.get(tag)
        if address and not address.startswith("#"):
            self.found.append(address.partition("#")[0])


_FETCHED = ("stylesheet", "icon", "preload", "manifest")


def _fetch(client: FlaskClient, address: str, encoding: str = "") -> tuple[bytes, int]:
    """The content, and how many bytes of it went over the wire."""
    headers = {"Accept-Encoding": encoding} if encoding else _BROWSER
    with client.get(address, headers=headers) as response:
        sent = response.get_data()
        status, packing = response.status_code, response.headers.get("Content-Encoding", "")
    if status != 200:
        raise ValueError(f"{address} answers {status}")
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(packing, bytes)
    return unpack(sent), len(sent)
