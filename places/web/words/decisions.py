"""The words of the desk: kinds and states of proposals, who made a change, ready reasons."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.errors import Fault
from places.hours import WARSAW
from places.web.words.clock import day_of_month, hour
from places.web.words.faults import fault
from places.web.words.mending import asked

KINDS: Mapping[str, object] = {
    "add": _("nowe miejsce"),
    "change": _("zmiana danych"),
    "problem": _("zgłoszony problem"),
}
STATES: Mapping[str, object] = {
    "unconfirmed": _("niepotwierdzone e-mailem"),
    "waiting": _("czeka na decyzję"),
    "asked": _("czeka na odpowiedź"),
    "accepted": _("przyjęte"),
    "rejected": _("odrzucone"),
    "withdrawn": _("wycofane przez zgłaszającą osobę"),
    "spam": _("spam"),
}
PROBLEMS: Mapping[str, object] = {
    "closed": _("to miejsce już nie działa"),
    "moved": _("to miejsce się przeniosło"),
    "hours": _("godziny są nieprawdziwe"),
    "other": _("coś innego się nie zgadza"),
}
SENT_BY: Mapping[str, object] = {
    "public": _("formularz na stronie"),
    "owner": _("opiekun miejsca"),
    "list": _("lista miasta lub sieci"),
}
ROLES: Mapping[str, object] = {
    "owner": _("opiekun miejsca"),
    "moderator": _("moderator"),
    "public": _("mieszkaniec"),
    "source": _("źródło"),
    "catalogue": _("katalog"),
}
REVISIONS: Mapping[str, object] = {
    "found": _("stan zastany w\u00a0katalogu"),
    "added": _("dodanie miejsca"),
    "changed": _("zmiana danych"),
    "confirmed": _("potwierdzenie, że dane są aktualne"),
    "closed": _("zamknięcie miejsca"),
    "withdrawn": _("wycofanie z\u00a0katalogu"),
    "merged": _("połączenie powtórzonych wpisów"),
    "restored": _("przywrócenie wcześniejszego stanu"),
    "undone": _("cofnięcie zmiany"),
    "listed": _("wczytanie listy"),
}
CONFLICTS: Mapping[str, object] = {
    "newer": _(
        "Wpis zmienił się od czasu tego zgłoszenia. Wybierz przy każdym z\u00a0tych pól,"
        " co ma zostać."
    ),
    "decided": _("Ktoś był szybszy: o\u00a0tym zgłoszeniu już zdecydowano."),
    "merged": _("Te wpisy są już połączone albo jeden prowadzi do drugiego."),
    "said": _("Wpis mówi to do dziś. Najpierw popraw wpis, a\u00a0potem usuń to z\u00a0historii."),
    "claimed": _("Tym zgłoszeniem zajmuje się teraz ktoś inny."),
}
TWINS: Mapping[str, object] = {
    "near": _("leży blisko i\u00a0podobnie się nazywa"),
    "address": _("ten sam adres i\u00a0podobna nazwa"),
    "name": _("ta sama nazwa w\u00a0tej samej gminie"),
}
ACTS: Mapping[str, object] = {
    **REVISIONS,
    "accepted": _("przyjęte zgłoszenie"),
    "rejected": _("odrzucone zgłoszenie"),
    "asked": _("pytanie do zgłaszającej osoby"),
    "spam": _("wyrzucone jako spam"),
    "withdrawn": _("wycofane zgłoszenie"),
    "undone": _("cofnięta decyzja"),
    "owner_added": _("dodany opiekun"),
    "owner_link": _("nowy link dla opiekuna"),
    "owner_trust": _("zmienione zaufanie do opiekuna"),
    "owner_ended": _("odwołany opiekun"),
    "taken_over": _("przejęte zgłoszenie"),
    "struck": _("usunięte słowa z\u00a0historii"),
}
REASONS: Mapping[str, object] = {
    "duplicate": _("To miejsce już jest w\u00a0katalogu."),
    "not_open": _("To miejsce nie jest otwarte dla sąsiadów, więc nie należy do katalogu."),
    "unverified": _("Nie udało nam się tego potwierdzić w\u00a0żadnym źródle ani na miejscu."),
    "private": _("Zgłoszenie zawiera prywatne dane, których nie publikujemy."),
    "advert": _("To reklama, a\u00a0nie informacja o\u00a0miejscu."),
    "unclear": _("Nie rozumiemy, co ma się zmienić."),
}
"""Reasons at hand when a proposal is refused; each is said to the proposer as it stands."""


def kind(code: str) -> str:
    """What is proposed: "zmiana danych"."""
    return _say(KINDS, code)


def state(code: str) -> str:
    """Where a proposal is in its life."""
    return _say(STATES, code)


def problem(code: str) -> str:
    """What somebody says is wrong with a place."""
    return _say(PROBLEMS, code)


def sent_by(code: str) -> str:
    """By what way a proposal came."""
    return _say(SENT_BY, code)


_MISSING: Mapping[str, object] = {
    "reason": _("Napisz powód albo wybierz gotowy: pozna go osoba, która wysłała zgłoszenie."),
    "sure": _("Zaznacz, że na pewno przejmujesz to zgłoszenie od kogoś innego."),
    "question": _("Napisz, o\u00a0co pytasz."),
    "close": _("Napisz, dlaczego miejsce jest zamknięte: przeczytają to mieszkańcy."),
    "withdraw": _("Napisz, dlaczego wycofujesz ten wpis: przeczytają to mieszkańcy."),
}
"""What a field that must not be empty wants, in place of what is wrong with it."""


def role(code: str) -> str:
    """Who made a change; never more than the role."""
    return _say(ROLES, code)


def revision(code: str) -> str:
    """What was done to a record."""
    return _say(REVISIONS, code)


def act(code: str) -> str:
    """What was done at the desk."""
    return _say(ACTS, code)


def wrong(one: Fault) -> str:
    """What is wrong with a value, for a moderator, beside its field."""
    if one.code == "missing" and one.field in _MISSING:
        return str(_MISSING[one.field])
    # The pattern of a code is no help to anybody; the words under the field are.
    return fault(replace(one, field="", limit="" if one.code == "pattern" else one.limit))


def wrong_where(one: Fault) -> str:
    """The same for the summary: it names the field too."""
    said = wrong(one)
    if one.code == "missing" and one.field in _MISSING:
        return said
    return f"{asked(one.field)}: {said[0].lower()}{said[1:]}" if one.field else said


def conflict(code: str) -> str:
    """What somebody else has done meanwhile."""
    return str(CONFLICTS.get(code) or gettext("W\u00a0międzyczasie coś się zmieniło."))


def twin_reason(code: str) -> str:
    """Why two records are probably one place."""
    return _say(TWINS, code)


def ready_reasons() -> list[str]:
    """The ready reasons, as sentences."""
    return [str(one) for one in REASONS.values()]


def closing() -> str:
    """Why a place is closed, where nobody says more: a sentence for everybody to read."""
    return gettext("To miejsce zakończyło działalność.")


def at(moment: datetime | None) -> str:
    """A moment on Poland's clock: "11 marca 2026, 12:00"."""
    if moment is None:
        return gettext("nie wiemy kiedy")
    local = moment.astimezone(WARSAW)
    return f"{day_of_month(local.date())} {local.year}, {hour(local)}"


def _say(table: Mapping[str, object], code: str) -> str:
    # A code without a word is shown as it is: a new value in the data must not break a page.
    return str(table.get(code, code))
