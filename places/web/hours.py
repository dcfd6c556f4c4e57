"""The helper that turns hours as people write them into a rule, for them to confirm.

The page is one form: whoever sends the text sees what was understood, whoever sends it together
with that very rule has confirmed it.  A rule that is not the text's own confirms nothing, so a
text changed after the answer is read again instead.  Forms embed `hours/_helper.html`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, json, render_template, request
from flask_babel import gettext

from places import hours_reading
from places.errors import Fault, Invalid, shortened
from places.holidays import voivodeships
from places.hours_reading import LONGEST, Reading
from places.hours_rule import Unreadable, holiday_kinds
from places.web import current, words

blueprint = Blueprint("hours", __name__)


@blueprint.get("/godziny")
def helper() -> str:
    """Hours in Polish, as a rule, as a week; then the rule to copy."""
    asked = _asked(current.asked(), ("text", "rule", "voivodeship"))
    reading = hours_reading.read(asked["text"])
    return _page(
        reading,
        asked["voivodeship"],
        confirmed=reading.rule is not None and asked["rule"] == reading.rule,
        changed_since=bool(asked["rule"]) and asked["rule"] != reading.rule,
    )


def refused(error: Invalid) -> Response:
    """What is wrong with the question, above the form with the text as it was typed."""
    typed = request.args.get("text", "")
    reading = Reading(typed, None, "", (), None)
    refusals = [words.fault(fault) for fault in error.faults]
    return Response(_page(reading, "", refusals=refusals), 400)


def _page(reading: Reading, voivodeship: str, **more: Any) -> str:
    return render_template(
        "hours/page.html",
        reading=reading,
        week=_week(reading, voivodeship),
        by_voivodeship=_depends_on_voivodeship(reading),
        voivodeship=voivodeship,
        voivodeships=voivodeships(),
        longest=LONGEST,
        **more,
    )


@blueprint.get("/api/hours")
def reading() -> Response:
    """The same for programs, and for the form while somebody types."""
    asked = _asked(request.args.to_dict(flat=False), ("text", "voivodeship"))
    found = hours_reading.read(asked["text"])
    content = json.dumps(_told(found, asked["voivodeship"]), ensure_ascii=False)
    return Response(content, mimetype="application/json")


def _asked(args: Mapping[str, Sequence[str]], known: Sequence[str]) -> dict[str, str]:
    """The parameters, each once or not at all.

    Raises Invalid with all the faults.
    """
    given = {name: [one for one in args.get(name, ()) if one.strip()] for name in known}
    faults = [
        Fault(shortened(name), "unknown_parameter", "", ", ".join(known))
        for name in args
        if name not in known
    ]
    faults += [
        Fault(name, "given_twice", shortened(", ".join(values)))
        for name, values in given.items()
        if len(values) > 1
    ]
    asked = {name: next(iter(values), "") for name, values in given.items()}
    faults += _wrong(asked)
    if faults:
        raise Invalid(faults)
    return asked


def _wrong(asked: Mapping[str, str]) -> Iterable[Fault]:
    # What a browser counts as one it sends as two: a line ends with "\r\n".
    if len(asked["text"].replace("\r\n", "\n")) > LONGEST:
        yield Fault("text", "too_long", shortened(asked["text"]), str(LONGEST))
    voivodeship = asked["voivodeship"]
    if voivodeship and voivodeship not in voivodeships():
        limit = ", ".join(voivodeships())
        yield Fault("voivodeship", "not_in_list", shortened(voivodeship), limit)


def _week(reading: Reading, voivodeship: str) -> words.Week | None:
    if reading.rule is None:
        return None
    return words.week_of(reading.rule, voivodeship, current.now().date())


def _depends_on_voivodeship(reading: Reading) -> bool:
    """Whether the rule speaks of school holidays, which every voivodeship has at its own time."""
    try:
        return reading.rule is not None and "SH" in holiday_kinds(reading.rule)
    except Unreadable:
        return False


def _told(reading: Reading, voivodeship: str) -> dict[str, Any]:
    week = _week(reading, voivodeship)
    wrong = reading.fault
    return {
        "text": reading.text,
        "rule": reading.rule,
        "words": words.tied(reading.words),
        "left": reading.left,
        "faults": [_fault(reading.text, wrong)] if wrong else [],
        "week": [_row(row) for row in week.rows] if week else [],
        "change": week.exception if week else "",
        "by_voivodeship": _depends_on_voivodeship(reading),
    }


def _fault(text: str, one: Fault) -> dict[str, Any]:
    message = words.hours_fault(text, one)
    return {"code": one.code, "message": message, "position": int(one.limit)}


def _row(row: words.Row) -> dict[str, Any]:
    said = ", ".join(row.times)
    return {
        "day": row.name,
        "date": row.day.isoformat(),
        "state": row.state,
        "said": gettext("%(times)s (%(note)s)", times=said, note=row.note) if row.note else said,
    }
