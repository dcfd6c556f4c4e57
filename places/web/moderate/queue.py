"""The list of what waits.  Every sifting is in its address; spam goes out in handfuls."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from places import inbox, people, search, submissions
from places.errors import NotFound
from places.inbox import STATES, Sift
from places.scope import Choice
from places.submissions import OPEN
from places.web import current, words
from places.web.moderate import reach

_GROUPS: Mapping[str, tuple[str, ...]] = {"": OPEN, "all": STATES}
_KINDS = ("add", "change", "problem")
_AGES = (3, 7, 14, 30)
"""Days, to choose from."""
_VOIVODESHIP, _POWIAT = 2, 4
"""Digits of a TERYT code."""
_CITIES = "61"
"""Powiats numbered from this are cities."""
_TAKEN = ("state", "kind", "q", "area", "network", "sender", "repeated", "days", "page")


def show() -> ResponseReturnValue:
    """What one may decide, the longest waiting first."""
    me, sift = reach.me(), _sift()
    desk, scope = current.desk(), people.scope(me)
    found = inbox.read(desk, scope, sift, current.now())
    return render_template(
        "moderate/queue.html",
        inbox=found,
        sift=sift,
        chosen=_chosen(),
        choices=inbox.choices(desk, scope),
        areas=_areas(me.areas),
        groups=_groups(found.counts),
        ages=_AGES,
        sifted=sift != replace(Sift(), states=sift.states, page=sift.page),
        to=_address,
    )


def bulk() -> ResponseReturnValue:
    """Throws away as spam what was ticked; what lies outside one's area stays untouched."""
    desk, me = current.desk(), reach.me()
    ticked = list(dict.fromkeys(request.form.getlist("id")))[: inbox.PER_PAGE * 4]
    theirs = [one for one in ticked if _is_mine(one)]
    thrown = submissions.spam(desk, theirs, me.id, current.now(), "block" in request.form)
    if thrown:
        flash(gettext("Wyrzucone jako spam: %(count)s.", count=thrown), "done")
    else:
        flash(gettext("Nic nie zostało zaznaczone albo ktoś był szybszy."), "warn")
    back = {name: value for name, value in request.form.items() if name in _TAKEN and value}
    return redirect(url_for("moderate.queue", **back), 303)  # type: ignore[arg-type]


def _areas(held: Iterable[tuple[str, str]]) -> list[str]:
    """What a moderator decides on, by the names the catalogue knows for the codes."""
    gminas = search.choices(current.index(), "gmina")
    return [value if kind == "network" else _area(value, gminas) for kind, value in held]


def _area(code: str, gminas: Sequence[Choice]) -> str:
    known = next((one for one in gminas if one.value.startswith(code)), None)
    if known is None:
        return gettext("TERYT %(code)s", code=code)
    if len(code) == _VOIVODESHIP:
        return gettext("województwo %(name)s", name=known.context.rpartition(", ")[2])
    if len(code) == _POWIAT and code[2:] < _CITIES:
        return gettext("powiat %(code)s", code=code)
    return known.label


def _is_mine(proposal_id: str) -> bool:
    try:
        reach.proposal(proposal_id)
    except NotFound:
        return False
    return True


def _sift() -> Sift:
    """What the address asks for; what is not understood asks for nothing."""
    args = request.args
    state, days, page = args.get("state", ""), args.get("days", ""), args.get("page", "")
    area, kind = args.get("area", ""), args.get("kind", "")
    return Sift(
        states=_GROUPS.get(state) or ((state,) if state in STATES else OPEN),
        kind=kind if kind in _KINDS else "",
        text=args.get("q", "")[:200],
        area=area if re.fullmatch("[0-9]{2,6}", area) else "",
        network=args.get("network", "")[:200],
        sender=args.get("sender", "").strip()[:254],
        repeated="repeated" in args,
        days=int(days) if re.fullmatch("[0-9]{1,4}", days) else 0,
        page=int(page) if re.fullmatch("[0-9]{1,5}", page) else 1,
    )


def _chosen() -> dict[str, str]:
    return {name: request.args[name] for name in _TAKEN if request.args.get(name)}


def _address(**changes: str | int) -> str:
    """This list with something else asked for; always from its first page."""
    kept = {name: value for name, value in _chosen().items() if name != "page"}
    asked = {**kept, **changes}
    return f"{url_for('moderate.queue')}?{urlencode({k: v for k, v in asked.items() if v})}"


def _groups(counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """The states to choose from, with how many there are."""
    states = [(s, words.state(s), counts[s]) for s in STATES if counts[s] or s in OPEN]
    return [
        ("", gettext("do decyzji"), sum(counts[one] for one in OPEN)),
        *states,
        ("all", gettext("wszystkie"), sum(counts.values())),
    ]
