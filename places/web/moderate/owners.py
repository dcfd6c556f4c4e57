"""Who looks after a place, as a moderator arranges it: added, trusted, given a new link, ended."""

from collections.abc import Callable, Mapping

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from places import acts, letters, owners
from places.desk import writing
from places.errors import Invalid, NotFound
from places.owners import Owner
from places.place import Place
from places.web import current, words
from places.web.moderate import notices, place, reach


def act(place_id: str, verb: str) -> ResponseReturnValue:
    """Does what the button says, and shows the place again."""
    if verb not in _VERBS:
        raise NotFound(verb)
    found = reach.place(place_id)
    try:
        with writing(current.desk()):
            _VERBS[verb](found)
            acts.write(
                current.desk(), current.now(), _ACTS[verb], reach.me().id,
                about=("", found.id),
            )  # fmt: skip
    except Invalid as error:
        return place.page(
            found, faults=[(one.field, words.wrong_where(one)) for one in error.faults]
        )
    current.deliver()
    return redirect(url_for("moderate.place", place_id=found.id, _anchor="opiekunowie"), 303)


def _add(found: Place) -> None:
    desk, form = current.desk(), request.form
    added = owners.add(
        desk, found.id, form.get("email", ""), form.get("name", ""), current.now(),
        "trusted" in form,
    )  # fmt: skip
    _send_link(found, added)
    flash(gettext("Link wysłany: ta osoba może już poprawiać wpis."), "done")


def _link(found: Place) -> None:
    _send_link(found, _theirs(found))
    flash(gettext("Nowy link wysłany; poprzedni przestał działać."), "done")


def _trust(found: Place) -> None:
    trusted = request.form.get("trusted") == "1"
    owners.trust(current.desk(), _theirs(found).id, trusted)
    if trusted:
        flash(gettext("Zmiany godzin i\u00a0oferty będą się pojawiać od razu."), "done")
    else:
        flash(gettext("Wszystkie zmiany będą czekać na decyzję."), "done")


def _end(found: Place) -> None:
    owners.end(current.desk(), _theirs(found).id, current.now())
    flash(gettext("Ta osoba nie jest już opiekunem; jej link przestał działać."), "done")


_VERBS: Mapping[str, Callable[[Place], None]] = {
    "dodaj": _add,
    "nowy-link": _link,
    "zaufanie": _trust,
    "odwolaj": _end,
}
_ACTS = {
    "dodaj": "owner_added",
    "nowy-link": "owner_link",
    "zaufanie": "owner_trust",
    "odwolaj": "owner_ended",
}


def _theirs(found: Place) -> Owner:
    """The owner the form names, if of this very place.

    Raises NotFound.
    """
    number = request.form.get("owner", "")
    one = owners.find(current.desk(), number if number.isascii() and number.isdigit() else "0")
    if one.place != found.id or one.ended is not None:
        raise NotFound("owner")
    return one


def _send_link(found: Place, one: Owner) -> None:
    desk, now = current.desk(), current.now()
    letters.post(desk, notices.owner(one, found.name, owners.link(desk, one.id, now)), now)
