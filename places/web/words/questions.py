"""The answer card: what residents ask of a place, in their order, and what we know.

A question without an answer stays on the card as "nie wiemy": leaving it out, or answering
"nie", would turn our ignorance into a fact about the place.
"""

from collections.abc import Iterator
from datetime import datetime

from babel import Locale
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from places.care import HALLS
from places.facts import Room
from places.place import Place
from places.web.words.access import access_reply
from places.web.words.codes import audience
from places.web.words.openness import openness
from places.web.words.quantities import people, square_metres
from places.web.words.reply import Reply, listed, reply
from places.web.words.timetable import said

_POLAR = {
    "free": (
        _("Czy jest bezpłatnie?"),
        {
            "yes": _("Tak, bezpłatnie"),
            "limited": _("Częściowo: nie wszystko jest bezpłatne"),
            "no": _("Nie, trzeba zapłacić"),
        },
    ),
    "walk_in": (
        _("Czy mogę po prostu wejść?"),
        {
            "yes": _("Tak, bez zapisów"),
            "limited": _("Nie zawsze, czasem trzeba się umówić"),
            "no": _("Nie, trzeba się wcześniej umówić"),
        },
    ),
    "residents_only": (
        _("Czy muszę mieszkać w\u00a0okolicy?"),
        {
            "yes": _("Tak, to miejsce dla okolicznych mieszkańców"),
            "limited": _("Nie zawsze, zapytaj przed przyjściem"),
            "no": _("Nie, każdy może przyjść"),
        },
    ),
    "children_alone": (
        _("Czy dziecko może zostać samo?"),
        {
            "yes": _("Tak, bez opiekuna"),
            "limited": _("Czasami, zapytaj przed przyjściem"),
            "no": _("Nie, tylko z\u00a0opiekunem"),
        },
    ),
    "own_meeting": (
        _("Czy mogę zrobić tu własne spotkanie?"),
        {
            "yes": _("Tak, można"),
            "limited": _("Tak, ale na pewnych warunkach"),
            "no": _("Nie"),
        },
    ),
}


def replies(place: Place, now: datetime) -> list[Reply]:
    """All the questions with their answers; the call itself is for the page to show."""
    asked = [
        _free(place),
        _polar(place, "walk_in", _booking(place), place.rules.booking_note),
        _polar(place, "residents_only", _catchment(place)),
        _opening(place, now),
        _offer(place),
        _polar(place, "children_alone", _from_age(place)),
        _polar(place, "own_meeting", _lending(place), place.rules.own_meeting_note),
        access_reply(place),
    ]
    return asked + list(_hall(place)) if place.type in HALLS else asked


def doing(place: Place, most: int = 5) -> str:
    """What happens there and for whom, in a line for a card; empty when nobody knows."""
    parts = [", ".join(place.activities[:most]), ", ".join(map(audience, place.audience))]
    return listed([" · ".join(part for part in parts if part)])


def _polar(place: Place, name: str, notes: Iterator[str], own: str | None = None) -> Reply:
    """A yes-or-no question; `own` is what the source says on it in its own words."""
    question, answers = str(_POLAR[name][0]), _POLAR[name][1]
    given = getattr(place.rules, name)
    if given is not None:
        return Reply(name, question, str(answers[given]), given, (*([own] if own else ()), *notes))
    if own:  # Neither yes nor no, and yet an answer.
        return Reply(name, question, listed([own]), "said", tuple(notes))
    return Reply(name, question, gettext("nie wiemy"), "unknown", tuple(notes))


def _free(place: Place) -> Reply:
    # At a village hall the price is of the hall, and has its own question below.
    own = None if place.type in HALLS else place.rules.cost_note
    return _polar(place, "free", iter(()), own)


def _booking(place: Place) -> Iterator[str]:
    if days := place.rules.booking_days_ahead:
        yield ngettext(
            "Umów się co najmniej dzień wcześniej.",
            "Umów się co najmniej %(num)d\u00a0dni wcześniej.",
            days,
        )


def _catchment(place: Place) -> Iterator[str]:
    if place.catchment:
        yield gettext("Służy przede wszystkim: %(where)s.", where=", ".join(place.catchment))


def _opening(place: Place, now: datetime) -> Reply:
    question, rule, note = gettext("Kiedy jest otwarte?"), place.hours.open, place.hours.open_note
    if not rule:
        return reply("hours", question, "", [note])
    state = openness(place, None, now)
    known = [said(rule), *state.warnings, note]
    if state.state == "unknown" and not state.warnings:
        return reply("hours", question, "", known)
    return reply("hours", question, gettext("Teraz: %(state)s", state=state.said), known)


def _offer(place: Place) -> Reply:
    doing = listed(place.activities)
    return reply(
        "offer",
        gettext("Co się tu dzieje i\u00a0dla kogo?"),
        place.summary or doing,
        [
            doing if place.summary else None,
            listed(audience(code) for code in place.audience),
            _languages(place),
        ],
    )


def _languages(place: Place) -> str:
    names = Locale.parse("pl").languages
    spoken = ", ".join(names.get(code, code) for code in place.languages)
    return gettext("Języki: %(spoken)s", spoken=spoken) if spoken else ""


def _from_age(place: Place) -> Iterator[str]:
    if (years := place.rules.children_alone_from) is not None:
        yield ngettext("Od %(num)d\u00a0roku życia.", "Od %(num)d\u00a0lat.", years)


def _lending(place: Place) -> Iterator[str]:
    if place.hours.lending:
        yield gettext("Sale można wypożyczyć: %(when)s", when=said(place.hours.lending))
    if place.hours.lending_note:
        yield place.hours.lending_note
    yield from map(_room, place.rooms)
    if place.facilities:
        yield gettext("Na miejscu: %(what)s", what=", ".join(place.facilities))
    if place.capacity_people and place.type not in HALLS:
        yield gettext("Pojemność: %(count)s", count=people(place.capacity_people))
    if place.rules.non_commercial == "yes":
        yield gettext("Bez wydarzeń komercyjnych.")
    if place.rules.no_politics == "yes":
        yield gettext("Bez wydarzeń politycznych i\u00a0religijnych.")


def _room(room: Room) -> str:
    size = [
        square_metres(room.area_m2) if room.area_m2 else "",
        people(room.people) if room.people else "",
        *room.equipment,
    ]
    details = ", ".join(part for part in size if part)
    return f"{room.name}: {details}" if details else room.name


def _hall(place: Place) -> Iterator[Reply]:
    yield reply("cost", gettext("Ile kosztuje sala?"), listed([place.rules.cost_note or ""]))
    size = [
        people(place.capacity_people) if place.capacity_people else "",
        square_metres(place.area_m2) if place.area_m2 else "",
    ]
    yield reply("people", gettext("Ile osób się zmieści?"), ", ".join(filter(None, size)))
    yield _kitchen(place)
    yield reply("key", gettext("Kto ma klucz?"), listed([place.rules.key_holder or ""]))


def _kitchen(place: Place) -> Reply:
    question = gettext("Czy jest kuchnia?")
    named = [item for item in place.facilities if "kuchni" in item.casefold()]
    if not named:
        # A list of what is there never says what is not.
        return Reply("kitchen", question, gettext("nie wiemy"), "unknown")
    return Reply("kitchen", question, gettext("Tak"), "yes")
