"""Who is asking and what they may do: sessions, forms only our own pages can send, limits.

The cookie is set when somebody begins to sign in, and by no page a resident sees.  Limits are
counted in the memory of a process: of several processes each counts its own.
"""

import hmac
import math
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, cast

import limits
from flask import Flask, current_app, g, request, session
from flask_limiter import Limiter
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix

from places import letters, people
from places.desk import stamp
from places.errors import Forbidden, NotFound, Unavailable
from places.people import Person
from places.web import cookies, current

_REFRESHED = timedelta(minutes=5)
_WORDS = ("/moderacja/wejscie/", "/zgloszenie/", "/opieka/", "/potwierdz/")
_PRIVATE = (*_WORDS, "/moderacja", "/dodaj/wyslane")


def client() -> str:
    """The network address of whoever asks; of IPv6 the part that is one household's."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address)


def forms() -> str:
    """How often one network address may send a form: `@access.limiter.limit(access.forms, …)`."""
    return cast(str, current.setting("LIMIT_FORMS"))


def sign_ins() -> str:
    """How often one network address, or for one mailbox, may try to sign in."""
    return cast(str, current.setting("LIMIT_SIGN_IN"))


limiter = Limiter(client, storage_uri="memory://", strategy="fixed-window")
"""`@access.limiter.limit(access.forms, methods=["POST"])` under a view's route."""
csrf = CSRFProtect()


def person() -> Person | None:
    """Who is signed in; None for a visitor."""
    if "person" not in g:
        g.person = _remembered()
    return cast(Person | None, g.person)


def signed_in(role: str = "moderator") -> Person:
    """Who is signed in and has this role; an administrator has every role.

    Raises Forbidden.
    """
    one = person()
    if one is None or one.role not in (role, "admin"):
        raise Forbidden(role)
    return one


def is_signed_in() -> bool:
    """Whether anybody is; for pages that tell what went wrong, where nothing may be raised."""
    try:
        return person() is not None
    except Unavailable:
        return False


def came_from() -> str | None:
    """The address of this page, to come back to after signing in; a form's has none."""
    return request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else None


def guard(role: str = "moderator") -> Callable[[], None]:
    """For `blueprint.before_request`: only this role, and only forms from our own pages."""

    def check() -> None:
        signed_in(role)
        protect()

    return check


def protect() -> None:
    """Refuses a POST that no page of ours made for this session."""
    cookies.key(_app())
    csrf.protect()


def begin(one: Person) -> None:
    """Signs them in, under a new session."""
    session.clear()
    session.permanent = True
    session.update(person=one.id, number=one.session, seen=stamp(current.now()))
    people.seen(current.desk(), one.id, current.now())
    g.person = one


def finish() -> None:
    """Signs them out, here."""
    session.clear()
    g.person = None


def origin() -> str:
    """The network address of whoever asks as the desk keeps it: blinded with our secret."""
    return blinded(client())


def blinded(text: str) -> str:
    """A text that can be compared and not read back; empty stays empty."""
    if not text:
        return ""
    return hmac.new(cookies.key(_app()).encode(), text.encode(), "sha256").hexdigest()[:32]


def spend(what: str) -> None:
    """Counts work that a visitor has us begin, as a form is counted.

    Raises TooManyRequests.
    """
    for limit in limits.parse_many(forms()):
        if not limiter.limiter.hit(limit, what, client()):
            raise TooManyRequests(retry_after=limit.get_expiry())


def wait() -> int:
    """In how many seconds what was too often may be tried again."""
    limit = limiter.current_limit
    return max(1, math.ceil(limit.reset_at - time.time())) if limit else 60


def is_too_often() -> bool:
    """Whether this request is one too many, and is only told so."""
    limit = limiter.current_limit
    return limit is not None and limit.breached


def headers(path: str) -> dict[str, str]:
    """What pages that are somebody's own say beside the headers of every page."""
    found = {}
    if path.startswith(_PRIVATE):
        found = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    if path.startswith(_WORDS):
        # The address itself is the right: no other site may learn it, only whose page it is,
        # which tile servers insist on.
        found["Referrer-Policy"] = "strict-origin"
    return found


def init_app(app: Flask) -> None:
    """Gets cookies, forms and limits ready."""
    cookies.init_app(app)
    app.config.update(
        WTF_CSRF_CHECK_DEFAULT=False,  # Residents' forms need no cookie; `guard` asks for it.
        WTF_CSRF_TIME_LIMIT=None,  # It ends with the session.
        WTF_CSRF_SSL_STRICT=False,  # Pages with a word in the address send no path.
    )
    csrf.init_app(app)
    limiter.init_app(app)
    limiter.logger.disabled = True  # It would write down the network address.
    app.log_exception = _log  # type: ignore[method-assign]
    # In both, as Flask-WTF has it: a macro sees the globals alone.
    app.jinja_env.globals.update(
        is_signed_in=is_signed_in, came_from=came_from, csrf_token=_csrf_token
    )
    app.context_processor(lambda: {"csrf_token": _csrf_token})
    if proxies := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0, x_port=0, x_prefix=0
        )


def _remembered() -> Person | None:
    if "person" not in session:
        return None
    now = current.now()
    seen = datetime.fromisoformat(session["seen"])
    if not seen - _REFRESHED <= now < seen + cookies.LASTS:
        return None
    try:
        one = people.find(current.desk(), session["person"])
    except NotFound:
        return None
    if one.session != session["number"]:
        return None
    if now - seen >= _REFRESHED:
        session["seen"] = stamp(now)
        people.seen(current.desk(), one.id, now)
    return one


def _log(exc_info: Any) -> None:
    # As Flask does it, without the words in the address, which are somebody's right.
    path = letters.masked(request.path)
    current_app.logger.error("Exception on %s [%s]", path, request.method, exc_info=exc_info)


def _csrf_token() -> str:
    cookies.key(_app())
    return cast(str, generate_csrf())


def _app() -> Any:
    return current_app._get_current_object()  # type: ignore[attr-defined]
