"""The photos that come with a form: read once a request, and kept though the form has faults.

A browser forgets chosen files when a form comes back.  So what could be read is kept at once under
a word that travels with the form, signed, and nothing has to be chosen twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from flask import g, request

from places import photos, pictures, text
from places.errors import Fault, Invalid, shortened
from places.photos import LICENCES, LONGEST_ALT, LONGEST_AUTHOR, MOST, Waiting
from places.submissions import Proposal
from places.web import access, current, traps
from places.web.forms import Form

WITH_PHOTOS = frozenset({"submit.add", "submit.change", "owner.save"})
"""Where a request may be as big as photos are."""
MOST_BYTES = MOST * pictures.MOST_BYTES + 1_000_000
FILE, ALT, DROP = "photo.", "photo-alt.", "photo-drop."
_SLOTS = tuple(f"s{number}" for number in range(MOST))


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The photos of a form."""

    word: str = ""
    """What stands for them; empty without any."""
    photos: tuple[Waiting, ...] = ()
    faults: tuple[Fault, ...] = ()
    slots: tuple[tuple[str, str], ...] = tuple((name, "") for name in _SLOTS)
    """Where more may be chosen: the end of a field's name, and what was typed beside it."""
    author: str = ""
    licence: str = ""

    @property
    def signed(self) -> str:
        """The word for the hidden field; empty without any."""
        return traps.signed("photos", self.word) if self.photos else ""


def make_room() -> None:
    """Lets a form with photos be bigger than others; before anything of it is read."""
    if request.method == "POST" and request.endpoint in WITH_PHOTOS:
        request.max_content_length = MOST_BYTES


def uploaded() -> Uploaded:
    """What came with this request; kept, counted and described."""
    if "uploaded" not in g:
        sent = request.method == "POST" and request.endpoint in WITH_PHOTOS
        g.uploaded = _read(request.form) if sent else Uploaded()
    return cast(Uploaded, g.uploaded)


def attached(proposal: Proposal) -> Proposal:
    """The proposal with the photos of this request; within the step that made it."""
    if uploaded().photos:
        photos.attach(current.desk(), uploaded().word, proposal.id, proposal.place)
    return proposal


def _read(form: Form) -> Uploaded:
    files = {} if access.is_too_often() else request.files
    chosen = {name: files[FILE + name] for name in _SLOTS if FILE + name in files}
    chosen = {name: one for name, one in chosen.items() if one.filename}
    word = traps.unsigned("photos", form.get("photos", "")) if form.get("photos") else None
    if not word and not chosen:
        return Uploaded(slots=_slots(form, (), 0))
    word = word or photos.new_word()
    _drop(form, word)
    taken, faults = [], []
    for name, one in chosen.items():
        try:
            content = one.stream.read(pictures.MOST_BYTES + 1)
            kept = photos.keep(current.desk(), current.instance(), word, content, current.now())
        except Invalid as error:
            called = shortened(one.filename or "", 60)
            faults += [Fault("photos", wrong.code, called, wrong.limit) for wrong in error.faults]
        else:
            taken.append(name)
            _describe(form, kept, form.get(ALT + name, ""))
    for kept in photos.of(current.desk(), word):
        if ALT + kept.id in form:
            _describe(form, kept, form[ALT + kept.id])
    ours = photos.of(current.desk(), word)
    faults += _missing(form, ours)
    slots = _slots(form, taken, len(ours))
    return Uploaded(word, ours, tuple(faults), slots, _author(form), _licence(form))


def _describe(form: Form, one: Waiting, alt: str) -> None:
    said = text.clean(alt)[:LONGEST_ALT]
    photos.describe(current.desk(), one.id, alt=said, author=_author(form), licence=_licence(form))


def _drop(form: Form, word: str) -> None:
    ours = [one.id for one in photos.of(current.desk(), word) if DROP + one.id in form]
    photos.drop(current.desk(), current.instance(), ours)


def _missing(form: Form, ours: Sequence[Waiting]) -> Iterator[Fault]:
    for one in ours:
        if not one.alt:
            yield Fault(ALT + one.id, "photo_alt")
    if ours and not _author(form):
        yield Fault("photos-author", "photo_author")
    if ours and not _licence(form):
        yield Fault("photos-licence", "photo_licence")


def _slots(form: Form, taken: Sequence[str], kept: int) -> tuple[tuple[str, str], ...]:
    free = [name for name in _SLOTS if name not in taken][: MOST - kept]
    # What was typed beside a file that could not be read stays.
    return tuple((name, form.get(ALT + name, "")) for name in free)


def _author(form: Form) -> str:
    return text.clean(form.get("photos-author", ""))[:LONGEST_AUTHOR]


def _licence(form: Form) -> str:
    given = form.get("photos-licence", "")
    return given if given in LICENCES else ""
