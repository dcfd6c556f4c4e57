"""What a question was taken to mean, in words, each with the question that does not mean it.

Only what took part in the search is a chip.  What was understood and cannot be searched for yet
is said as such: a chip that changes nothing would be a small lie.
"""

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from places import text
from places.geo import Point
from places.intents import Intent
from places.known import Area
from places.query import Query
from places.search import Results
from places.understanding import is_around, without
from places.web.words.clock import when
from places.web.words.codes import audience, type_name
from places.web.words.needs import ACCESS
from places.web.words.quantities import number, place_count

_MOST_NAMES = 3
_MOST_OFFERS = 3
_SUGGESTED = {
    "place": _("miejsce"),
    "city": _("miejscowość"),
    "district": _("dzielnica"),
    "settlement": _("w\u00a0pobliżu"),
    "postcode": _("kod pocztowy"),
    "type": _("rodzaj"),
    "activity": _("zajęcia"),
    "network": _("sieć"),
}
_LEVELS = {
    "some": _("Żadne miejsce nie pasuje do wszystkich słów. Oto te, które pasują do części."),
    "area": _("Nic tu nie pasuje do: „%(words)s”. Oto inne miejsca z\u00a0tej okolicy."),
    "elsewhere": _(
        "W\u00a0tej okolicy niczego takiego nie znamy. Oto takie miejsca gdzie indziej."
    ),
}


class Said(NamedTuple):
    """A piece of the question in our words, and the question it leads to."""

    label: str
    query: Query


def meanings(results: Results, today: date | None = None) -> list[Said]:
    """What the words were taken to mean, and the words that were looked for as they stand."""
    query, understood = replace(results.query, page=1), results.understood
    reading = understood.reading
    if reading is None:
        return [Said(f"„{query.q}”", worded(query, ""))] if query.q else []
    applied = [one for one in reading.intents if _is_applied(one, query)]
    found = [
        Said(meaning(results, one, today), worded(query, without(query, understood, one)))
        for one in applied
    ]
    if reading.rest:
        kept = [reading.said(one) for one in reading.intents if one.certain]
        found.append(Said(f"„{reading.rest}”", worded(query, " ".join(kept))))
    return found


def meaning(results: Results, intent: Intent, today: date | None = None) -> str:
    """An intent in plain words."""
    if intent.kind in ("in", "near"):
        return _where(intent)
    if intent.kind == "open":
        times = gettext(" lub ").join(when(one, today) for one in intent.values)
        return gettext("otwarte: %(times)s", times=times)
    value = intent.values[0]
    if intent.kind == "postcode":
        return gettext("kod pocztowy %(code)s", code=value)
    if intent.kind == "audience":
        return audience(value)
    if intent.kind == "free":
        return gettext("bezpłatnie")
    if intent.kind == "accessibility":
        return str(ACCESS.get(value, value))
    if intent.kind == "type":
        return type_name(value)
    known = (one.label for one in results.facets.get("network", ()) if one.value == value)
    return gettext("sieć: %(name)s", name=next(known, value.upper()))


def offers(results: Results) -> list[Said]:
    """Readings of which we are not sure, as questions one may say yes to."""
    reading = results.understood.reading
    if reading is None:
        return []
    found = [
        offer
        for intent in reading.intents
        if intent.kind in ("in", "near")
        for area in (intent.others if intent.certain else intent.areas)
        if (offer := _offer(results, intent, area)) is not None
    ]
    # Where no place has the code, seldom any has one near it.
    codes = (one for one in reading.intents if one.kind == "postcode" and results.total)
    found += [_around_code(results, one) for one in codes if results.query.near is None]
    # Villages of one name read alike; the first is the biggest.
    return list({one.label: one for one in reversed(found)}.values())[::-1][:_MOST_OFFERS]


def level(results: Results) -> str:
    """How well the answers fit, in a sentence; empty when they fit wholly."""
    if not results.total or results.level == "every":
        return ""
    said = " ".join(group.said for group in results.understood.groups) or results.query.q
    if results.level == "elsewhere" and results.query.near is not None:
        return gettext("W\u00a0obu tych miejscach naraz nic nie leży. Oto te w\u00a0pobliżu.")
    if results.level == "meant":
        return gettext(
            "Nic nie pasuje do: „%(words)s”. Oto miejsca, które pasują do reszty pytania.",
            words=said,
        )
    if results.level == "around":
        return gettext(
            "W\u00a0samej miejscowości %(where)s nic jeszcze nie znamy. Oto miejsca do 15\u00a0km"
            " stamtąd, najbliższe najpierw.",
            where=_place_said(results),
        )
    return str(_LEVELS[results.level]) % {"words": said}


def _place_said(results: Results) -> str:
    places = (one for one in results.understood.places if is_around(one))
    return next((_named(area) for one in places for area in one.areas), "")


def corrections(results: Results) -> list[str]:
    """What was searched for instead of what was typed."""
    return [
        gettext("Szukaliśmy „%(used)s” zamiast „%(typed)s”.", used=one.used, typed=one.typed)
        for one in results.understood.corrections
    ]


def remarks(results: Results) -> list[str]:
    """What was understood and takes no part in the search."""
    reading = results.understood.reading
    return [
        said
        for intent in (reading.intents if reading else ())
        if intent.certain and (said := _remark(results, intent))
    ]


def how_many(results: Results) -> str:
    """The heading of the answers: those that may be open are not counted as open."""
    sure = results.total - results.unknown_hours
    if not results.total:
        return gettext("Nic nie znaleziono")
    if not results.unknown_hours:
        return place_count(results.total)
    if not sure:
        return gettext("%(places)s o\u00a0nieznanych godzinach", places=place_count(results.total))
    return gettext(
        "%(open)s, %(count)s o\u00a0nieznanych godzinach",
        open=ngettext(
            "%(count)s\u00a0otwarte", "%(count)s\u00a0otwartych", sure, count=number(sure)
        ),
        count=number(results.unknown_hours),
    )


def sure_of(results: Results) -> int:
    """How many of the page's answers surely fit: open at the time asked for, or, where no time was,
    accessible and free as asked; they come first."""
    before = (results.query.page - 1) * results.query.per_page
    unknown = results.unknown_hours if results.understood.open else results.unknown_needs
    return max(0, min(len(results.hits), results.total - unknown - before))


def surely_open(count: int) -> str:
    """The heading of those that are open at the time asked for."""
    return gettext("Otwarte – %(places)s", places=place_count(count))


def hours_unknown(count: int) -> str:
    """The heading of those whose hours nobody knows."""
    return gettext(
        "Godziny nieznane – %(places)s; zadzwoń, zanim przyjdziesz", places=place_count(count)
    )


def kinds_suggested() -> dict[str, str]:
    """What each kind of suggestion is, for the list under the search box."""
    return {kind: str(name) for kind, name in _SUGGESTED.items()}


def is_interpreted(results: Results) -> bool:
    """Whether searching by the letter would ask something else."""
    reading = results.understood.reading
    certain = reading is not None and any(one.certain for one in reading.intents)
    return certain or bool(results.understood.corrections)


def worded(query: Query, q: str) -> Query:
    """The query with other words."""
    sort = None if query.sort == "relevance" and not q else query.sort
    return replace(query, q=q, sort=sort, page=1, exact=query.exact and bool(q))


def _is_applied(intent: Intent, query: Query) -> bool:
    if not intent.certain or intent.kind in ("here", "people"):
        return False
    # A time chosen in the form counts before one in the words.
    return not (intent.kind == "open" and query.open)


def _where(intent: Intent) -> str:
    names = list(dict.fromkeys(_named(area) for area in intent.areas))
    said = ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
    if is_around(intent):
        return gettext("do 15\u00a0km od: %(where)s", where=said)
    if intent.kind == "near":
        return gettext("w\u00a0okolicy: %(where)s", where=said)
    return gettext("gdzie: %(where)s", where=said)


def _named(area: Area) -> str:
    if area.kind == "voivodeship":
        return gettext("woj.\u00a0%(name)s", name=area.name)
    return f"{area.name} ({area.within})" if area.within else area.name


def _offer(results: Results, intent: Intent, area: Area) -> Said | None:
    rest = worded(results.query, without(results.query, results.understood, intent))
    source, _colon, value = area.value.partition(":")
    narrowed: dict[str, Any]
    if source == "city":
        counts = {one.value: one.count for one in results.facets["city"]}
        if results.query.city or counts.get(value) == results.total:
            return None  # All the answers lie there already.
        narrowed = {"city": (value,)}
    elif source == "part" and any(one.value == value for one in results.facets["district"]):
        narrowed = {"district": (value,)}
    elif source == "at" and results.query.near is None and _is_named(results, intent, area):
        narrowed = {"near": Point(*map(float, value.split(",")))}
    else:
        return None
    if area.kind == "district":
        label = gettext("Szukać w\u00a0dzielnicy %(name)s?", name=_named(area))
    else:
        label = gettext("Szukać w\u00a0miejscowości %(name)s?", name=area.name)
    return Said(label, replace(rest, **narrowed))


def _is_named(results: Results, intent: Intent, area: Area) -> bool:
    """Whether the name stands in the question as it is: "Rudna" is seldom a form of Rudno."""
    reading = results.understood.reading
    return reading is not None and text.words(area.name) == text.words(reading.said(intent))


def _around_code(results: Results, intent: Intent) -> Said:
    rest = worded(results.query, without(results.query, results.understood, intent))
    label = gettext("Szukać w\u00a0okolicy kodu %(code)s?", code=intent.values[0])
    return Said(label, replace(rest, near=intent.values[0]))


def _remark(results: Results, intent: Intent) -> str:
    if intent.kind == "postcode" and not results.total:
        return gettext(
            "Znamy tylko te kody pocztowe, które stoją w\u00a0adresach miejsc z\u00a0katalogu,"
            " a\u00a0jest ich niewiele: wpisz miejscowość lub dzielnicę w\u00a0polu"
            " „W\u00a0pobliżu”."
        )
    if intent.kind == "people":
        return gettext(
            "Nie umiemy jeszcze szukać według liczby osób (%(count)s): zapytaj na miejscu.",
            count=intent.values[0],
        )
    if intent.kind == "open" and results.query.open:
        return gettext(
            "Pory ze słów pytania nie bierzemy pod uwagę: liczy się ta wybrana w\u00a0filtrze."
        )
    if intent.kind == "here" and results.query.near is None:
        return gettext(
            "Nie wiemy, gdzie jesteś: wpisz miejscowość w\u00a0polu „W\u00a0pobliżu” albo użyj"
            " przycisku obok."
        )
    return ""
