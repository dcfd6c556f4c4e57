"""What somebody cannot do without (a lift, no fee) in words: where it is, and where nobody knows.

Most places say nothing of it, so those that are known to have it stand apart and first, as those
whose hours are known do.
"""

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.place import Place
from places.search import Results
from places.understanding import Wish
from places.web.words.quantities import place_count

ACCESS = {
    "level_entrance": _("bez schodów"),
    "wheelchair": _("dla osób na wózku"),
    "ground_floor": _("na parterze"),
    "ramp": _("z\u00a0podjazdem"),
    "lift": _("z\u00a0windą"),
    "toilet": _("z\u00a0toaletą"),
    "toilets_wheelchair": _("toaleta dla osób na wózku"),
    "parking_disabled": _("parking dla osób z\u00a0niepełnosprawnością"),
    "assistance": _("z\u00a0pomocą na miejscu"),
    "hearing_loop": _("z\u00a0pętlą indukcyjną"),
    "sign_language": _("w\u00a0języku migowym"),
}


def needed(results: Results) -> str:
    """What is needed, in a row: "z windą, bezpłatnie"; empty where nothing is."""
    return ", ".join(_name(one) for one in results.understood.needs)


def needs_met(results: Results, place: Place) -> list[str]:
    """What a place is known to have of it: "z windą: tak"."""
    said = {"yes": gettext("tak"), "limited": gettext("częściowo")}
    found = ((_name(one), said.get(_answer(one, place) or "")) for one in results.understood.needs)
    return [f"{name}: {answer}" for name, answer in found if answer]


def surely_fit(results: Results) -> str:
    """The heading of those that have it."""
    count = place_count(results.total - results.unknown_needs)
    return gettext("Wiemy, że: %(needed)s – %(places)s", needed=needed(results), places=count)


def fit_unknown(results: Results) -> str:
    """The heading of those of which nobody knows."""
    return gettext(
        "Nie wiemy, czy: %(needed)s – %(places)s; zadzwoń, zanim przyjdziesz",
        needed=needed(results),
        places=place_count(results.unknown_needs),
    )


def none_surely_fits(results: Results) -> str:
    """Where of no place it is known, a sentence instead of headings; else empty."""
    if not results.total or results.unknown_needs != results.total:
        return ""
    return gettext(
        "O\u00a0żadnym z\u00a0tych miejsc nie wiemy, czy spełnia warunek: %(needed)s. Zadzwoń,"
        " zanim przyjdziesz.",
        needed=needed(results),
    )


def _name(wish: Wish) -> str:
    if wish.kind == "free":
        return gettext("bezpłatnie")
    return str(ACCESS.get(wish.values[0], wish.values[0]))


def _answer(wish: Wish, place: Place) -> str | None:
    if wish.kind == "free":
        return place.rules.free
    answer: str | None = getattr(place.accessibility, wish.values[0], None)
    return answer
