"""The letters as the desk shows them: without a mail server this is how the circle closes.

An administrator sees all of them, a moderator those about proposals of their area.  The link of a
sign-in is shown to nobody.
"""

from functools import partial

from flask import Blueprint, render_template, request

from places import letters, people
from places.errors import Forbidden
from places.letters import MayDecide
from places.people import Person
from places.web import access, current, desk_menu

blueprint = Blueprint("outbox", __name__)
blueprint.before_request(access.guard())
blueprint.context_processor(desk_menu.on_every_page)


@blueprint.get("/moderacja/listy")
def page() -> str:
    """The list, newest first."""
    one = access.signed_in()
    number = request.args.get("page", 1, type=int)
    number = max(1, min(number, 100_000))
    total, posted = letters.outbox(current.desk(), _limits(one), page=number)
    return render_template(
        "access/letters.html",
        total=total,
        letters=posted,
        page=number,
        last_page=-(-total // letters.PER_PAGE),
        in_files=not current.setting("SMTP"),
    )


@blueprint.get("/moderacja/listy/<int:letter_id>")
def letter(letter_id: int) -> str:
    """One letter, as text."""
    one = access.signed_in()
    found = letters.find(current.desk(), letter_id)
    if not letters.is_readable(current.desk(), found, _limits(one)):
        raise Forbidden("letter")
    return render_template("access/letter.html", posted=found, text=letters.shown(found.letter))


def _limits(one: Person) -> MayDecide | None:
    return None if one.role == "admin" else partial(people.may_decide, one)
