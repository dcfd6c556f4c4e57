"""What this request holds open: the settings it runs under, the index it asks and the desk.

Opened late, closed always.  A view asks `current.index()` and knows nothing of files.
"""

import re
import sqlite3
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request

from places import desk as desk_room
from places import geocoders, mail, mailbox, retention, smtp, whereabouts
from places import index as store
from places.freshness import Terms
from places.geocoding import Geocoding
from places.hours import WARSAW
from places.maps import Tiles
from places.postman import Postman
from places.publishing import Press
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


def desk() -> sqlite3.Connection:
    """The desk; opened on the first call of a request."""
    if "desk" not in g:
        g.desk = _stack().enter_context(desk_room.open_desk(instance()))
    return cast(sqlite3.Connection, g.desk)


def press() -> Press:
    """What is needed to change the catalogue."""
    return Press(desk(), catalogue(), now())


def deliver() -> None:
    """Sends what has been posted; called after the commit, and never raises.

    With a mail server in the background, so that nobody waits for it, nor learns from the time
    whether a letter was written at all.
    """
    server, folder, moment, sender = smtp.read(setting("SMTP")), instance(), now(), mail_sender()

    def errand() -> None:
        with desk_room.open_desk(folder) as opened:
            mail.deliver(opened, folder, server, moment, sender=sender)

    postman: Postman = current_app.extensions["postman"]
    if server is not None:
        postman.call(errand)
        return
    try:
        mail.deliver(desk(), folder, None, moment, sender=sender)
    except Exception as error:  # noqa: BLE001 - they stay, and go with the next ones
        current_app.logger.error("letters could not be written: %s", type(error).__name__)


def mail_sender() -> str:
    """Who our letters come from."""
    given = (setting("SENDER"), setting("CONTACT"))
    return next((one for one in given if mailbox.is_one(one)), mail.NOBODY)


def terms() -> Terms:
    """After how many months facts are asked about again, and said to be old."""
    return Terms(int(setting("REMIND_AFTER")), int(setting("REMIND_HOURS_AFTER")))


def kept() -> retention.Terms:
    """For how long people, proposals and letters are kept."""
    return retention.Terms(
        int(setting("KEEP_SENDERS")),
        int(setting("KEEP_UNCONFIRMED")),
        int(setting("KEEP_LETTERS")),
    )


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
        agent(),
    )


def catalogue() -> Path:
    """The GeoJSON file that is the truth."""
    return Path(setting("CATALOGUE"))


def instance() -> Path:
    """The folder of the desk, the photos and of what can be made again."""
    return Path(setting("INSTANCE"))


def tiles() -> Tiles:
    """Where the background of the maps comes from."""
    return Tiles(setting("TILES"), setting("TILES_ATTRIBUTION"))


def tiles_host() -> str:
    """The other site a browser asks for the background; empty where there is none."""
    return urlsplit(cast(str, setting("TILES")).replace("{s}.", "")).netloc


def setting(name: str) -> Any:
    """A setting by its name without the prefix."""
    return current_app.config[name]


def settings() -> Mapping[str, Any]:
    """All settings by their names without the prefix."""
    return current_app.config


def close(_error: BaseException | None = None) -> None:
    """Closes what this request has opened; safe when that is nothing."""
    g.pop("index", None)
    g.pop("desk", None)
    stack: ExitStack | None = g.pop("open", None)
    if stack is not None:
        stack.close()


def init_app(app: Flask) -> None:
    """Has everything closed at the end of each request."""
    app.teardown_appcontext(close)
    app.extensions["postman"] = Postman()


def _stack() -> ExitStack:
    if "open" not in g:
        g.open = ExitStack()
    return cast(ExitStack, g.open)


def agent() -> str:
    """How we introduce ourselves to hosts that we ask."""
    contact = setting("CONTACT").encode("ascii", "ignore").decode()
    return f"miejsca-otwarte ({contact})" if contact else "miejsca-otwarte"
