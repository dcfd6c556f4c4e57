"""What this request holds open: the settings it runs under and the index it asks.

Opened late, closed always.  A view asks `current.index()` and knows nothing of files.
"""

import re
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app, g, request

from places import index as store
from places.maps import Tiles
from places.storage import Damaged

_APPENDED = re.compile(r"utm_\w+|mtm_\w+|[a-z]{1,3}clid|mc_[ce]id|igshid|_ga|_gl")


def index() -> store.Index:
    """The index, up to date if that can be had; opened on the first call of a request."""
    if "index" not in g:
        try:
            g.index = _stack().enter_context(store.open_index(catalogue(), instance()))
        except Damaged:
            store.repair(instance())
            g.index = _stack().enter_context(store.open_index(catalogue(), instance()))
    return cast(store.Index, g.index)


def asked() -> dict[str, list[str]]:
    """The parameters of a page's address, without what letters and social networks append to it:
    whoever follows a neighbour's link must not be told that it is not understood."""
    given = request.args.to_dict(flat=False)
    return {name: values for name, values in given.items() if not _APPENDED.fullmatch(name)}


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
