"""The photos of a proposal on the moderator's table: each may be taken, or told better."""

from dataclasses import replace
from typing import Any

from flask import request

from places import photos, publishing, text
from places.errors import Fault, Invalid, NotFound
from places.photos import LONGEST_ALT
from places.submissions import Proposal
from places.web import current


def chosen(found: Proposal) -> dict[str, Any]:
    """The column of photos as it is to be; nothing where none was taken.

    Within the step of the acceptance, so that what others have added meanwhile stays.  Raises
    Invalid.
    """
    form = request.form
    taken = [
        replace(one, alt=text.clean(form.get(f"photo-alt.{one.id}", one.alt))[:LONGEST_ALT])
        for one in photos.of(current.desk(), found.id)
        if f"photo.{one.id}" in form
    ]
    if not taken:
        return {}
    if any(not one.alt for one in taken):
        raise Invalid([Fault("photos", "photo_alt")])
    press = current.press()
    try:
        there = publishing.current(press, found.place).photos
    except NotFound:
        there = ()
    new = photos.publish(current.instance(), press.catalogue, found.place, taken)
    known = {one.file for one in new}
    whole = [*(one for one in there if one.file not in known), *new]
    return {"photos": [one.model_dump() for one in whole]}
