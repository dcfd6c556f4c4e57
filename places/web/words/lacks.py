"""What a record may lack, in words: for the dashboard of quality and for those who mend records."""

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.web.words.dates import group_short

_LACKS = {
    "hours": _("godziny otwarcia"),
    "contact": _("kontakt: telefon, e-mail lub strona"),
    "offer": _("co się dzieje i\u00a0dla kogo"),
    "access": _("dostępność: schody, toaleta, pętla, migowy"),
    "free": _("czy jest bezpłatnie"),
    "walk_in": _("czy można po prostu wejść"),
    "residents_only": _("czy trzeba mieszkać w\u00a0okolicy"),
    "children_alone": _("czy dziecko może zostać samo"),
    "own_meeting": _("czy można zrobić własne spotkanie"),
    "cost": _("ile kosztuje sala"),
    "people": _("ile osób się zmieści"),
    "kitchen": _("czy jest kuchnia"),
    "key": _("kto ma klucz"),
    "photo": _("zdjęcie"),
    "position": _("dokładny adres na mapie"),
    "certainty": _("pewność: coś jest do potwierdzenia"),
}
_SHORT = {
    "hours": _("godziny"),
    "contact": _("kontakt"),
    "offer": _("co się dzieje"),
    "access": _("dostępność"),
    "free": _("czy bezpłatnie"),
    "walk_in": _("czy można wejść"),
    "residents_only": _("czy dla wszystkich"),
    "children_alone": _("dzieci bez opiekuna"),
    "own_meeting": _("własne spotkania"),
    "cost": _("cena sali"),
    "people": _("ile osób"),
    "kitchen": _("kuchnia"),
    "key": _("klucz"),
    "photo": _("zdjęcie"),
    "position": _("dokładne położenie"),
    "certainty": _("pewność wpisu"),
}
_KINDS = {
    "voivodeship": _("Województwo"),
    "network": _("Sieć"),
    "city": _("Miejscowość"),
}
_PRECISIONS = {
    "address": _("adres z\u00a0numerem"),
    "street": _("ulica"),
    "neighbourhood": _("osiedle"),
    "district": _("dzielnica"),
    "locality": _("miejscowość"),
    "gmina": _("tylko gmina"),
}
_STALE = "stale-"


def lack(code: str) -> str:
    """What is missing: "godziny otwarcia", "stare: godziny"."""
    if code.startswith(_STALE):
        return gettext("do sprawdzenia: %(what)s", what=group_short(code.removeprefix(_STALE)))
    return str(_LACKS.get(code, code))


def lacks_short(codes: Iterable[str]) -> list[tuple[str, str]]:
    """What is missing in a record, in one or two lines: ("Nieznane", "godziny, kontakt")."""
    known = list(codes)
    gaps = [str(_SHORT[one]) for one in known if one in _SHORT]
    stale = [group_short(one.removeprefix(_STALE)) for one in known if one.startswith(_STALE)]
    lines = [
        (gettext("Brakuje"), ", ".join(gaps)),
        (gettext("Dawno albo nigdy niesprawdzone"), ", ".join(stale)),
    ]
    return [(name, said) for name, said in lines if said]


def part_of_country(kind: str) -> str:
    """What the country is divided by: "Województwo"."""
    return str(_KINDS.get(kind, kind))


def precision_short(code: str) -> str:
    """What the point stands for, in a table: "osiedle"."""
    return str(_PRECISIONS.get(code, code))


def share(part: int, whole: int) -> str:
    """A share in whole percent, never rounded to none or to all: "poniżej 1%", "–" of nothing."""
    if not whole:
        return "–"
    percent = round(100 * part / whole)
    if part and percent == 0:
        return gettext("poniżej %(percent)s", percent="1%")
    if part < whole and percent == 100:
        return gettext("ponad %(percent)s", percent="99%")
    return f"{percent}%"


def age(days: int | None) -> str:
    """How old something is: "4,9 roku", "7 miesięcy"; "–" when nobody knows."""
    if days is None:
        return "–"
    if days < 60:
        return gettext("1\u00a0dzień") if days == 1 else gettext("%(num)s\u00a0dni", num=days)
    if days < 365:
        return gettext("%(num)s\u00a0mies.", num=days // 30)
    years = f"{days / 365.25:.1f}".replace(".", ",")
    return gettext("%(num)s\u00a0roku", num=years)
