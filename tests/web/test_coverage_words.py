"""Coverage in Polish: ranges, edges, cases of names, unknown ages, plurals."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from places.coverage import terms
from places.coverage.figures import Figures, Pair
from places.teryt import COUNTRY
from places.web.words import (
    coverage,
    coverage_effects,
    coverage_method,
    coverage_names,
    coverage_plans,
)
from tests.coverage import samples

LOOSE = re.compile(r"(?<![^\s(„])[wzoiauWZOIAU] (?=\w)")


@pytest.fixture(autouse=True)
def speaking(app: Flask) -> Iterator[None]:
    """Words are said within a request."""
    with app.test_request_context():
        yield


def plain(said: str) -> str:
    return said.replace("\u00a0", " ").replace("\u2060", "")


@pytest.mark.parametrize(
    ("pair", "short", "long"),
    [
        ((0.62, 0.62), "62%", "62%"),
        ((0.62, 0.623), "62%", "62%"),
        ((0.58, 0.66), "58–66%", "co najmniej 58%, a być może 66%"),
        ((0.0, 0.12), "do 12%", "najwyżej 12%"),
        ((0.0, 0.0), "0%", "0%"),
        ((1.0, 1.0), "100%", "100%"),
        ((0.0, 0.004), "poniżej 1%", "poniżej 1%"),
        ((0.003, 0.003), "poniżej 1%", "poniżej 1%"),
        ((0.003, 0.5), "<1–50%", "poniżej 1%, a być może 50%"),
        ((0.999, 0.9991), "ponad 99%", "ponad 99%"),
        ((0.3, 0.996), "30–>99%", "co najmniej 30%, a być może ponad 99%"),
        ((0.3, 1.0), "30–100%", "co najmniej 30%, a być może 100%"),
        ((0.0, 1.0), "0–100%", "od 0 do 100%"),
        (None, "–", "nie wiadomo ile"),
    ],
)
def test_a_range_is_said_as_it_is_known(pair: Pair | None, short: str, long: str) -> None:
    """Equal ends once; nothing rounded to none or to all; unknown stays unknown."""
    assert plain(coverage.share(pair)) == short
    assert plain(coverage.share_said(pair)) == long


@pytest.mark.parametrize(
    ("code", "starts"),
    [
        ("2261", "62% mieszkańców Gdańska, 71% dzieci i 54% osób 65+ ma miejsce otwarte w zasięgu"
                 " 15 minut spacerem."),
        ("2262", "Co najmniej 41%, a być może 44% mieszkańców Gdyni ma miejsce otwarte"),
        ("22", "Co najmniej 31%, a być może 36% mieszkańców województwa pomorskiego ma"),
        ("2212", "Najwyżej 12% mieszkańców powiatu słupskiego ma"),
        (COUNTRY, "Co najmniej 8%, a być może 12% mieszkańców Polski ma"),
        ("02", "Poniżej 1% mieszkańców województwa dolnośląskiego ma"),
        ("2298", "Nie mamy danych o mieszkańcach"),
    ],
)  # fmt: skip
def test_the_headline_is_a_polish_sentence(code: str, starts: str) -> None:
    """With the name in its case, and a range where there is one."""
    assert plain(coverage.headline(samples.FIGURES[code])).startswith(starts)


@pytest.mark.parametrize("one", samples.FIGURES.values(), ids=lambda one: one.code)
def test_no_sentence_ends_a_line_with_a_single_letter(one: Figures) -> None:
    """Unbreakable spaces in the headline, the precision and the assumptions."""
    method = samples.a_method()
    said = [coverage.headline(one), coverage.ages_unknown(one)]
    said += coverage_method.precision(one, method)
    said += [sentence for _, sentence in coverage_method.assumptions()]
    said += [sentence for _, sentence in coverage_method.counted(method.places)]
    for sentence in said:
        assert not LOOSE.search(sentence), sentence


def test_nought_is_what_the_catalogue_knows() -> None:
    """A place that it lacks may well be there: no share of nought is claimed."""
    none = samples.some_figures("2661", "Kielce", (0, 0), places=(0, 0))
    assert plain(coverage.headline(none)) == (
        "Katalog nie zna miejsca, do którego mieszkańcy Kielc mieliby najwyżej 15 minut spacerem."
    )
    method = samples.a_method()
    assert "To nie znaczy, że ich nie ma" in plain(coverage_method.precision(none, method)[0])
    narrowed = replace(method, filters=(("type", "klub_seniora"),))
    assert "takiego, o jakie pytasz" in plain(coverage_method.precision(none, narrowed)[0])
    some = samples.FIGURES["2261"]
    assert "prawdziwy wynik jest wyższy" in plain(coverage_method.precision(some, method)[0])


def test_paces_are_said_in_polish() -> None:
    """1,5 raza, 3 razy."""
    adult, _, parent = map(plain, coverage_method.paces())
    assert adult.endswith("schody 1,5 raza wolniej")
    assert parent.endswith("schody 3 razy wolniej")


def test_children_and_older_people_go_at_their_own_pace() -> None:
    """The headline takes each group's share at the pace that terms.GROUPS names."""
    one = samples.FIGURES["22"]
    assert coverage.headline_share(one, "young") == one.shares["parent"]["15"]["young"]
    assert coverage.headline_share(one, "old") == one.shares["older"]["15"]["old"]


def test_unknown_ages_are_said_to_be_unknown() -> None:
    """Neither nought nor silence."""
    assert "nie wiemy" in coverage.ages_unknown(samples.FIGURES["2262"])
    assert coverage.ages_unknown(samples.FIGURES["2261"]) == ""
    assert "dzieci" not in coverage.headline(samples.FIGURES["2262"])


@pytest.mark.parametrize(
    ("level", "name", "said"),
    [
        ("powiat", "Łódź", "Łodzi"),
        ("powiat", "Nowy Sącz", "Nowego Sącza"),
        ("powiat", "Bielsko-Biała", "Bielska-Białej"),
        ("powiat", "powiat bielsko-podlaski", "powiatu bielsko-podlaskiego"),
        ("powiat", "powiat warszawski zachodni", "powiatu warszawskiego zachodniego"),
        ("voivodeship", "kujawsko-pomorskie", "województwa kujawsko-pomorskiego"),
        ("gmina", "Rudna", "gminy Rudna"),
        ("gmina", "Gdańsk", "Gdańska"),
        ("district", "Oliwa", "obszaru „Oliwa”"),
        ("country", "Polska", "Polski"),
    ],
)
def test_names_stand_in_their_case(level: str, name: str, said: str) -> None:
    """Whose residents."""
    assert plain(coverage_names.of_area(level, name)) == said  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ((1, 1), "1 osoba"), ((2, 2), "2 osoby"), ((5, 5), "5 osób"), ((12, 12), "12 osób"),
        ((22, 22), "22 osoby"), ((812, 812), "812 osób"), ((12_346, 12_346), "12 350 osób"),
        ((0, 40), "najwyżej 40 osób"), ((0, 134), "najwyżej 134 osoby"),
        ((0, 1), "najwyżej 1 osoba"), ((30, 40), "od 30 do 40 osób"),
        (None, "nie wiadomo ile osób"),
    ],
)  # fmt: skip
def test_people_are_counted_in_polish(pair: Pair | None, said: str) -> None:
    """Osoba, osoby, osób; no finer than they are known."""
    assert plain(coverage.heads_said(pair)) == said


def test_millions_are_said_in_millions() -> None:
    """A range of eight digits cannot be read."""
    assert plain(coverage.heads((33_319_600, 34_955_000))) == "33,3–35,0 mln"
    assert plain(coverage.heads((184_811, 184_811))) == "184 800"
    assert plain(coverage.heads((0, 12_730))) == "do 12 730"
    assert plain(coverage.heads((0, 2_000_000))) == "do 2,0 mln"
    assert plain(coverage.heads((0, 0))) == "0"


def test_far_is_said_to_be_far() -> None:
    """What is longer than LONGEST has no number of its own."""
    longest = float(terms.LONGEST)
    assert plain(coverage.minutes((9.6, 14.2))) == "10–14 min"
    assert plain(coverage.minutes((12.1, 12.4))) == "12 min"
    assert plain(coverage.minutes((longest, longest))) == "2 godz. lub więcej"
    assert plain(coverage.minutes((20.0, longest))) == "od 20 min do ponad 2 godz."


def test_a_rank_is_a_place_or_a_range_of_places() -> None:
    """Alone there is no rank."""
    assert plain(coverage.rank((3, 3), 66)) == "miejsce 3. na 66"
    assert plain(coverage.rank((3, 5), 66)) == "między 3. a 5. miejscem na 66"
    assert plain(coverage.rank((1, 1_018), 1_369)) == "między 1. a 1 018. miejscem na 1 369"
    assert coverage.rank((0, 0), 0) == coverage.rank((1, 1), 1) == ""


def test_every_code_has_words() -> None:
    """Groups, walkers, times, bands, steps, reasons of the solver."""
    said = [coverage.group(code) for code in terms.GROUPS]
    said += [coverage.walker(code) for code in terms.WALKERS]
    said += [coverage.time(code) for code in ("any", *terms.TIMES)]
    said += [coverage.band(n) for n in range(6)]
    steps = ("waiting", "places", "residents", "distances", "areas", "gaps", "sites", "whatif", "")
    said += [coverage.step(code) for code in steps]
    for one in said:
        assert one
        assert "_" not in one
        assert one not in (*terms.GROUPS, *terms.WALKERS, *terms.TIMES)


@pytest.mark.parametrize(
    ("by_streets", "precision", "words"),
    [
        (0.0, "settlement", ("orientacyjny", "linii prostej")),
        (0.98, "grid", ("wzdłuż jej ulic", "98%")),
        (1.0, "point", ("z dokładnością do punktu", "po ulicach")),
        (0.0, "grid", ("równo", "30%")),
    ],
)
def test_precision_is_said_in_plain_words(
    by_streets: float, precision: str, words: tuple[str, ...]
) -> None:
    """What stands under the headline names the residents' precision and how ways are measured."""
    report = samples.report("2261", by_streets=by_streets)
    said = " ".join(
        coverage_method.precision(report.figures, samples.a_method(precision=precision))
    )
    for word in words:
        assert word in plain(said)


def test_sites_are_told_with_their_proof() -> None:
    """What they bring, and how sure that is."""
    said = plain(coverage_plans.found(samples.SITES))
    assert said.startswith(
        "2 nowe miejsca obejmą od 5 do 12 350 osób, do których dziś żadne inne nie sięga w 15 minut"
        " spaceru. Pewny udział mieszkańców w zasięgu: dziś 62%, potem 65%."
    )
    assert "Udowodnione" in coverage_plans.proof(samples.SITES)[0]
    unsure = {**samples.SITES, "proven": False, "gap": 0.03, "verified": False}
    first, second = coverage_plans.proof(unsure)
    assert "3%" in first
    assert second.startswith("Uwaga")
    assert coverage_plans.proof({**samples.SITES, "sites": []}) == []
    assert "jeden" in coverage_plans.proof({**samples.SITES, "considered": 1})[0]


@pytest.mark.parametrize(
    ("group", "pair", "said"),
    [
        ("total", (1, 1), "obejmie 1 osobę, do której"),
        ("total", (0, 1), "obejmie najwyżej 1 osobę, do której"),
        ("total", (2, 2), "obejmie 2 osoby, do których"),
        ("total", (22, 22), "obejmie 22 osoby, do których"),
        ("total", (5, 5), "obejmie 5 osób, do których"),
        ("total", (0, 40_551), "obejmie najwyżej 40 550 osób, do których"),
        ("total", (4, 13_560), "obejmie od 4 do 13 560 osób, do których"),
        ("young", (1, 1), "obejmie 1 dziecko, do którego"),
        ("young", (2, 2), "obejmie 2 dzieci, do których"),
        ("young", (0, 170), "obejmie najwyżej 170 dzieci, do których"),
        ("young", (22, 170), "obejmie od 22 do 170 dzieci, do których"),
        ("old", (1, 1), "obejmie 1 osobę 65+, do której"),
        ("old", (2, 2), "obejmie 2 osoby 65+, do których"),
        ("old", (1, 5), "obejmie od 1 do 5 osób 65+, do których"),
    ],
)
def test_sites_are_told_in_the_words_of_whom_they_are_for(
    group: str, pair: Pair, said: str
) -> None:
    """Children are children, one is one, and a range from none is said by its upper end."""
    site = {**samples.SITES["sites"][0], "cumulative_low": pair[0], "cumulative": pair[1]}
    answer = {**samples.SITES, "group": group, "sites": [site]}
    assert said in plain(coverage_plans.found(answer))
    assert coverage_plans.has_ages(answer) == (group == "total")
    [first, *_] = coverage_plans.notes(answer)
    assert {"total": "osoby dorosłej", "young": "rodzica", "old": "osoby starszej"}[group] in first


def test_a_range_of_sites_is_explained() -> None:
    """Why it is wide, and that each row counts whom the ones before have left."""
    said = " ".join(map(plain, coverage_plans.notes(samples.SITES)))
    assert "do których dziś na pewno nie sięga żadne miejsce" in said
    assert "bez tych, których objęły już poprzednie" in said
    sure = {**samples.SITES["sites"][1], "gained_low": 1.0}
    assert len(coverage_plans.notes({**samples.SITES, "sites": [sure]})) == 1
    assert coverage_plans.notes({**samples.SITES, "sites": []}) == []
    one = samples.SITES["sites"][0]
    assert plain(coverage_plans.site_said(one)) == "Osowa: od 4 do 12 340 osób więcej"
    assert plain(coverage_plans.site_said(one, "young")) == "Osowa: od 4 do 12 340 dzieci więcej"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Za daleko ma dziś od 180 000 do 184 800 osób. Punkty, które sprawdzamy, mogą z nich"
             " objąć najwyżej 184 000 osób. Punkt to okolica, nie lokal: najlepsze miejsce wskaże"
             " dopiero wizja lokalna."),
        ({"left_out": [2.0, 2.0], "reachable": 1.0},
         "Za daleko mają dziś 2 osoby. Punkty, które sprawdzamy, mogą z nich objąć najwyżej"
         " 1 osobę."),
        ({"left_out": [0.0, 0.0], "reachable": 0.0}, "Punkt to okolica"),
        ({"candidates": "own", "reachable": 0.0, "outside": 1_234},
         "Wszystkie lokale z Twojej listy leżą poza tym obszarem, a liczymy tylko jego"
         " mieszkańców."),
        ({"candidates": "own", "outside": 3}, "leży lokali z Twojej listy: 3 z 1 234."),
    ],
)  # fmt: skip
def test_who_is_left_out_is_told(changes: dict[str, object], said: str) -> None:
    """Verbs as the number wants them; never "at most nobody"; premises that lie elsewhere."""
    told = plain(" ".join(coverage_plans.left_out({**samples.SITES, **changes})))
    assert said in told and " 0 osób" not in told


def test_premises_are_not_called_points() -> None:
    """Nor points addresses."""
    own = {**samples.SITES, "candidates": "own"}
    assert "spośród 1 234 lokali" in plain(coverage_plans.proof(own)[0])
    assert "spośród 1 234 punktów" in plain(coverage_plans.proof(samples.SITES)[0])
    codes = ("none_uncovered", "no_candidates", "none_reach", "more_than_candidates", "time_up", "")
    for answer in (own, samples.SITES):
        for code in codes:
            told = coverage_plans.explained({**answer, "explained": code})
            assert bool(told) == bool(code) and "%" not in told and "adres" not in told


@pytest.mark.parametrize(
    ("after", "gain", "said"),
    [
        ([0.0, 0.47], [0.0, 0.0], "do 47%, bez zmian"),
        ([0.0, 0.47], [0.0, 0.4], "do 47%, bez zmian"),
        ([0.0, 0.47], [0.0, 6_230.0], "do 47% → do 47%, różnica do 1,3 pkt proc."),
        ([0.0, 0.468], [5.0, 6.0], "do 47% → do 47%, różnica poniżej 1 punktu proc."),
        ([0.0, 0.46], [5.0, 6.0], "do 47% → do 46%"),
    ],
)
def test_only_where_nobody_can_lose_or_gain_nothing_changes(
    after: list[float], gain: list[float], said: str
) -> None:
    """Of ranges that read the same the truth within may differ."""
    answer = {
        **samples.WHATIF,
        "before": {"morning": {"total": [0.0, 0.47], "old": None}},
        "after": {"morning": {"total": after, "old": None}},
        "by_time": {"morning": {"lose": {"total": [0.0, 0.0]}, "gain": {"total": gain}}},
    }
    assert plain(coverage_plans.before_and_after(answer, "morning", "total")) == said
    assert coverage_plans.before_and_after(answer, "morning", "old") == "nie wiadomo"


@pytest.mark.parametrize(
    ("change", "lose", "gain", "said"),
    [
        ("close", [10, 10], [0, 0], "zamknięte, 10 osób nie będzie miało żadnego w zasięgu 15"),
        ("close", [2_260, 2_450], [0, 0], "zamknięte, od 2 260 do 2 450 osób nie będzie miało"),
        ("close", [22, 22], [0, 0], "zamknięte, 22 osoby nie będą miały żadnego"),
        ("close", [0, 2], [0, 0], "zamknięte, najwyżej 2 osoby nie będą miały żadnego"),
        ("close", [0, 1], [0, 0], "zamknięte, najwyżej 1 osoba nie będzie miała żadnego"),
        ("close", [1, 1], [0, 0], "zamknięte, 1 osoba nie będzie miała żadnego"),
        ("close", [1, 2], [0, 0], "zamknięte, od 1 do 2 osób nie będzie miało żadnego"),
        ("close", [0, 0], [0, 0],
         "zamknięte, nikt nie straci: wszyscy, do których sięga w 15 minut spaceru (od 30 000 do"
         " 40 000 osób), mają tak blisko także inne."),
        ("move", [5, 5], [7, 9],
         "przeniesie się do punktu 54.40000, 18.57000 (okolica: Oliwa), zostawi 5 osób bez miejsca"
         " w zasięgu 15 minut, a obejmie od 7 do 9 osób, do których dziś żadne nie sięga."),
        ("move", [1, 1], [0, 0],
         "zostawi 1 osobę bez miejsca w zasięgu 15 minut i nikogo nowego nie obejmie."),
        ("move", [0, 0], [1, 1],
         "nikogo nie zostawi bez miejsca w zasięgu 15 minut, a obejmie 1 osobę, do której dziś"),
        ("move", [0, 0], [0, 0],
         "nikogo nie zostawi bez miejsca w zasięgu 15 minut i nikogo nowego nie obejmie."),
    ],
)  # fmt: skip
def test_a_change_is_told_in_a_sentence(
    change: str, lose: list[float], gain: list[float], said: str
) -> None:
    """Who loses, who gains, where to, or why nobody does; the place's name has no gender."""
    sides = {"lose": {"total": lose}, "gain": {"total": gain}}
    told = plain(coverage_plans.effect({**samples.CHANGES[change], **sides}))
    assert told.startswith("Jeśli miejsce „") and said in told


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"unplaced": True, "was": None}, "w tych liczbach nic się nie zmieni."),
        ({"was": None}, "nikt nie zostanie bez miejsca w zasięgu 15 minut."),
        ({"was": {"doubt_m": 0.0, "reaches": {"total": [0.0, 0.0]}}},
         "nie mieszka nikt z tego obszaru."),
    ],
)  # fmt: skip
def test_why_nobody_loses_is_said(changes: dict[str, object], said: str) -> None:
    """Too vague a place, nobody near; an answer of an earlier version does not know."""
    answer = {**samples.WHATIF, "lose": {"total": [0.0, 0.0]}, **changes}
    assert said in plain(coverage_plans.effect(answer))


@pytest.mark.parametrize(
    ("gain", "hours", "said"),
    [
        ([40, 50], "closed", "obejmie w ten dzień od 40 do 50 osób, do których żadne inne otwarte"),
        ([0, 1], "unknown", "obejmie w ten dzień najwyżej 1 osobę, do której żadne inne"),
        ([0, 0], "open", "nic się nie zmieni: według katalogu już jest."),
        ([0, 0], "closed", "nikogo nowego nie obejmie: wszyscy, do których sięga, mają w sobotę"),
    ],
)
def test_an_open_saturday_is_told_for_saturdays(gain: list[float], hours: str, said: str) -> None:
    """Nobody loses by it, who gains does so on Saturdays; or why nobody does."""
    by_time = {"saturday": {"lose": {"total": [0.0, 0.0]}, "gain": {"total": gain}}}
    answer = {**samples.CHANGES["saturday"], "by_time": by_time, "hours": {"saturday": hours}}
    assert said in plain(coverage_plans.effect(answer))
    notes = plain(" ".join(coverage_effects.notes(answer)))
    assert ("być może w sobotę już jest otwarte" in notes) == (hours == "unknown")


@pytest.mark.parametrize(
    ("gain", "young", "said"),
    [
        ([1_240, 1_240], [230, 230],
         "objęłoby 1 240 osób (w tym 230 dzieci), do których dziś żadne inne nie sięga w 15 minut"
         " spaceru."),
        ([1, 1], [1, 1], "objęłoby 1 osobę (w tym 1 dziecko), do której dziś żadne inne"),
        ([2, 2], [0, 0], "objęłoby 2 osoby, do których dziś"),
        ([0, 1], [0, 0], "objęłoby najwyżej 1 osobę, do której dziś"),
        ([4, 13_560], [1, 1_900], "objęłoby od 4 do 13 560 osób, do których dziś"),
        ([300, 420], [50, 60], "objęłoby od 300 do 420 osób (w tym od 50 do 60 dzieci), do"),
        ([0.0, 0.3], [0.0, 0.0],
         "nie objęłoby nikogo nowego: wszyscy, którzy mieszkają najwyżej 15 minut spacerem stąd"
         " (5 000 osób), mają już"),
    ],
)  # fmt: skip
def test_a_new_place_is_told_in_a_sentence(
    gain: list[float], young: list[float], said: str
) -> None:
    """Whom it would reach and no other does, and how many children are among them, where that says
    something."""
    answer = {
        **samples.CHANGES["open"], "gain": {"total": gain}, "among": {"gain": {"young": young}},
    }  # fmt: skip
    assert said in plain(coverage_plans.effect(answer))


def test_the_old_stand_beside_the_young() -> None:
    """Where both are known."""
    among = {"gain": {"young": [230.0, 230.0], "old": [1.0, 1.0]}}
    answer = {**samples.CHANGES["open"], "among": among}
    assert "(w tym 230 dzieci i 1 osobę 65+)" in plain(coverage_plans.effect(answer))


def test_a_point_that_reaches_nobody_says_why() -> None:
    """It lies outside, and so far are the nearest."""
    there = {"lat": 54.9, "lon": 18.0, "outside": True, "nearest_m": 58_000.0,
             "reaches": {"total": 0.0}}  # fmt: skip
    answer = {**samples.CHANGES["open"], "gain": {"total": [0.0, 0.0]}, "would": there}
    assert "nie objęłoby nikogo: w zasięgu 15 minut" in plain(coverage_plans.effect(answer))
    first, second = map(plain, coverage_effects.notes(answer))
    assert first.startswith("Punkt leży poza tym obszarem")
    assert "58 km stąd" in second
    there["reaches"]["total"] = 20.0  # type: ignore[index]
    assert len(coverage_effects.notes(answer)) == 2  # outside, and hours


def test_where_nobody_is_known_it_is_not_said_that_nobody_is_touched() -> None:
    """Unknown is no "no", neither of a change nor of new sites."""
    for answer in samples.CHANGES.values():
        unknown = {**answer, "people": {"total": 0.0, "young": 0.0, "old": 0.0}}
        assert plain(coverage_plans.effect(unknown)).startswith("Nie wiemy, kogo ta zmiana dotknie")
        assert coverage_plans.before_and_after(unknown, "any", "total") == "nie wiadomo"
    sites = {**samples.SITES, "people": 0.0, "sites": [], "explained": "none_uncovered"}
    assert plain(coverage_plans.explained(sites)).startswith("Nie wiemy, kto ma za daleko")


def test_what_is_not_known_is_said_beside_a_change() -> None:
    """Hours of a new place; a position too vague for a walk."""
    [hours] = coverage_effects.notes(samples.CHANGES["open"])
    assert "Nie wiadomo, kiedy nowe miejsce byłoby otwarte" in plain(hours)
    ranges, vague = map(plain, coverage_effects.notes(samples.WHATIF))
    assert "dolna liczba jest pewna" in ranges and "z dokładnością do 500 m" in vague
    exact = {**samples.WHATIF, "was": None, "lose": {"total": [5.0, 5.0]}}
    assert coverage_effects.notes(exact) == []
    [vague] = coverage_effects.notes({**exact, "unplaced": True})
    assert "zbyt niedokładnie" in plain(vague)
    [doubtful] = coverage_effects.notes({**exact, "sure": False})
    assert "Nie ma pewności, że to miejsce działa" in plain(doubtful)
    [hours] = coverage_effects.notes({**exact, "hours": dict.fromkeys(terms.TIMES, "unknown")})
    assert "Nie znamy godzin tego miejsca" in plain(hours)
    [some] = coverage_effects.notes({**exact, "hours": {"morning": "open", "sunday": "unknown"}})
    assert "o tych porach: niedziela" in plain(some)
    wide = {**samples.CHANGES["open"], "gain": {"total": [4.0, 13_560.0]}}
    assert "na pewno nie sięga żadne miejsce" in plain(coverage_effects.notes(wide)[0])


def test_whose_pace_a_change_is_counted_at_is_said() -> None:
    """Where ages are told in two ways, that and why."""
    both = plain(coverage_effects.pace(samples.WHATIF))
    assert "w tempie osoby dorosłej" in both and "liczby mogą się różnić" in both
    people = {"total": 5.0, "young": None, "old": None}
    assert "różnić" not in coverage_effects.pace({**samples.WHATIF, "people": people})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"places": (38, 38), "vague": 0}, ""),
        ({"places": (38, 38), "vague": 2}, "Położenie 2 z 38 miejsc znamy tu tylko w przybliżeniu,"
                                           " stąd szeroki zakres."),
        ({"places": (2, 2), "vague": 2}, "Położenie wszystkich miejsc znamy tu tylko"),
        ({"places": (1, 1), "vague": 1}, "Położenie jedynego miejsca znamy tu tylko"),
        ({"places": (36, 38), "vague": 0}, "Na pewno liczy się 36 z 38 miejsc, pozostałe być może"),
        ({"places": (0, 2), "vague": 0}, "Żadne miejsce nie liczy się tu na pewno"),
    ],
)  # fmt: skip
def test_why_a_range_is_wide_is_said(changes: dict[str, object], said: str) -> None:
    """Positions, doubts, and hours, which are only known for the whole country."""
    one = replace(samples.FIGURES["2262"], **changes)
    told = [plain(one) for one in coverage_method.precision(one, samples.a_method())[3:]]
    assert told[-1].startswith("Godzin nie znamy w całej Polsce dla 250 miejsc")
    assert told[0].startswith(said or "Godzin")
    counts = [plain(many) for many, _ in coverage_method.counted({"counted": 308, "vague": 1})]
    assert counts == ["308 miejsc w całej Polsce", "1 miejsce w całej Polsce"]


def test_a_hexagon_says_who_loses_and_who_gains() -> None:
    """From whom to whom; less than one person is not nobody."""
    cells = samples.CHANGES["move"]["cells"]
    said = [plain(coverage_effects.cell_said(one)) for one in cells]
    assert said[0] == "Osowa. Straci: od 9 000 do 9 900 osób."
    assert said[1].endswith("Straci: od 3 000 do 3 100 osób. Zyska: od 10 do 40 osób.")
    assert said[2] == "bez nazwy. Zyska: mniej niż 1 osoba."
    turned = {"name": "Osowa", "lose": [20.0, 0.0], "gain": [0.0, 0.0]}
    assert plain(coverage_effects.cell_said(turned)) == "Osowa. Straci: najwyżej 20 osób."
    assert coverage_effects.where_said({"name": None}) == "gdzie indziej"


def test_people_of_a_part_do_not_speak_for_the_whole() -> None:
    """Where a file of residents knows one city, the country's page says so."""
    one, child = samples.report("22").figures, samples.report("2261").figures
    assert coverage_method.only_some(one, [child]) == ""
    empty = replace(child, people={"total": 0.0, "young": None, "old": None})
    assert "w 1 z 2 jego części" in plain(coverage_method.only_some(one, [child, empty]))
    assert coverage_method.only_some(empty, [empty]) == ""
