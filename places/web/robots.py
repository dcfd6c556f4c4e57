"""What search engines ask for first: what they may read, and the list of all pages.

A list may hold no more than 50,000 addresses; a bigger catalogue is told in several lists with a
list of those lists above them.
"""

from collections.abc import Iterable, Sequence

from flask import Blueprint, Response, url_for
from markupsafe import escape

from places import search
from places.errors import NotFound
from places.web import current

blueprint = Blueprint("robots", __name__)

MOST_URLS = 50_000
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PRIVATE = ("/moderacja", "/zgloszenie/", "/opieka/", "/potwierdz/", "/dodaj/wyslane")
_PAGES = (
    "public.home", "public.cities", "public.types", "public.networks", "hours.helper",
    "submit.add", "quality.show", "coverage.country", "coverage.find", "privacy.show",
    "public.about", "public.accessibility",
)  # fmt: skip


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Everything may be read, except the endless combinations of filters and what is somebody's."""
    lines = (
        "User-agent: *",
        "Disallow: /?",
        "Disallow: /pokrycie*?",  # each filter is work of seconds
        *(f"Disallow: {path}" for path in _PRIVATE),
        "Allow: /",
        f"Sitemap: {_address('robots.sitemap')}",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page that has an address of its own, or the list of such lists."""
    urls = _urls()
    if len(urls) <= MOST_URLS:
        return _xml("urlset", "url", urls)
    parts = range(1, -(-len(urls) // MOST_URLS) + 1)
    return _xml("sitemapindex", "sitemap", [_address("robots.part", number=n) for n in parts])


@blueprint.get("/sitemap-<int:number>.xml")
def part(number: int) -> Response:
    """One of the lists, counted from 1."""
    urls = _urls()[MOST_URLS * (number - 1) : MOST_URLS * number] if number else ()
    if not urls:
        raise NotFound(str(number))
    return _xml("urlset", "url", urls)


def _urls() -> Sequence[str]:
    index = current.index()
    return [
        *(_address(page) for page in _PAGES),
        *(_address("public.city", key=one.value) for one in search.choices(index, "city")),
        *(_address("public.type", code=one.value) for one in search.choices(index, "type")),
        *(_address("public.network", key=one.value) for one in search.choices(index, "network")),
        *(_address("public.place", slug=slug, place_id=id_) for id_, slug in search.listed(index)),
    ]


def _address(endpoint: str, **values: str | int) -> str:
    return url_for(endpoint, _external=True, **values)  # type: ignore[arg-type]


def _xml(root: str, item: str, urls: Iterable[str]) -> Response:
    items = "".join(f"<{item}><loc>{escape(url)}</loc></{item}>\n" for url in urls)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return Response(
        f'{head}<{root} xmlns="{_SCHEMA}">\n{items}</{root}>\n', mimetype="application/xml"
    )
