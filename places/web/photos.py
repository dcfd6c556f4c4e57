"""Photos, as a browser is given them: public ones to everybody, waiting ones to whom they concern.

A public photo is given as long as a record names it, so whatever a moderator takes out of the
record is gone from the web in the same moment, whatever lies on the disk.
"""

from pathlib import Path

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from places import people, photos, publishing, search, submissions, tokens
from places.errors import NotFound
from places.place import Place
from places.web import access, current

blueprint = Blueprint("photos", __name__)

_YEAR = 31_536_000  # seconds


@blueprint.get("/zdjecia/<file>")
def file(file: str) -> Response:
    """A public photo, large or small."""
    if not _is_shown(file):
        raise NotFound(file)
    response = _jpeg(photos.folder(current.catalogue()) / file)
    # The name is made of the content: another picture has another name.
    response.cache_control.public = True
    response.cache_control.max_age = _YEAR
    response.cache_control.immutable = True
    return response


@blueprint.get("/moderacja/zgloszenia/<proposal_id>/zdjecia/<file>")
def waiting(proposal_id: str, file: str) -> Response:
    """A photo that waits, for whom decides on it."""
    person = access.signed_in()
    found = submissions.find(current.desk(), proposal_id)
    if not people.may_decide(person, found.teryt, found.networks):
        raise NotFound(proposal_id)
    return _waiting(found.id, file)


@blueprint.get("/zgloszenie/<word>/zdjecia/<file>")
def mine(word: str, file: str) -> Response:
    """The same, for whom sent it."""
    token = tokens.look(current.desk(), "proposal", word, current.now())
    return _waiting(token.subject, file)


@blueprint.post("/moderacja/miejsca/<place_id>/zdjecia/<file>/usun")
def remove(place_id: str, file: str) -> ResponseReturnValue:
    """Takes a photo out of the record and off the disk, for good."""
    person = access.signed_in()
    access.protect()
    press = current.press()
    place = publishing.current(press, place_id)
    if not people.may_decide(person, place.address.teryt, place.networks):
        raise NotFound(place_id)
    if file not in (one.file for one in place.photos):
        raise NotFound(file)
    left = [one.model_dump() for one in place.photos if one.file != file]
    publishing.publish(
        press,
        place.id,
        {"photos": left or None},
        made_by="moderator",
        what="changed",
        person=person.id,
    )
    photos.erase(press.catalogue, [file])
    flash(gettext("Zdjęcie usunięte z\u00a0katalogu i\u00a0z\u00a0dysku."), "done")
    return redirect(url_for("moderate.place", place_id=place.id), 303)


def _is_shown(file: str) -> bool:
    """Whether a place that is shown has it."""
    place_id = photos.place_of(file)
    if place_id is None:
        return False
    found = search.find(current.index(), place_id)
    if _has(found, file):
        return True
    # Of two records of one place one remains, with the photos of both.
    return bool(found.merged_into) and _has(
        search.find(current.index(), found.merged_into or ""), file
    )


def _has(place: Place, file: str) -> bool:
    return place.listed and photos.large(file) in (one.file for one in place.photos)


def _waiting(proposal_id: str, file: str) -> Response:
    found = photos.waiting_file(current.desk(), current.instance(), file, proposal_id)
    return _jpeg(found)


def _jpeg(path: Path) -> Response:
    # Read here, because Flask-Compress would stream the file and never close it.
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise NotFound(path.name) from None
    response = Response(content, mimetype="image/jpeg")
    response.add_etag()
    response.headers["Content-Disposition"] = "inline"
    response.make_conditional(request)
    return response
