"""What this request holds open: the settings it runs under and the index it asks.

Opened late, closed always.  A view asks `current.index()` and knows nothing of files.
"""

import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app, g, request

from places import geocoders, whereabouts
from places import index as store
from places.geocoding import Geocoding
from places.hours import WARSAW
from places.maps import Tiles
from places.query import Query
from places.storage import Damaged

_APPENDED = re.compile(r"utm_\w+|mtm_\w+|[a-z]{1,3}clid|mc_[ce]id|igshid|_ga|_gl")


def index() -> store.Index:
    """The index, up to date if that can be had; opened on the first call of a request."""
    if "index" not in g:
        try:
            g.index = _stack().enter_context(
                store.open_index(catalogue(), instance(), now().date())
            )
        except Damaged:
            store.repair(instance())
            g.index = _stack().enter_context(
                store.open_index(catalogue(), instance(), now().date())
            )
    return cast(store.Index, g.index)


def now() -> datetime:
    """This moment, on Poland's clock; the same throughout a request."""
    if "now" not in g:
        clock = current_app.config.get("NOW")
        g.now = clock() if clock else datetime.now(WARSAW)
    return cast(datetime, g.now)


def asked() -> dict[str, list[str]]:
    """The parameters of a page's address, without what letters and social networks append to it:
    whoever follows a neighbour's link must not be told that it is not understood."""
    given = request.args.to_dict(flat=False)
    return {name: values for name, values in given.items() if not _APPENDED.fullmatch(name)}


def located(query: Query) -> Query:
    """The query with the street address in `near` found, where that is none of our own names.

    Raises Invalid when a geocoder is on and cannot tell.
    """
    asked = geocoding()
    if not asked.geocoders or not isinstance(query.near, str):
        return query
    if not whereabouts.is_unknown(index(), query.near):
        return query
    close()  # An open index counts its seconds, and a geocoder takes some.
    return replace(query, near=asked.find(query.near) or query.near)


def geocoding() -> Geocoding:
    """The online geocoders that are switched on."""
    codes = [code for one in setting("GEOCODER").split(",") if (code := one.strip())]
    return Geocoding(
        [geocoders.Geocoder(code, setting(f"GEOCODER_{code.upper()}_URL")) for code in codes],
        instance(),
        float(setting("GEOCODER_TIMEOUT")),
        _agent(),
    )


def catalogue() -> Path:
    """The GeoJSON file that is the truth."""
    return Path(setting("CATALOGUE"))


def instance() -> Path:
    """The folder of what can be made again."""
    return Path(setting("INSTANCE"))


def tiles() -> Tiles:
    """Where the background of the maps comes from."""
    return Tiles(setting("TILES"), setting("TILES_ATTRIBUTION"))


def setting(name: str) -> Any:
    """A setting by its name without the prefix."""
    return current_app.config[name]


def settings() -> Mapping[str, Any]:
    """All settings by their names without the prefix."""
    return current_app.config


def close(_error: BaseException | None = None) -> None:
    """Closes what this request has opened; safe when that is nothing."""
    g.pop("index", None)
    stack: ExitStack | None = g.pop("open", None)
    if stack is not None:
        stack.close()


def init_app(app: Flask) -> None:
    """Has everything closed at the end of each request."""
    app.teardown_appcontext(close)


def _stack() -> ExitStack:
    if "open" not in g:
        g.open = ExitStack()
    return cast(ExitStack, g.open)


def _agent() -> str:
    contact = setting("CONTACT").encode("ascii", "ignore").decode()
    return f"miejsca-otwarte ({contact})" if contact else "miejsca-otwarte"
