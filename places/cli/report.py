"""What an import would do, told row by row, with a way out for what is refused.

Rows that change nothing are only counted.
"""

from collections import Counter

from places.cli.telling import say
from places.errors import Fault, shortened
from places.exchange.duplicates import Twin
from places.exchange.intake import Plan, Verdict
from places.web import words

_OUTCOMES = {
    "added": "nowe",
    "changed": "zmiana",
    "skipped": "pominięte",
    "refused": "odrzucone",
}
_REASONS = {
    "near": "blisko i\u00a0podobna nazwa",
    "address": "ten sam adres i\u00a0podobna nazwa",
    "name": "ta sama nazwa w\u00a0tej samej gminie",
}
_MOST_TWINS = 3
# What to do about a fault that many rows share; by its field or its code.
_WAYS_OUT = {
    "position.uncertainty_m": "Jak dokładne są współrzędne na liście? Podaj to w\u00a0metrach, "
    "np. --set position.uncertainty_m=75.",
    "sources": "Skąd jest ta lista? Podaj np. --set sources=https://adres.strony/lista.",
    "type": "Jakiego rodzaju są to miejsca? Podaj np. --set type=dom_kultury "
    "albo --map type=KOLUMNA.",
    "address.city": "W\u00a0jakiej miejscowości? Podaj np. --set address.city=Warszawa.",
    "address.gmina": "Tej miejscowości nie ma jeszcze w\u00a0katalogu albo jest ich kilka. "
    "Podaj --set address.gmina=…, address.teryt=… i\u00a0address.voivodeship=….",
    "lat": "Miejsce musi mieć współrzędne. Wskaż kolumny, np. --map lat=SZER --map lon=DLUG.",
    "id": "Kolumna z\u00a0cudzymi numerami to nie nasze id. Wczytaj ją np. jako --map refs.um=id.",
    "probably_known": "Jeśli to inne miejsca, dodaj --accept-duplicates. Aby je pominąć, dodaj "
    "--skip-duplicates. Aby poprawić te z\u00a0katalogu, wpisz ich identyfikatory "
    "w\u00a0kolumnie id.",
}


def tell(plan: Plan, file: str) -> None:
    """The whole plan, ending with its sums."""
    say(f"{file}: wierszy {words.number(len(plan.verdicts))}.")
    _tell_columns(plan)
    for verdict in plan.verdicts:
        if verdict.outcome != "same":
            _tell_row(verdict)
    _tell_filled(plan)
    _tell_ways_out(plan)
    say(
        f"Nowe: {plan.count('added')}, zmienione: {plan.count('changed')}, "
        f"bez zmian: {plan.count('same')}, pominięte: {plan.count('skipped')}, "
        f"odrzucone: {plan.count('refused')}."
    )


def _tell_columns(plan: Plan) -> None:
    parts = {ours: theirs for ours, theirs in plan.reading.parts.items() if theirs}
    own = sum(list(theirs) == [ours] for ours, theirs in parts.items())
    read = [f"o\u00a0naszych nazwach: {own}"] if own else []
    read += [
        f"{ours} ← {' + '.join(theirs)}" for ours, theirs in parts.items() if list(theirs) != [ours]
    ]
    say(f"Kolumny: {', '.join(read) or 'żadnej nie rozpoznano'}.")
    if plan.reading.unused:
        say(f"Nie wczytano kolumn: {', '.join(plan.reading.unused)}.")


def _tell_row(verdict: Verdict) -> None:
    known = f" ({verdict.place.id})" if verdict.place and verdict.outcome == "changed" else ""
    name = shortened(verdict.name) or "bez nazwy"
    say(f"wiersz {verdict.row} · {_OUTCOMES[verdict.outcome]}: {name}{known}")
    for change in verdict.changes:
        old, new = (shortened(one) or "(nieznane)" for one in (change.old, change.new))
        say(f"    {change.field}: {old} → {new}")
    for field, rest in verdict.left_out.items():
        say(f"    {field}: katalog ma miejsce na jedną wartość, bez „{shortened(rest)}”")
    for fault in verdict.faults:
        if fault.code != "probably_known":
            say(f"    {_sentence(fault)}")
    for twin in verdict.twins[:_MOST_TWINS]:
        say(f"    {_about(twin)}")
    if (more := len(verdict.twins) - _MOST_TWINS) > 0:
        say(f"    i\u00a0jeszcze {more}")


def _sentence(fault: Fault) -> str:
    """The fault without a capital letter that a field's own name would get."""
    return words.fault(fault.at("\u00a0")).removeprefix("\u00a0: ")


def _about(twin: Twin) -> str:
    place = twin.place
    address = ", ".join(part for part in (place.address.street, place.address.city) if part)
    where = f"wiersz {twin.row}" if twin.row is not None else place.id
    away = words.distance(twin.metres) if twin.metres >= 1 else "0\u00a0m"
    why = _REASONS[twin.reason]
    return f"pewnie to samo: {place.name}, {address} ({where}) – {away}, {why}"


def _tell_filled(plan: Plan) -> None:
    """What was filled in, each value once, with the number of rows."""
    filled = Counter(item for verdict in plan.verdicts for item in verdict.filled.items())
    for (name, value), count in sorted(filled.items()):
        say(f"Uzupełniono: {name} = {value} (wierszy: {words.number(count)}).")


def _tell_ways_out(plan: Plan) -> None:
    faults = {(one.field, one.code) for verdict in plan.verdicts for one in verdict.faults}
    for name, way in _WAYS_OUT.items():
        outer = name.partition(".")[0]
        code = "pattern" if name == "id" else "missing"
        if {(name, code), (outer, code), ("name", name)} & faults:
            say(way)
