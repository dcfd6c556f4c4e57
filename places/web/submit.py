"""Adding a place, changing one, telling that something is wrong: for anybody, without an account.

Whatever is wrong, the answer is the same form as it was filled: nothing typed is ever lost.
Nothing is kept before the form has no fault left, and nobody decides on it before its sender has
confirmed it by e-mail.
"""

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from places import amendments, localities, search, submissions, text, twins
from places.errors import Fault, Gone
from places.place import Place
from places.submissions import PROBLEMS, Draft
from places.web import access, asking, current, filling, sending, uploading, words
from places.web.filling import Filled
from places.web.forms import Form
from places.web.seeing import base_of, carried, resolved, seen_word

blueprint = Blueprint("submit", __name__)

_ADD, _CHANGE, _PROBLEM = "submit/add.html", "submit/change.html", "submit/problem.html"


@blueprint.route("/dodaj", methods=["GET", "POST"])
@access.limiter.limit(access.forms, methods=["POST"])
def add() -> ResponseReturnValue:
    """A place that is not in the catalogue yet."""
    form: Form = request.form
    if request.method != "POST" or "more_rooms" in form:
        return asking.page(_ADD, form)
    filled = filling.new(form)
    sender, wrong = filling.sender(form, sending.origin())
    faults = [*sending.faults(form, sender), *filled.faults, *uploading.uploaded().faults, *wrong]
    if faults or filled.place is None:
        return asking.page(_ADD, form, faults, filled), 400
    if known := _twins(form, filled.place):
        return asking.page(_ADD, form, (), filled, twins=known)
    draft = _draft(form, filled)
    refused = sending.send(
        form,
        sender,
        lambda: uploading.attached(submissions.add(current.desk(), draft, sender, current.now())),
    )
    if refused:
        return asking.page(_ADD, form, refused, filled), 400
    return redirect(url_for("submit.sent"), 303)


@blueprint.get("/dodaj/wyslane")
def sent() -> ResponseReturnValue:
    """What happens now; the same page for everybody."""
    return render_template("submit/sent.html", in_files=not current.setting("SMTP"))


@blueprint.route("/miejsca/<slug>-<place_id>/popraw", methods=["GET", "POST"])
@access.limiter.limit(access.forms, methods=["POST"])
def change(slug: str, place_id: str) -> ResponseReturnValue:
    """Other facts about a place; only what was touched is sent."""
    place = _listed(place_id)
    if place.slug != slug and request.method != "POST":
        return redirect(url_for("submit.change", slug=place.slug, place_id=place.id), 301)
    base = base_of(request.form, place_id)
    if base is None:
        # Somebody who was adding it found that it is here already.
        return _change_page(place, carried(place, request.form))
    if "more_rooms" in request.form:
        return _change_page(base, request.form)
    return _changed(place, base, request.form)


def _changed(place: Place, base: Place, form: Form) -> ResponseReturnValue:
    filled = filling.changed(form, base)
    sender, wrong = filling.sender(form, sending.origin())
    faults = [*sending.faults(form, sender), *filled.faults, *uploading.uploaded().faults, *wrong]
    if not faults and not filled.values and not uploading.uploaded().photos:
        faults = [Fault("", "nothing_changed")]
    if faults:
        return _change_page(base, form, faults, filled), 400
    if newer := amendments.conflicts(place, amendments.flat(base), filled.values):
        return _newer(place, form, filled, newer), 409
    draft = _draft(form, filled)
    refused = sending.send(
        form,
        sender,
        lambda: uploading.attached(
            submissions.change(current.desk(), place, draft, sender, current.now())
        ),
    )
    if refused:
        return _change_page(base, form, refused, filled), 400
    return redirect(url_for("submit.sent"), 303)


@blueprint.route("/miejsca/<slug>-<place_id>/zglos", methods=["GET", "POST"])
@access.limiter.limit(access.forms, methods=["POST"])
def problem(slug: str, place_id: str) -> ResponseReturnValue:
    """Something is wrong with a place, and whoever tells it need not know what is right."""
    place = _listed(place_id)
    form: Form = request.form
    if request.method != "POST":
        if place.slug != slug:
            return redirect(url_for("submit.problem", slug=place.slug, place_id=place.id), 301)
        return asking.page(_PROBLEM, form, place=place)
    sender, wrong = filling.sender(form, sending.origin())
    kind, note = form.get("problem", ""), text.clean(form.get("note", ""))
    faults = [*sending.faults(form, sender), *filling.plain_faults(form)]
    if kind not in PROBLEMS:
        faults.append(Fault("problem", "missing"))
    if not note and kind in ("moved", "other"):
        faults.append(Fault("note", "missing"))
    if not (faults := [*faults, *wrong]):
        faults += sending.send(
            form,
            sender,
            lambda: submissions.problem(current.desk(), place, kind, note, sender, current.now()),
        )
    if faults:
        return asking.page(_PROBLEM, form, faults, place=place), 400
    return redirect(url_for("submit.sent"), 303)


@blueprint.get("/dodaj/miejscowosci")
def settlements() -> ResponseReturnValue:
    """The settlements a typed name may mean, for the form while somebody types."""
    found = localities.named(current.index(), request.args.get("name", "")[:200])
    return jsonify(
        [
            {
                "key": one.key,
                "name": one.name,
                "where": words.whereabouts(one),
                "gmina": one.gmina,
                "point": one.point,
            }
            for one in found[:20]
        ]
    )


@blueprint.errorhandler(429)
def too_often(_error: HTTPException) -> ResponseReturnValue:
    """The form again, as it was filled, where somebody sends more than they may."""
    views = {"submit.add": _ADD, "submit.change": _CHANGE, "submit.problem": _PROBLEM}
    more: dict[str, Any] = {}
    if request.view_args:
        place = _listed(request.view_args["place_id"])
        more = {"place": place, "seen": request.form.get("seen", "")}
    template = views[request.endpoint or "submit.add"]
    return asking.page(template, request.form, [Fault("", "too_often")], **more), 429


def _draft(form: Form, filled: Filled) -> Draft:
    note, source = (text.clean(form.get(name, "")) for name in ("note", "source"))
    return Draft(filled.values, note, source, bool(uploading.uploaded().photos))


def _twins(form: Form, place: Place) -> tuple[twins.Twin, ...]:
    """Places that may be the same one, unless these were looked at and none of them is."""
    found = twins.probable(current.index(), place)[:5]
    looked_at = set(form.get("other_than", "").split())
    return found if any(one.place.id not in looked_at for one in found) else ()


def _listed(place_id: str) -> Place:
    """Raises NotFound, and Gone for a place that is in no list any more."""
    found = search.find(current.index(), place_id)
    if not found.listed:
        raise Gone(place_id)
    return found


def _change_page(
    place: Place, form: Form, faults: Any = (), filled: Filled | None = None, **more: Any
) -> str:
    return asking.page(_CHANGE, form, faults, filled, place=place, seen=seen_word(place), **more)


def _newer(place: Place, form: Form, filled: Filled, newer: Any) -> str:
    """The form over the record of today, with what this person changed and what others did."""
    merged = resolved(place, form, filled)
    return _change_page(place, merged, [Fault("", "newer")], filled, newer=newer)
