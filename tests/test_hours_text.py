"""Polish text about hours turned into a rule, with whatever was not understood."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

import opening_hours
import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.hours import WARSAW, fault_in, intervals
from places.hours_text import propose
from places.hours_tokens import pieces
from places.hours_words import say
from places.text import fold
from tests.hours_rules import clock, days, rules, seasons

CATALOGUE = Path(__file__).parents[2] / "shared" / "data" / "places.csv"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("pn.–pt. 10–18, sob. 10–14", "Mo-Fr 10:00-18:00; Sa 10:00-14:00"),
        ("wtorki i czwartki od 16", "Tu,Th 16:00+"),
        ("codziennie 8-22", "Mo-Su 08:00-22:00"),
        ("pon., śr., pt. 16:00-20:00 (oprócz dni ustawowo wolnych)",
         "Mo,We,Fr 16:00-20:00; PH off"),
        ("od poniedziałku do piątku w godz. 9.00–17.00", "Mo-Fr 09:00-17:00"),
        ("w dni powszednie 10-18, weekendy 10-14", "Mo-Fr 10:00-18:00; Sa-Su 10:00-14:00"),
        ("w każdą drugą środę miesiąca 16-18", "We[2] 16:00-18:00"),
        ("pierwszy i trzeci wtorek miesiąca 10–12", "Tu[1,3] 10:00-12:00"),
        ("Pn-Pt 10-18. W święta nieczynne.", "Mo-Fr 10:00-18:00; PH off"),
        ("całą dobę", "24/7"),
        ("codziennie całą dobę", "24/7"),
        ("nieczynne w poniedziałki, wtorek-piątek 10-18", "Tu-Fr 10:00-18:00; Mo off"),
        ("codziennie oprócz poniedziałków 10-18", "Mo-Su 10:00-18:00; Mo off"),
        ("w dni wolne od nauki 10-14", "SH 10:00-14:00"),
        ("pn–pt 14–18; w dni wolne od nauki pn–pt 10–14",
         "Mo-Fr 14:00-18:00; SH Mo-Fr 10:00-14:00"),
        ("lipiec–sierpień 9-15", "Jul-Aug 09:00-15:00"),
        ("od maja do września: pn-pt 10-20, sob 10-14",
         "May-Sep Mo-Fr 10:00-20:00; May-Sep Sa 10:00-14:00"),
        ("24 i 31 grudnia nieczynne, pn-pt 10-18", "Mo-Fr 10:00-18:00; Dec 24,Dec 31 off"),
        ("niedziele i święta 12-16", "PH,Su 12:00-16:00"),
        ("święta nieczynne, pn-pt 8-16, soboty 9-12",
         "Mo-Fr 08:00-16:00; Sa 09:00-12:00; PH off"),
        ("10-18 w dni powszednie, 10-14 w soboty", "Mo-Fr 10:00-18:00; Sa 10:00-14:00"),
        ("pt. 18-2", "Fr 18:00-02:00"),
        ("PON-PT 8:00-16:00 SOB 9-13", "Mo-Fr 08:00-16:00; Sa 09:00-13:00"),
        ("wt i czw po umówieniu", 'Tu,Th unknown "po umówieniu"'),
        ("pon, wt: 8-16, czw: 8-16 i 17-19", "Mo,Tu 08:00-16:00; Th 08:00-16:00,17:00-19:00"),
        ("zapraszamy od poniedziałku do czwartku od godziny 14 do 20", "Mo-Th 14:00-20:00"),
        ("w święta nieczynne", "unknown; PH off"),
        ("nieczynne", "off"),
        ("od poniedziałku do soboty 9-21 z wyjątkiem świąt", "Mo-Sa 09:00-21:00; PH off"),
        ("pn-pt 10-18, w sierpniu nieczynne, sob 10-14",
         "Mo-Fr 10:00-18:00; Sa 10:00-14:00; Aug off"),
        ("co tydzień we wtorki 17-19", "Tu 17:00-19:00"),
        ("pn-pt 9-17 (przerwa 12-13)", "Mo-Fr 09:00-12:00,13:00-17:00"),
        ("pn-pt, 9-17, przerwa 12.15-13", "Mo-Fr 09:00-12:15,13:00-17:00"),
        ("czynne całą dobę 7 dni w tygodniu", "24/7"),
        ("pn-pt 16-20 w roku szkolnym", "Mo-Fr 16:00-20:00; SH off"),
        ("wt - pt 11:00 - 19:00; pon. - nieczynne", "Tu-Fr 11:00-19:00; Mo off"),
        ("od 1.05 do 30.09 codziennie 10.00-18.30", "May 1-Sep 30 Mo-Su 10:00-18:30"),
        ("pn-pt 7³⁰-1600", "Mo-Fr 07:30-16:00"),
        ("Poniedziałek 8–16\nWtorek 10–18\nŚroda nieczynne",
         "Mo 08:00-16:00; Tu 10:00-18:00; We off"),
        ("I i III czwartek miesiąca 16-18", "Th[1,3] 16:00-18:00"),
        ("1. i 3. wtorek miesiąca 10-12", "Tu[1,3] 10:00-12:00"),
        ("wt i III czwartek w miesiącu 16-18", "Tu,Th[3] 16:00-18:00"),
        ("pn-pt 10-18, w wakacje 9-15", "Mo-Fr 10:00-18:00; Jul-Aug 09:00-15:00"),
        ("pn-pt 8-16 poza wakacjami", "Mo-Fr 08:00-16:00; Jul-Aug off"),
        ("pn-pt 8-16 z wyjątkiem 24 i 31 grudnia", "Mo-Fr 08:00-16:00; Dec 24,Dec 31 off"),
        ("soboty 10-14 (tylko w roku szkolnym)", "Sa 10:00-14:00; SH off"),
        ("pn-czw 12-22, pt-sob 12-24, nd 12-20",
         "Mo-Th 12:00-22:00; Fr-Sa 12:00-24:00; Su 12:00-20:00"),
    ],
)  # fmt: skip
def test_what_people_write_is_understood(text: str, rule: str) -> None:
    """Wholly: nothing is left over.  Without Polish marks the same rule comes out."""
    for written in (text, fold(text), text.upper()):
        proposal = propose(written)
        assert proposal.left == ()
        assert proposal.rule is not None
        assert fold(proposal.rule.casefold()) == fold(rule.casefold())
        assert proposal.words == say(proposal.rule)


@pytest.mark.parametrize(
    ("text", "rule", "left"),
    [
        ("biuro pon.-pt. 7:30-15:30", "Mo-Fr 07:30-15:30", ("biuro",)),
        ("co drugi wtorek 16-18", None, ("co drugi wtorek 16-18",)),
        ("pn-pt 8-16, wybrane soboty 9-12", "Mo-Fr 08:00-16:00", ("wybrane soboty 9-12",)),
        ("dyżury 17:00-20:00 w wyznaczone dni", None, ("dyżury 17:00-20:00 w wyznaczone dni",)),
        ("wt. 17:00", None, ("wt. 17:00",)),
        ("pn-pt 10-18 telefon 600-700-800", "Mo-Fr 10:00-18:00", ("telefon 600-700-800",)),
        ("pn-pt do 20:00", None, ("pn-pt do 20:00",)),
        ("ferie 10-14", None, ("ferie 10-14",)),
        ("VI piątek miesiąca 18-20", None, ("VI piątek miesiąca 18-20",)),
        ("poza wakacjami pn-pt 8-16", None, ("poza wakacjami pn-pt 8-16",)),
        ("sezon jesienno-zimowy", None, ("sezon jesienno-zimowy",)),
        ("", None, ()),
        ("???", None, ("???",)),
    ],
)
def test_what_is_not_understood_is_named(
    text: str, rule: str | None, left: tuple[str, ...]
) -> None:
    """What limits a sentence without being understood keeps the sentence out of the rule."""
    proposal = propose(text)
    assert (proposal.rule, proposal.left) == (rule, left)


@st.composite
def sayable(draw: st.DrawFn) -> str:
    """Rules as people have them: weekdays, then a season, then holidays."""
    hours = st.lists(st.integers(1, 48), min_size=2, max_size=4, unique=True).map(sorted)

    def times() -> str:
        edges = draw(hours)
        both = zip(edges[::2], edges[1::2], strict=False)
        plain = ",".join(f"{clock(begins)}-{clock(ends)}" for begins, ends in both)
        night = f"{clock(draw(st.integers(30, 46)))}-{clock(draw(st.integers(1, 10)))}"
        odd = (night, f"{clock(edges[0])}+", f"{clock(edges[0])}-{clock(edges[1])}+")
        return draw(st.sampled_from((plain, plain, plain, *odd)))

    some = draw(
        st.sampled_from(
            ("Mo-Fr", "Mo,We,Fr", "Tu-Th", "Mo-Su", "We[2]", "Mo[1,3]", "Fr[-1]", "Tu,Th[5]", "Sa")
        )
    )
    rest = draw(st.sampled_from(("", "Sa", "Sa-Su", "Su")))
    several = [f"{some} {times()}", f"{rest} {times()}" if rest else ""]
    several.append(draw(st.sampled_from(("", "Su off", 'Su unknown "po umówieniu"'))))
    season = draw(
        st.sampled_from(
            ("", "Jul-Aug", "Dec 24", "Dec 24-Dec 31", "Jan,Mar", "Sep 1-Jun 30", "2026 Dec 24")
        )
    )
    several.append(f"{season} {draw(days())} {times()}" if season else "")
    after = (
        "",
        "PH off",
        "PH,Su off",
        "PH 10:00-14:00",
        'PH unknown "na telefon"',
        "SH off",
        "SH Mo-Fr 10:00-14:00",
    )
    several.append(draw(st.sampled_from(after)))
    return "; ".join(one for one in several if one)


def normal(rule: str) -> str:
    return str(opening_hours.OpeningHours(rule))


@given(sayable())
def test_what_was_said_is_understood_again(rule: str) -> None:
    """propose(say(rule)) is the rule: the words that are shown for confirmation are exact."""
    proposal = propose(say(rule))
    assert proposal.left == ()
    assert proposal.rule is not None
    assert meaning(proposal.rule) == meaning(rule)
    assert proposal.words == say(proposal.rule)


@given(rules())
def test_what_is_confirmed_once_stays(rule: str) -> None:
    """Any rule with words is read back whole, and a second round changes nothing."""
    said = say(rule)
    if said != rule:
        first = propose(said)
        assert first.left == ()
        assert propose(first.words) == first


def meaning(rule: str) -> list[tuple[datetime, str, str]]:
    begins = datetime(2026, 11, 30, tzinfo=WARSAW)
    found = intervals(rule, begins, begins + timedelta(days=250), "mazowieckie")
    return [(one.begins, one.state, one.comment) for one in found]


@given(seasons(), st.text("xqzv", min_size=3, max_size=8), st.integers(0, 3))
def test_a_strange_word_is_never_dropped(season: str, word: str, place: int) -> None:
    """Wherever it stands, it comes back in what is left."""
    written = say(f"{season} Mo-Fr 10:00-18:00; Sa 10:00-14:00").split(" ")
    written.insert(min(place, len(written)), word)
    assert word in " ".join(propose(" ".join(written)).left)


@given(st.one_of(st.text(max_size=60), st.text("pnwtśrczob. 0123456789–-,;:()iod", max_size=60)))
def test_any_text_gives_a_good_rule_or_none(text: str) -> None:
    """A proposal can always be read, and its words belong to it."""
    proposal = propose(text)
    assert proposal.rule is None or fault_in(proposal.rule) is None
    assert all(one.strip() for one in proposal.left)
    said = [one for one in pieces(text) if one.kind not in "CISER"]
    assert proposal.rule or proposal.left or not said


def test_half_a_character_is_named_like_any_strange_word() -> None:
    """What no parser takes breaks nothing: it is left over, and the hours beside it stay."""
    assert fault_in(propose("różnie (\ud800)").rule or "") is None
    assert propose("pn-pt 8-16 \ud800x").rule == "Mo-Fr 08:00-16:00"
    assert propose("pn-pt 8-16 \ud800x").left == ("\ufffdx",)


def test_a_long_text_is_not_read_to_its_end() -> None:
    """The rest is named like everything else that was not understood."""
    proposal = propose("pn-pt 8-16 " + "x" * 3000)
    assert sum(map(len, proposal.left)) >= 3000


def test_the_hours_of_the_real_catalogue() -> None:
    """Where a source's rule is known, the proposal means the same or says what it left out."""
    if not CATALOGUE.exists():
        pytest.skip("the source lists are not at hand")
    with CATALOGUE.open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["opening_hours_text"]]
    assert len(rows) >= 40
    begins = datetime(2026, 12, 7, tzinfo=WARSAW)
    for row in rows:
        proposal = propose(row["opening_hours_text"])
        assert proposal.rule or proposal.left
        if row["opening_hours"] and not proposal.left:
            spans = [
                intervals(rule, begins, begins + timedelta(weeks=4), row["voivodeship"])
                for rule in (row["opening_hours"], proposal.rule)
            ]
            assert spans[0] == spans[1], row["id"]
