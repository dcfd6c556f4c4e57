"""Where a link leads: to a place, to a query, to a telephone.

Every state of a page has one address, and each thing has one that search engines should know.
"""

import re
from urllib.parse import urlencode

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from places import photos
from places.facts import Photo
from places.place import Place
from places.query import Query
from places.search import Results

# As a field for a day and hour sends it.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?")


def path_of(one: Place) -> str:
    """The address of a place's page."""
    return url_for("public.place", slug=one.slug, place_id=one.id)


def photo(one: Photo, *, small: bool = False) -> str:
    """The address of a public photo."""
    return url_for("photos.file", file=photos.small(one.file) if small else one.file)


def to(query: Query) -> str:
    """The address of the page that answers a query."""
    args = query.args()
    return url_for("public.home") + (f"?{urlencode(args)}" if args else "")


def elsewhere(args: MultiDict[str, str], near: str) -> str:
    """The same question, asked around another place."""
    rest = [(name, value) for name, value in args.items(multi=True) if name != "near" and value]
    return url_for("public.home") + f"?{urlencode([*rest, ('near', near)])}"


def without_doubled_time(args: MultiDict[str, str]) -> str | None:
    """The address to go to instead, where a form sent a time twice; None where it did not.

    Without a script the form sends the choice ("teraz"), the day and hour beside it, and with a
    minus the day that stood there before.  Who fills in a day means it, whatever is chosen; one
    left over gives way to a choice made since; "any" is no time at all.
    """
    given = [value for value in args.getlist("open") if value.strip()]
    left = [value[1:] for value in given if value.startswith("-")]
    told = [value for value in given if not value.startswith("-")]
    if len(given) < 2 and "any" not in given and not left:
        return None
    fresh = [one for one in told if one not in left]
    days = [one for one in fresh if _DAY.fullmatch(one)]
    chosen = next(iter(days[-1:] or fresh or told), "any")
    rest = [pair for pair in args.items(multi=True) if pair[0] != "open" and pair[1]]
    times = [("open", chosen)] if chosen != "any" else []
    return url_for("public.home") + f"?{urlencode([*rest, *times])}"


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
