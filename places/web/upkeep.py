"""Keeping true: what owners answer from a letter, and what moderators must check themselves.

The word in the address is the right to answer; opening the page changes nothing, because mail
programs open links by themselves.  The desk's page shows just what lies in the moderator's area.
"""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from places import asks, care, confirming, digests, people, publishing, search
from places.confirming import Question
from places.errors import Conflict, Fault, Invalid, NotFound, shortened
from places.freshness import GROUPS
from places.overdue import Wanted
from places.web import access, current, desk_menu, words

blueprint = Blueprint("upkeep", __name__)

_PER_PAGE = 50
_CHOICES = {"aktualne": "still", "poprawki": "change", "nie-ma": "gone"}
"""The three links of a letter; each only chooses the button that stands first."""


@blueprint.get("/potwierdz/<word>")
def show(word: str) -> ResponseReturnValue:
    """What is asked, the facts written out, three buttons; or what was answered."""
    chosen = _CHOICES.get(request.args.get("odpowiedz", ""), "")
    return _page(word, confirming.question(current.press(), word), chosen)


@blueprint.post("/potwierdz/<word>")
@access.limiter.limit(access.forms)
def answer(word: str) -> ResponseReturnValue:
    """Takes the answer down; to correct something leads to the owner's page."""
    given = next((one for one in asks.ANSWERS if one == request.form.get("answer")), None)
    asked = confirming.question(current.press(), word)
    if given is None or (given == "still" and not asked.groups):
        return _page(word, asked, "", gettext("Wybierz jedną z\u00a0odpowiedzi.")), 400
    try:
        way = confirming.answer(current.press(), word, given, request.form.get("seen", ""))
    except Conflict:
        asked = confirming.question(current.press(), word)
        newer = gettext(
            "Tymczasem ktoś zmienił te dane. Przejrzyj je jeszcze raz i\u00a0odpowiedz."
        )
        return _page(word, asked, "", newer), 409
    if way:
        return redirect(url_for("owner.show", word=way), 303)
    return redirect(url_for("upkeep.show", word=word), 303)


@blueprint.get("/moderacja/do-sprawdzenia")
def due() -> str:
    """What owners will not answer: silent, bounced, gone, ended, and what nobody looks after."""
    person = access.signed_in()
    number = _number()
    wanted = Wanted(current.now().date(), current.terms(), people.scope(person))
    found = digests.gathered(
        current.desk(), current.index(), wanted, None, _PER_PAGE * (number - 1), _PER_PAGE
    )
    return render_template(
        "upkeep/due.html",
        found=found,
        page=number,
        last_page=max(1, -(-found.unowned // _PER_PAGE)),
        **desk_menu.on_every_page(),
    )


@blueprint.post("/moderacja/do-sprawdzenia")
def check() -> ResponseReturnValue:
    """A moderator has checked some groups of facts of a place."""
    person = access.signed_in()
    access.protect()
    place = search.find(current.index(), request.form.get("place", ""))
    if not people.may_decide(person, place.address.teryt, place.networks):
        raise NotFound(place.id)
    groups = [name for name in GROUPS if name in request.form.getlist("group")]
    if not groups:
        flash(gettext("Zaznacz, co zostało sprawdzone: %(name)s.", name=place.name), "warning")
    else:
        values: dict[str, Any] = {}
        for name in groups:
            values[f"checked.{name}.on"] = current.now().date().isoformat()
            values[f"checked.{name}.by"] = "moderator"
        publishing.publish(
            current.press(),
            place.id,
            values,
            made_by="moderator",
            what="confirmed",
            person=person.id,
        )
        said = ", ".join(words.group_short(name) for name in groups)
        flash(gettext("Zapisano jako sprawdzone: %(name)s – %(what)s.", name=place.name, what=said))
    return redirect(url_for("upkeep.due", page=request.form.get("page") or None), 303)


def _page(word: str, asked: Question, chosen: str, fault: str = "") -> str:
    known = care.given(asked.place)
    return render_template(
        "upkeep/show.html",
        word=word,
        asked=asked,
        place=asked.place,
        shown={name: words.facts_of(asked.place, name) for name in asked.groups},
        unknown=[name for name in GROUPS if name not in known],
        chosen=chosen,
        fault=fault,
    )


def _number() -> int:
    value = request.args.get("page") or "1"
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:7]) <= 100_000):
        raise Invalid([Fault("page", "out_of_range", shortened(value), "1–100000")])
    return int(value)
