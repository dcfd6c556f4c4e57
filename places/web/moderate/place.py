"""One place on the desk: who looks after it, what it has been, what may be done with it."""

import re

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from places import amendments, history, ledger, owners, search, submissions, twins
from places.errors import NotFound
from places.place import Place
from places.web import current, words
from places.web.moderate import reach

_MOST_FOUND = 20


def find() -> ResponseReturnValue:
    """Looks for a place by its id or its name; with `with`, for the other record of a merger."""
    q = request.args.get("q", "").strip()[:200]
    other = request.args.get("with", "")
    keep = reach.place(other) if other else None
    if re.fullmatch("[0-9a-z]{8}", q) and q != other and (chosen := _by_id(q)) is not None:
        return redirect(_next(chosen, keep))
    return render_template(
        "moderate/places.html", q=q, keep=keep, places=_named(q, other), to=lambda p: _next(p, keep)
    )


def show(place_id: str) -> ResponseReturnValue:
    """The page of one place."""
    return page(reach.place(place_id))


def page(found: Place, **more: object) -> ResponseReturnValue:
    """The same, with what is wrong with a form that was sent."""
    desk = current.desk()
    revisions = history.of(desk, found.id)
    return render_template(
        "moderate/place.html",
        place=found,
        owners=owners.of(desk, found.id),
        revisions=_compared(revisions),
        acts=ledger.of_place(desk, found.id),
        asks=ledger.asked(desk, found.id),
        waiting=submissions.about(desk, found.id),
        twins=twins.probable(current.index(), found) if found.listed else (),
        form=request.form,
        **more,
    ), (400 if more.get("faults") else 200)


def join(place_id: str, other_id: str) -> ResponseReturnValue:
    """Two records side by side, to choose what the one that stays will say."""
    if place_id == other_id:
        raise NotFound(other_id)
    keep, drop = reach.place(place_id), reach.place(other_id)
    rows = words.changes(amendments.flat(drop), amendments.flat(keep))
    return render_template("moderate/join.html", keep=keep, drop=drop, rows=rows)


def _compared(
    revisions: tuple[history.Revision, ...],
) -> list[tuple[history.Revision, list[words.Change]]]:
    """Each revision with what it changed in the one before."""
    found = []
    for at, one in enumerate(revisions):
        older = amendments.flat(revisions[at + 1].record) if at + 1 < len(revisions) else None
        now = amendments.flat(one.record)
        found.append((one, words.changes(older, now) if older is not None else []))
    return found


def _by_id(place_id: str) -> Place | None:
    try:
        return reach.place(place_id)
    except NotFound:
        return None


def _named(q: str, other: str) -> list[Place]:
    if not q:
        return []
    index = current.index()
    asked = search.read(current.index, {"q": [q], "exact": ["1"], "per_page": ["100"]})
    found = (hit.place for hit in search.run(index, asked, current.now()).hits)
    mine = (one for one in found if one.id != other and reach.decides_on(one))
    return [one for one, _ in zip(mine, range(_MOST_FOUND), strict=False)]


def _next(chosen: Place, keep: Place | None) -> str:
    if keep is None:
        return url_for("moderate.place", place_id=chosen.id)
    return url_for("moderate.join", place_id=keep.id, other_id=chosen.id)
