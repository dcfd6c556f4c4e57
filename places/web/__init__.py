"""The doors of the web, and what holds for all of them: headers, errors, addresses.

One table says which refusal is which status.  A view holds no `try`: it asks, and what is
refused below comes here.
"""

import re
import secrets
import sqlite3
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, json, render_template, request
from flask_babel import lazy_gettext as _
from jinja2 import Template
from werkzeug.exceptions import BadRequest, HTTPException, TooManyRequests

from places import desk, index
from places.errors import (
    Conflict,
    Expired,
    Fault,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    Refusal,
    Unavailable,
    shortened,
)
from places.storage import Damaged
from places.web import (
    access,
    api,
    assets,
    bulk,
    coverage,
    current,
    demand,
    health,
    history,
    hours,
    moderate,
    outbox,
    owner,
    photos,
    privacy,
    public,
    quality,
    robots,
    sender,
    signing,
    sources,
    submit,
    upkeep,
    uploading,
    words,
)

STATUSES: dict[type[Refusal], int] = {
    Invalid: 400,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Gone: 410,
    Expired: 410,
    Unavailable: 503,
}
_TITLES = {
    400: _("Nie rozumiemy tego pytania"),
    403: _("Tu trzeba się zalogować"),
    404: _("Nie ma takiej strony"),
    405: _("Tak nie można"),
    409: _("Ktoś był szybszy"),
    410: _("Tego miejsca już nie ma w\u00a0katalogu"),
    413: _("Za dużo naraz"),
    429: _("Za często"),
    500: _("Coś się u\u00a0nas zepsuło"),
    503: _("Chwilowo nie możemy odpowiedzieć"),
}
_WITH_PARAMETERS = frozenset(
    (
        "public.home",
        "public.city",
        "public.type",
        "public.network",
        "api.places",
        "api.suggest",
        "access.sign_in",
        "access.enter",
        "access.entered",
        "outbox.page",
        "history.show",
        "submit.settlements",
        "moderate.queue",
        "moderate.proposal",
        "moderate.places",
        "upkeep.show",
        "upkeep.due",
        "quality.show",
        "quality.cities",
        "quality.mend",
        "quality.mend_json",
        "quality.mend_csv",
        *coverage.WITH_PARAMETERS,
        "demand.show",
        "demand.figures_json",
        "demand.figures_csv",
        "hours.helper",
        "hours.reading",
    )
)
_YEAR = 31_536_000  # seconds
_LABEL = r"[a-zA-Z0-9_-]{1,63}"
_HOST = re.compile(rf"({_LABEL}(\.{_LABEL})*\.?|\[[0-9a-fA-F:.]{{2,45}}\])(:[0-9]{{1,5}})?")


def init_app(app: Flask) -> None:
    """Opens every door."""
    for door in (
        public.blueprint,
        api.blueprint,
        assets.blueprint,
        health.blueprint,
        hours.blueprint,
        robots.blueprint,
        signing.blueprint,
        outbox.blueprint,
        history.blueprint,
        submit.blueprint,
        sender.blueprint,
        owner.blueprint,
        photos.blueprint,
        privacy.blueprint,
        moderate.blueprint,
        upkeep.blueprint,
        quality.blueprint,
        coverage.blueprint,
        demand.blueprint,
        bulk.blueprint,
        sources.blueprint,
    ):
        app.register_blueprint(door)
    assets.init_app(app)
    app.wsgi_app = _at_public_address(app.wsgi_app, app.config["URL"])  # type: ignore[method-assign]
    access.init_app(app)
    app.before_request(uploading.make_room)
    app.before_request(_without_parameters)
    app.after_request(_headers)
    app.jinja_env.globals["csp_nonce"] = _nonce
    for refusal, status in STATUSES.items():
        app.register_error_handler(refusal, _refused(status))
    app.register_error_handler(Damaged, _damaged)
    app.register_error_handler(sqlite3.Error, _desk_failed)
    app.register_error_handler(HTTPException, _http_error)


def _without_parameters() -> None:
    """Most addresses take no parameters; what is not understood is refused there too.

    Raises Invalid.
    """
    if request.endpoint is None or request.endpoint in _WITH_PARAMETERS:
        return
    unknown = [name for name in current.asked() if name != "v"]  # The version of a file.
    if unknown:
        raise Invalid(Fault(shortened(name), "unknown_parameter") for name in unknown)


def _refused(status: int) -> Any:
    def answer(error: Refusal) -> Response:
        return _answer(status, error)

    return answer


def _damaged(error: Damaged) -> Any:
    """Deletes the broken index and answers the same request from a new one; once."""
    if g.get("repaired"):
        return _answer(503, error)
    g.repaired = True
    current.close()
    try:
        index.repair(current.instance())
        return current_app.dispatch_request()
    except (Refusal, HTTPException) as refusal:
        # Nobody else catches what a handler raises.
        return current_app.handle_user_exception(refusal)


def _desk_failed(error: sqlite3.Error) -> Any:
    """The desk is open as long as its request, so what fails within comes here."""
    refusal = desk.failure(error)
    if refusal is None:
        raise error
    return _answer(503, refusal)


def _http_error(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error  # A redirect is no error.
    if isinstance(error, TooManyRequests):
        error.retry_after = error.retry_after or access.wait()
    response = _answer(error.code, error)
    # Such as Allow with 405 and Retry-After with 429.
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _answer(status: int, error: Exception) -> Response:
    faults = error.faults if isinstance(error, Invalid) else ()
    if isinstance(error, Refusal) and status >= 500:
        current_app.logger.error("%s: %s", HTTPStatus(status).phrase, error)
    if request.path.startswith("/api/") or request.path.endswith((".json", ".geojson")):
        problem = {
            "type": "about:blank",
            "title": _title(status),
            "status": status,
            "faults": [
                {"parameter": one.field, "code": one.code, "message": words.fault(one)}
                for one in faults
            ],
        }
        content = json.dumps(problem, ensure_ascii=False)
        return Response(content, status, mimetype="application/problem+json")
    if isinstance(error, Invalid):
        return hours.refused(error) if request.blueprint == "hours" else public.refused(error)
    kind = type(error).__name__.casefold()
    names: list[str | Template] = [f"errors/{one}.html" for one in (kind, status, "other")]
    return Response(render_template(names, title=_title(status), error=error), status)


def _title(status: int) -> str:
    return str(_TITLES.get(status) or HTTPStatus(status).phrase)


def _at_public_address(inner: Any, url: str) -> Any:
    """Makes every absolute address from PLACES_URL, whatever the Host header says.

    Without it the header is believed, if it is a host at all: no page can be made without one.
    """
    parts = urlsplit(url)

    def outer(environ: dict[str, Any], start_response: Any) -> Any:
        if url:
            environ |= {"HTTP_HOST": parts.netloc, "wsgi.url_scheme": parts.scheme}
        elif not _HOST.fullmatch(environ.get("HTTP_HOST") or "localhost"):
            return BadRequest()(environ, start_response)
        return inner(environ, start_response)

    return outer


def _nonce() -> str:
    """A word, new for each response, that lets our own inline script run and no other."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def _headers(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = _policy()
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    # OpenStreetMap's tile servers refuse clients that hide where they come from entirely.
    headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    headers.update(access.headers(request.path))
    headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=(), payment=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.path.startswith("/api/"):
        headers["Access-Control-Allow-Origin"] = "*"  # Reading is open to every origin.
    if request.is_secure:
        headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
    return response


def _policy() -> str:
    tiles = urlsplit(current.setting("TILES").replace("{s}", "*"))
    pictures = f"'self' data: {tiles.scheme}://{tiles.netloc}" if tiles.netloc else "'self' data:"
    nonce = f"'nonce-{_nonce()}'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {nonce}",
            f"style-src 'self' {nonce}",
            f"img-src {pictures}",
            "connect-src 'self'",
            "font-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
