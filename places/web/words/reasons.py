"""Why a place stands where it stands, in words: what `explain=1` shows under a card."""

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.explaining import Reason
from places.search import Hit, Results
from places.web.words.dates import date_of
from places.web.words.quantities import distance_to

_FIELDS: Mapping[str, object] = {
    "name": _("w\u00a0nazwie"),
    "network": _("w\u00a0nazwie sieci"),
    "kind": _("w\u00a0rodzaju miejsca"),
    "address": _("w\u00a0adresie"),
    "offer": _("w\u00a0tym, co się tu dzieje"),
    "rest": _("w\u00a0opisie"),
    "": _("nie ma tego w\u00a0żadnym polu"),
}
_OPEN = {
    2: _("o\u00a0tej porze otwarte"),
    1: _("nie wiemy, czy o\u00a0tej porze jest otwarte, dlatego stoi niżej"),
    0: _("o\u00a0tej porze zamknięte"),
}


def why(results: Results, hit: Hit) -> list[str]:
    """The reasons for a place's position, the weightiest first; none unless they were asked."""
    found = results.reasons.get(hit.place.id, ())
    return [one for reason in found if (one := _said(reason, results, hit))]


def _said(reason: Reason, results: Results, hit: Hit) -> str:
    if reason.kind == "word":
        return f"„{reason.said}”: {_FIELDS.get(reason.field, reason.field)}"
    if reason.kind == "synonym":
        where = _FIELDS.get(reason.field, reason.field)
        return gettext("„%(word)s” pod inną nazwą: %(where)s", word=reason.said, where=where)
    if reason.kind == "distance":
        return gettext("odległość: %(far)s", far=distance_to(hit.place, reason.weight))
    if reason.kind == "open":
        return str(_OPEN.get(round(reason.weight), ""))
    if reason.kind == "wish":
        return _wish(reason.weight / max(1, len(results.understood.wishes)))
    if reason.kind == "checked":
        return gettext("informacje %(date)s", date=date_of(reason.said))
    return ""


def _wish(met: float) -> str:
    """How far the wishes are met: two is yes, one is that nobody knows."""
    if met > 1.5:
        return gettext("pasuje do tego, czego szukasz")
    if met > 1:
        return gettext("częściowo pasuje do tego, czego szukasz; reszty nie wiemy")
    return gettext("nie wiemy, czy pasuje do wszystkiego, czego szukasz")
