"""What a moderator does with a place: close, withdraw, bring back, merge with another record,
take out of its history what should never have been public.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from places import amendments, publishing, striking
from places.errors import Conflict, Fault, Invalid, NotFound
from places.place import Place
from places.web import current, words
from places.web.moderate import place, reach

_LONGEST = 2_000


def act(place_id: str, verb: str) -> ResponseReturnValue:
    """Does what the button says, and shows the place again."""
    if verb not in _VERBS:
        raise NotFound(verb)
    found = reach.place(place_id)
    try:
        kept = _VERBS[verb](found)
    except Conflict as conflict:
        flash(words.conflict(conflict.code), "warn")
        kept = found.id
    except Invalid as error:
        return place.page(
            found, faults=[(one.field, words.wrong_where(one)) for one in error.faults]
        )
    current.deliver()
    return redirect(url_for("moderate.place", place_id=kept), 303)


def _close(found: Place) -> str:
    note = _note("close")
    if day := request.form.get("day", "").strip():
        # The record knows no day of closing; the words a reader gets do.
        note = gettext("Zamknięte %(day)s. %(note)s", day=_day(day), note=note)
    publishing.close(current.press(), found.id, note, reach.me().id)
    flash(gettext("Miejsce jest zamknięte; jego strona mówi dlaczego."), "done")
    return found.id


def _withdraw(found: Place) -> str:
    publishing.withdraw(current.press(), found.id, _note("withdraw"), reach.me().id)
    flash(gettext("Wpis jest wycofany z\u00a0katalogu."), "done")
    return found.id


def _restore(found: Place) -> str:
    number = request.form.get("number", "")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise NotFound(number)
    publishing.restore(current.press(), found.id, int(number), reach.me().id)
    flash(gettext("Przywrócone: wpis znowu wygląda jak w\u00a0wersji %(n)s.", n=number), "done")
    return found.id


def _strike(found: Place) -> str:
    said = striking.says(request.form.get("strike", "")[:_LONGEST])
    count = striking.strike(current.desk(), found, said, reach.me().id, current.now())
    if count:
        flash(
            gettext("Usunięte z\u00a0historii; zmienione wersje: %(count)s.", count=count), "done"
        )
    else:
        flash(gettext("W\u00a0historii tego wpisu nie ma takich słów."), "warn")
    return found.id


def _merge(found: Place) -> str:
    other = reach.place(request.form.get("other", ""))
    if found.merged_into:  # It would be merged into whatever that leads to.
        raise Conflict("merged")
    values = _chosen(amendments.flat(other))
    publishing.merge(current.press(), found.id, other.id, reach.me().id, values)
    flash(gettext("Połączone. Adres drugiego wpisu prowadzi teraz tutaj."), "done")
    return found.id


_VERBS: Mapping[str, Callable[[Place], str]] = {
    "zamknij": _close,
    "wycofaj": _withdraw,
    "przywroc": _restore,
    "usun-z-historii": _strike,
    "polacz": _merge,
}


def _chosen(other: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are to be taken over from the record that goes."""
    fields = [
        name.removeprefix("take.")
        for name, value in request.form.items()
        if name.startswith("take.") and value == "drop"
    ]
    taken: dict[str, Any] = {}
    for field in fields:
        names = ("lat", "lon") if field == "point" else (field,)
        if field.startswith("checked."):
            names = (f"{field}.on", f"{field}.by")
        if field in amendments.BOOKKEEPING:
            continue
        taken.update({name: other.get(name) for name in names})
    return taken


def _note(name: str) -> str:
    said = request.form.get(name, "").strip()[:_LONGEST]
    if not said:
        raise Invalid([Fault(name, "missing")])
    return said


def _day(said: str) -> str:
    try:
        date.fromisoformat(said + "-01-01"[len(said) - 4 :])
    except ValueError:
        raise Invalid([Fault("day", "not_a_date", said)]) from None
    return words.date_when(said)
