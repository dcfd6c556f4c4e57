"""The signed cookie of whoever signs in, and the secret that signs it.

The secret is asked for only when there is a cookie to read or to write: a site whose folder may
only be read still answers residents, who have none.
"""

from datetime import timedelta
from pathlib import Path
from typing import cast

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from places import secret
from places.errors import Unavailable

NAME = "miejsca"
LASTS = timedelta(hours=12)
"""Since the last visit."""


def key(app: Flask) -> str:
    """The secret of this installation: the one that was set, else its own.

    Raises Unavailable.
    """
    if not app.secret_key:
        app.secret_key = app.config["SECRET"] or secret.of(Path(app.config["INSTANCE"]))
    return cast(str, app.secret_key)


def init_app(app: Flask) -> None:
    """Has the cookies read and written here."""
    app.session_interface = _Sessions()
    app.config.update(
        SESSION_COOKIE_NAME=NAME,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=app.config["URL"].startswith("https:"),
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=LASTS,
    )


class _Sessions(SecureCookieSessionInterface):
    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if not request.cookies.get(NAME):
            return self.session_class()
        try:
            return super().open_session(app, request)
        except Unavailable as error:
            app.logger.error("%s", error)
            return self.session_class()

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        key(app)
        return super().get_signing_serializer(app)
