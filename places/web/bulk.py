"""A moderator's table: sent, its columns named, looked at row by row, taken in whole or not at all.

Between the steps the file stays here (uploads.py) and so does what was said of it; a form brings
only choices.  What is published is the plan that was shown: should the catalogue change in between,
it is shown again.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from places import lists, people, place, uploads
from places.errors import Conflict, Fault, Invalid, NotFound
from places.exchange import blank, files
from places.exchange.files import Form
from places.exchange.intake import Care, Terms
from places.exchange.rows import Table
from places.lists import Batch
from places.uploads import Upload
from places.web import access, current, desk_menu, downloads, mapping, previewing, words

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": downloads.XLSX,
}

blueprint = Blueprint("bulk", __name__, url_prefix="/moderacja/tabela")


@blueprint.before_request
def _make_room() -> None:
    """Before anything of the form is read; who may not send one is refused unread."""
    access.signed_in()
    if request.endpoint == "bulk.send":
        request.max_content_length = lists.MOST_BYTES + 100_000


blueprint.before_request(access.guard())
blueprint.context_processor(desk_menu.on_every_page)


@blueprint.get("/")
def start() -> ResponseReturnValue:
    """What can be sent, and the table that was not finished."""
    return _start()


@blueprint.post("/")
@access.limiter.limit(access.forms)
def send() -> ResponseReturnValue:
    """Takes the file; it is read at once, so that a bad one is refused here."""
    one = access.signed_in()
    given = request.files.get("file")
    try:
        if given is None or not given.filename:
            raise Invalid([Fault("file", "no_file")])
        form = files.form_to_read(Path(given.filename.rpartition("/")[2]))
        raw = given.stream.read(lists.MOST_BYTES + 1)
        if len(raw) > lists.MOST_BYTES:
            most = str(lists.MOST_BYTES // 1_000_000)
            raise Invalid([Fault("", "too_many_bytes", "", most)])
        if not files.read_bytes(raw, form, lists.BOUNDS).rows:
            raise Invalid([Fault("", "list_empty")])
    except Invalid as error:
        return _start([("file", words.wrong_where(wrong)) for wrong in error.faults])
    kept = uploads.keep(
        current.desk(), current.instance(), one.id, (given.filename, form, raw), current.now()
    )
    return redirect(url_for("bulk.columns", word=kept.word), 303)


@blueprint.get("/szablon.<form>")
def template(form: str) -> ResponseReturnValue:
    """An empty table to fill."""
    if form not in _TYPES:
        raise NotFound(form)
    told = {name: _told(name) for name in blank.COLUMNS}
    raw = blank.write(cast(Form, form), told, words.cell_values())
    name = {"Content-Disposition": f'attachment; filename="miejsca-szablon.{form}"'}
    return Response(raw, headers=name, content_type=_TYPES[form])


@blueprint.get("/<word>")
def columns(word: str) -> ResponseReturnValue:
    """Whose column is which, as far as the headers tell."""
    upload, table = _opened(word)
    return _columns(upload, table, upload.terms or mapping.proposed(table))


@blueprint.post("/<word>")
def settle(word: str) -> ResponseReturnValue:
    """Keeps what was said of the columns, and goes on to the preview."""
    upload, table = _opened(word)
    # What was said of rows stays: they are the same rows.
    said = {name: upload.terms[name] for name in previewing.CHOICES if name in upload.terms}
    terms = {**mapping.read(request.form, table), **said}
    uploads.settle(current.desk(), upload, terms)
    return redirect(url_for("bulk.preview", word=word), 303)


@blueprint.get("/<word>/podglad")
def preview(word: str) -> ResponseReturnValue:
    """What would become of every row; nothing is written."""
    upload, table = _opened(word)
    if not upload.terms:
        return redirect(url_for("bulk.columns", word=word))
    return _preview(upload, _planned(table, upload.terms))


@blueprint.post("/<word>/podglad")
def choose(word: str) -> ResponseReturnValue:
    """What was said of single rows: the same place, another one, not this time."""
    upload, table = _opened(word)
    if upload.terms:
        batch = _planned(table, upload.terms)
        chosen = previewing.choices(request.form, batch, upload.terms)
        uploads.settle(current.desk(), upload, {**upload.terms, **chosen})
    return redirect(url_for("bulk.preview", word=word), 303)


@blueprint.post("/<word>/zapisz")
def apply(word: str) -> ResponseReturnValue:
    """Publishes what was shown, all of it or nothing."""
    upload, table = _opened(word)
    if not upload.terms:
        return redirect(url_for("bulk.columns", word=word), 303)
    batch, one = _planned(table, upload.terms), access.signed_in()
    try:
        if batch.digest != request.form.get("digest"):
            raise Conflict("newer")
        made_by = upload.terms["made_by"]
        lists.publish(current.press(), batch, made_by=made_by, person=one.id)
    except Conflict:
        if uploads.last(current.desk(), one.id, current.now()) is None:
            return redirect(url_for("bulk.start"), 303)  # Pressed twice: it is saved.
        newer = gettext(
            "Katalog albo tabela zmieniły się od czasu podglądu. Nic nie zapisano;"
            " obejrzyj podgląd jeszcze raz."
        )
        flash(newer, "warning")
        return redirect(url_for("bulk.preview", word=word), 303)
    except Invalid as error:
        faults = [("digest", words.wrong_where(wrong)) for wrong in error.faults]
        return _preview(upload, batch, faults), 400
    uploads.drop(current.desk(), current.instance(), [upload.word])
    flash(
        gettext(
            "Zapisano tabelę „%(name)s”: nowe %(added)s, zmienione %(changed)s.",
            name=upload.name,
            added=words.number(batch.plan.count("added")),
            changed=words.number(batch.plan.count("changed")),
        )
    )
    return redirect(url_for("bulk.start"), 303)


@blueprint.post("/<word>/porzuc")
def give_up(word: str) -> ResponseReturnValue:
    """Deletes the table; nothing of it was written."""
    found = uploads.find(current.desk(), access.signed_in().id, word, current.now())
    uploads.drop(current.desk(), current.instance(), [found.word])
    flash(gettext("Tabela „%(name)s” usunięta. Nic z\u00a0niej nie zapisano.", name=found.name))
    return redirect(url_for("bulk.start"), 303)


def _start(faults: list[tuple[str, str]] | None = None) -> ResponseReturnValue:
    page = render_template(
        "bulk/start.html",
        faults=faults,
        pending=uploads.last(current.desk(), access.signed_in().id, current.now()),
        most_rows=lists.BOUNDS.rows,
        most_megabytes=lists.MOST_BYTES // 1_000_000,
    )
    return page, (400 if faults else 200)


def _columns(upload: Upload, table: Table, terms: Mapping[str, Any]) -> str:
    own, unused = mapping.beside(table, terms)
    return render_template(
        "bulk/columns.html",
        upload=upload,
        table=table,
        terms=terms,
        lines=mapping.lines(table, terms),
        ref=mapping.ref(terms),
        own=own,
        unused=unused,
    )


def _preview(upload: Upload, batch: Batch, faults: list[tuple[str, str]] | None = None) -> str:
    return render_template(
        "bulk/preview.html",
        upload=upload,
        batch=batch,
        parts=previewing.parts(batch, upload.terms),
        ways=previewing.ways_out(batch),
        filled=previewing.filled(batch),
        faults=faults,
    )


def _opened(word: str) -> tuple[Upload, Table]:
    """The table of whoever is signed in.

    Raises NotFound.
    """
    found = uploads.find(current.desk(), access.signed_in().id, word, current.now())
    raw = uploads.content(current.instance(), found)
    return found, files.read_bytes(raw, cast(Form, found.form), lists.BOUNDS)


def _planned(table: Table, terms: Mapping[str, Any]) -> Batch:
    """What it would do, in the area of whoever is signed in."""
    one, press = access.signed_in(), current.press()
    care = Care(
        may=lambda found: people.may_decide(one, found.address.teryt, found.networks),
        only_unknown=bool(terms.get("only_unknown")),
        same={int(row): kept for row, kept in terms.get("same", {}).items()},
        apart=frozenset(terms.get("apart", ())),
        passed=frozenset(terms.get("passed", ())),
    )
    asked = Terms(
        today=press.today,
        new_id=place.new_id,
        maps=terms["maps"],
        constants=terms["constants"],
        care=care,
    )
    return lists.planned(lists.state(press), table, asked)


def _told(name: str) -> str:
    return ": ".join(part for part in (words.column(name), words.cell_help(name)) if part)
