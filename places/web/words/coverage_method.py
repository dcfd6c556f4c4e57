"""How coverage was measured, in words: how exact it is, what was assumed, what counted."""

from collections.abc import Iterator, Mapping, Sequence

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from places.coverage.figures import Figures
from places.coverage.survey import Method
from places.coverage.terms import (
    DETOUR,
    EXACT,
    HEADLINE,
    LEAST_OPEN,
    LONGEST,
    SNAP,
    TIMES,
    WALKERS,
    Walker,
)
from places.web.words.codes import audience, type_plural
from places.web.words.columns import column
from places.web.words.coverage import percent, time, walker
from places.web.words.dates import date_words
from places.web.words.faults import field
from places.web.words.quantities import distance, number, place_count

_RESIDENTS = {
    "settlement": _(
        "O\u00a0ludności wiemy tylko, ile osób mieszka w\u00a0całej miejscowości, a\u00a0nie gdzie"
        " dokładnie, i\u00a0tylko o\u00a0większych miejscowościach. To wynik orientacyjny:"
        " dobry do porównań, za słaby do decyzji o\u00a0jednym osiedlu."
    ),
    "grid": _(
        "Ludność znamy w\u00a0kratkach o\u00a0boku 1\u00a0km; mieszkańców kratki rozkładamy równo"
        " po jej powierzchni."
    ),
    "point": _("Ludność znamy z\u00a0dokładnością do punktu, takiego jak adres lub mała kratka."),
}
_ON_STREETS = _(
    "Ludność znamy w\u00a0kratkach o\u00a0boku 1\u00a0km; mieszkańców kratki rozkładamy wzdłuż jej"
    " ulic."
)
_PLACES = {
    "vague": _("Położenie znamy tylko w\u00a0przybliżeniu: poszerza zakres wyniku"),
    "unplaced": _(
        "Znamy tylko miejscowość: liczą się w\u00a0liczbie miejsc, a\u00a0w\u00a0czasie dojścia nie"
    ),
    "doubtful": _("Nie ma pewności, że działają albo spełniają warunek: liczą się jako „być może”"),
    "hours_unknown": _("Nie znamy godzin: w\u00a0tabeli pór liczą się jako „być może”"),
    "planned": _("Dopiero planowane: nie liczą się"),
    "temporarily_closed": _("Chwilowo nieczynne: nie liczą się"),
    "not_open_to_all": _(
        "Nie dla wszystkich (świetlice środowiskowe): liczą się tylko wtedy, gdy o\u00a0nie pytasz"
    ),
    "without_need": _("Wiemy, że nie spełniają warunku: nie liczą się"),
}


def precision(one: Figures, method: Method) -> list[str]:
    """How exact the numbers are: what stands right under the headline."""
    return [
        _how_many_places(one, method),
        _how_people(one, method),
        _how_ways(one),
        *_how_sure_places(one, method),
    ]


def _how_many_places(one: Figures, method: Method) -> str:
    """What the catalogue does not know is not there for these numbers, and may be there."""
    if one.places[1]:
        return gettext(
            "Liczymy tylko miejsca z\u00a0tego katalogu. Jeśli jakiegoś w\u00a0nim brakuje,"
            " prawdziwy wynik jest wyższy."
        )
    if method.filters:
        return gettext(
            "Liczymy tylko miejsca z\u00a0tego katalogu, a\u00a0takiego, o\u00a0jakie pytasz, tu"
            " nie zna. To nie znaczy, że go nie ma."
        )
    return gettext(
        "Liczymy tylko miejsca z\u00a0tego katalogu, a\u00a0tu nie zna on jeszcze żadnego."
        " To nie znaczy, że ich nie ma."
    )


def _how_sure_places(one: Figures, method: Method) -> Iterator[str]:
    """Why the range is as wide as it is: what is not known of the places of the area."""
    sure, most = one.places
    if one.vague:
        wide = one.shares["adult"][str(HEADLINE)]["total"] or (0.0, 0.0)
        if most == 1:
            said = gettext("Położenie jedynego miejsca znamy tu tylko w\u00a0przybliżeniu")
        elif one.vague == most:
            said = gettext("Położenie wszystkich miejsc znamy tu tylko w\u00a0przybliżeniu")
        else:
            said = gettext(
                "Położenie %(vague)s z\u00a0%(all)s miejsc znamy tu tylko w\u00a0przybliżeniu",
                vague=number(one.vague), all=number(most),
            )  # fmt: skip
        is_range = percent(wide[0]) != percent(wide[1])
        yield gettext("%(said)s, stąd szeroki zakres.", said=said) if is_range else f"{said}."
    if sure < most:
        why = gettext("nie wiemy, czy działają albo spełniają warunek")
        if sure:
            yield gettext(
                "Na pewno liczy się %(sure)s z\u00a0%(all)s miejsc, pozostałe być może: %(why)s.",
                sure=number(sure), all=number(most), why=why,
            )  # fmt: skip
        else:
            yield gettext("Żadne miejsce nie liczy się tu na pewno: %(why)s.", why=why)
    if most and (hidden := method.places.get("hours_unknown", 0)):
        yield ngettext(
            "Godzin nie znamy w\u00a0całej Polsce dla %(count)s\u00a0miejsca, stąd szersze zakresy"
            " w\u00a0tabeli pór tygodnia.",
            "Godzin nie znamy w\u00a0całej Polsce dla %(count)s\u00a0miejsc, stąd szersze zakresy"
            " w\u00a0tabeli pór tygodnia.",
            hidden, count=number(hidden),
        )  # fmt: skip


def only_some(one: Figures, children: Sequence[Figures]) -> str:
    """Where the data knows nobody in some of the parts, that; else empty."""
    silent = sum(not child.people["total"] for child in children)
    if not one.people["total"] or not silent:
        return ""
    return gettext(
        "Dane o\u00a0ludności nie obejmują całego obszaru: w\u00a0%(silent)s z\u00a0%(all)s jego"
        " części nie ma w\u00a0nich nikogo. Wynik mówi tylko o\u00a0pozostałych.",
        silent=number(silent),
        all=number(len(children)),
    )


def _how_people(one: Figures, method: Method) -> str:
    kinds = [code for code in _RESIDENTS if code in method.precision]
    if kinds == ["grid"] and one.by_streets >= 0.5:
        return str(_ON_STREETS)
    return str(_RESIDENTS[kinds[0]]) if kinds else str(_RESIDENTS["settlement"])


def _how_ways(one: Figures) -> str:
    if one.by_streets == 0:
        return gettext(
            "Drogę mierzymy w\u00a0linii prostej wydłużonej o\u00a0%(more)s, bo sieć ulic nie jest"
            " tu wczytana. Tory, rzeki i\u00a0ogrodzenia mogą tę drogę wydłużyć, więc prawdziwy"
            " wynik bywa niższy.",
            more=percent(DETOUR - 1),
        )
    if one.by_streets == 1:
        return gettext("Drogę mierzymy po ulicach i\u00a0ścieżkach.")
    return gettext(
        "Drogę mierzymy po ulicach i\u00a0ścieżkach dla %(share)s mieszkańców, a\u00a0dla"
        " pozostałych w\u00a0linii prostej wydłużonej o\u00a0%(more)s.",
        share=percent(one.by_streets),
        more=percent(DETOUR - 1),
    )


def paces() -> list[str]:
    """How fast whom walks, a line each."""
    return [_pace(code, one) for code, one in WALKERS.items()]


def _pace(code: str, one: Walker) -> str:
    return gettext(
        "%(who)s: %(speed)s\u00a0km/h, schody %(steps)s\u00a0%(times)s wolniej",
        who=walker(code),
        speed=number(round(one.metres_per_minute * 60 / 1000, 1)),
        steps=number(one.steps),
        times=gettext("razy") if one.steps == int(one.steps) else gettext("raza"),
    )


def whose_pace() -> str:
    """At whose pace the headline is counted."""
    return gettext(
        "W\u00a0pierwszym zdaniu dzieci idą w\u00a0tempie rodzica z\u00a0małym dzieckiem, osoby 65+"
        " w\u00a0tempie osoby starszej, a\u00a0wszyscy mieszkańcy w\u00a0tempie osoby dorosłej."
    )


def assumptions() -> list[tuple[str, str]]:
    """What was assumed, each with its number."""
    return [
        (gettext("Zasięg"), gettext(
            "W\u00a0nagłówku %(minutes)s\u00a0minut drogi od miejsca zamieszkania do drzwi.",
            minutes=HEADLINE,
        )),
        (gettext("Droga"), gettext(
            "Po ulicach, jeśli najbliższa leży do %(snap)s od punktu; inaczej w\u00a0linii prostej"
            " razy %(detour)s.", snap=distance(SNAP), detour=number(DETOUR),
        )),
        (gettext("Długa droga"), gettext(
            "Wszystko powyżej %(most)s\u00a0minut liczymy jako %(most)s\u00a0minut.", most=LONGEST,
        )),
        (gettext("Miejsca o\u00a0niepewnym położeniu"), gettext(
            "Dokładniejsze niż %(exact)s to punkt. Mniej dokładne mogą leżeć gdziekolwiek"
            " w\u00a0granicach swojej niepewności, stąd zakresy „od–do”. W\u00a0tych granicach leży"
            " dziewięć miejsc na dziesięć, a\u00a0drogę w\u00a0nich liczymy jak po linii prostej"
            " wydłużonej o\u00a0%(more)s: rzeka albo tory mogą ją wydłużyć bardziej.",
            exact=distance(EXACT), more=percent(DETOUR - 1),
        )),
        (gettext("Otwarte o\u00a0danej porze"), gettext(
            "%(times)s; miejsce musi być wtedy otwarte co najmniej %(least)s\u00a0minut,"
            " a\u00a0w\u00a0dni powszednie przynajmniej w\u00a0%(days)s z\u00a05\u00a0dni.",
            times=_sentence(", ".join(map(time, TIMES))),
            least=LEAST_OPEN,
            days=TIMES["morning"].enough,
        )),
    ]  # fmt: skip


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def counted(places: Mapping[str, int]) -> list[tuple[str, str]]:
    """How many places of all Poland counted and did not, and why: (how many, what)."""
    rows = [(places.get("counted", 0), gettext("Liczą się w\u00a0wyniku"))]
    rows += [(places[code], str(_PLACES[code])) for code in _PLACES if places.get(code)]
    return [
        (gettext("%(places)s w\u00a0całej Polsce", places=place_count(many)), what)
        for many, what in rows
    ]


def citation(name: str, method: Method, link: str) -> str:
    """How to cite the report."""
    return gettext(
        "Miejsca Otwarte, Pokrycie: %(name)s. Katalog w\u00a0tygodniu od %(week)s, metoda"
        " %(number)s, stan danych %(stamp)s. %(link)s",
        name=name,
        week=date_words(method.week),
        number=method.method,
        stamp=method.stamp,
        link=link,
    )


def filter_said(name: str, value: str) -> str:
    """A chosen filter as people say it."""
    if name == "type":
        return type_plural(value)
    if name == "audience":
        return audience(value)
    if name == "access":
        return gettext("dostępność: %(what)s", what=column(f"accessibility.{value}"))
    return f"{field(name)}: {value}"
