"""Signing in and out: by a link in a letter, or by a password for those who want one.

Whether an address is known must not show: not in the answer, not in how long it takes.  A link is
opened by mail programs too, so only the button behind it signs in.
"""

import re
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from places import letters, mailbox, people, tokens
from places.desk import stamp, writing
from places.errors import Expired, Invalid, NotFound
from places.people import Person
from places.web import access, correspondence, current, desk_menu, words

blueprint = Blueprint("access", __name__)
blueprint.context_processor(desk_menu.on_every_page)

_MOST_LETTERS = 5  # an hour, to one person
_LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]{0,500}")
_VIEW = str | tuple[str, int] | Response


@blueprint.get("/moderacja/wejscie")
def sign_in() -> _VIEW:
    """The form; whoever is signed in has no need of it."""
    if access.is_signed_in():
        return redirect(_next() or url_for("moderate.queue"), 303)
    return _form()


@blueprint.post("/moderacja/wejscie")
@access.limiter.limit(access.sign_ins)
@access.limiter.limit(
    access.sign_ins,
    key_func=lambda: access.blinded(request.form.get("email", "").strip().casefold()),
    exempt_when=lambda: not request.form.get("password"),
)
def send() -> _VIEW:
    """Signs in with a password; without one a link is sent, if there is anybody to send it to."""
    access.protect()
    try:
        email = mailbox.read(request.form.get("email", ""))
    except Invalid:
        return _form(gettext("Podaj cały adres e-mail, na przykład anna@gmina.pl.")), 400
    password = request.form.get("password", "")
    if not password:
        _send_link(email)
        return redirect(url_for("access.sent"), 303)
    one = people.check_password(current.desk(), email, password)
    if one is None:
        return _form(gettext("Ten adres i\u00a0to hasło do siebie nie pasują.")), 400
    return _entered(one)


@blueprint.get("/moderacja/list-wyslany")
def sent() -> _VIEW:
    """What to do now; the same for everybody."""
    return render_template("access/sent.html", in_files=not current.setting("SMTP"))


@blueprint.get("/moderacja/wejscie/<word>")
def enter(word: str) -> _VIEW:
    """The button behind the link; looking at it changes nothing."""
    tokens.look(current.desk(), "sign-in", word, current.now())
    return render_template("access/enter.html", next=_next())


@blueprint.post("/moderacja/wejscie/<word>")
@access.limiter.limit(access.sign_ins)
def entered(word: str) -> _VIEW:
    """Signs in."""
    access.protect()
    token = tokens.use(current.desk(), "sign-in", word, current.now())
    try:
        one = people.find(current.desk(), token.subject)
    except NotFound:
        raise Expired("sign-in") from None
    return _entered(one)


@blueprint.post("/moderacja/wyjscie")
def leave() -> _VIEW:
    """Signs out: here, or everywhere."""
    access.protect()
    one = access.person()
    if one is not None and request.form.get("everywhere"):
        people.sign_out_everywhere(current.desk(), one.id, current.now())
    access.finish()
    return redirect(url_for("access.sign_in"), 303)


@blueprint.get("/moderacja/haslo")
def password() -> _VIEW:
    """Where a password is set, changed or taken away."""
    access.signed_in()
    return render_template("access/password.html", faults=())


@blueprint.post("/moderacja/haslo")
def set_password() -> _VIEW:
    """Sets it, or takes it away; ends the sessions elsewhere."""
    one = access.signed_in()
    access.protect()
    given = None if request.form.get("remove") else request.form.get("password", "")
    desk, now = current.desk(), current.now()
    try:
        with writing(desk):
            people.set_password(desk, one, given, now)
            key = f"password:{one.id}:{stamp(now)}"
            letter = correspondence.write("password", one.email, key, has_password=bool(given))
            letters.post(desk, letter, now)
    except Invalid as error:
        faults = [(fault.field, words.mend(fault)) for fault in error.faults]
        return render_template("access/password.html", faults=faults), 400
    current.deliver()
    access.begin(people.find(desk, one.id))
    flash(gettext("Hasło jest ustawione.") if given else gettext("Hasło jest usunięte."))
    return redirect(url_for("access.password"), 303)


def _send_link(email: str) -> None:
    """The same steps for an address nobody has, down to the disk; only the letter is missing."""
    desk, now = current.desk(), current.now()
    one = people.by_email(desk, email)
    subject = str(one.id) if one else ""
    with writing(desk):
        recent = tokens.made_since(desk, "sign-in", subject, now - timedelta(hours=1))
        word = tokens.make(desk, "sign-in", subject, now)
        link = correspondence.address("access.enter", word=word, next=_next() or None)
        key = f"sign-in:{access.blinded(word)}"
        letter = correspondence.write("sign_in", email, key, link=link)
        if one and recent < _MOST_LETTERS:
            letters.post(desk, letter, now)
    current.deliver()


def _entered(one: Person) -> Response:
    access.begin(one)
    return redirect(_next() or url_for("moderate.queue"), 303)


def _form(fault: str = "") -> str:
    faults = [("email", fault)] if fault else []
    email = request.form.get("email", "")
    return render_template("access/sign_in.html", faults=faults, email=email, next=_next())


def _next() -> str:
    """Where to go afterwards: a path of ours, or nothing."""
    given = request.values.get("next", "")
    return given if _LOCAL.fullmatch(given) else ""
