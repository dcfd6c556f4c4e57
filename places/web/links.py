"""Where a link leads: to a place, to a query, to a telephone.

Every state of a page has one address, and each thing has one that search engines should know.
"""

from urllib.parse import urlencode

from flask import request, url_for

from places.place import Place
from places.query import Query
from places.search import Results


def path_of(one: Place) -> str:
    """The address of a place's page."""
    return url_for("public.place", slug=one.slug, place_id=one.id)


def to(query: Query) -> str:
    """The address of the page that answers a query."""
    args = query.args()
    return url_for("public.home") + (f"?{urlencode(args)}" if args else "")


def canonical(results: Results) -> str:
    """The one address under which search engines should know the answer to a query."""
    chosen = [
        (name, one.value)
        for name in ("city", "type", "network")
        for one in results.facets[name]
        if one.selected
    ]
    # A name may mean several towns, or none: only a key has a page of its own.
    if len(chosen) != 1 or len(results.query.args()) != 1:
        return to(results.query)
    [(name, value)] = chosen
    if name == "type":
        return url_for("public.type", code=value)
    return url_for(f"public.{name}", key=value)


def absolute(path: str) -> str:
    """A path of ours as a whole address."""
    return request.host_url.rstrip("/") + path


def telephone(number: str) -> str:
    """A number for a tel: link: digits, with the country's code where there is none."""
    main, _, extension = number.partition("w")
    digits = "".join(c for c in main if c.isdigit())
    whole = f"+{digits}" if number.startswith("+") else f"+48{digits}"
    return f"{whole};ext={''.join(c for c in extension if c.isdigit())}" if extension else whole
