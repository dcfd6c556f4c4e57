"""Names of areas in a sentence: "mieszkańców Gdańska", "w województwie pomorskim".

Cities with powiat rights are few and stand here one by one; adjectives follow a rule; other names
keep their form behind a word that takes the case: "mieszkańców gminy Rudna".
"""

import re

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.teryt import Level

_CITIES = {
    "Białystok": "Białegostoku", "Bielsko-Biała": "Bielska-Białej",
    "Biała Podlaska": "Białej Podlaskiej", "Bydgoszcz": "Bydgoszczy", "Bytom": "Bytomia",
    "Chełm": "Chełma", "Chorzów": "Chorzowa", "Częstochowa": "Częstochowy",
    "Dąbrowa Górnicza": "Dąbrowy Górniczej", "Elbląg": "Elbląga", "Gdańsk": "Gdańska",
    "Gdynia": "Gdyni", "Gliwice": "Gliwic", "Gorzów Wielkopolski": "Gorzowa Wielkopolskiego",
    "Grudziądz": "Grudziądza", "Jastrzębie-Zdrój": "Jastrzębia-Zdroju", "Jaworzno": "Jaworzna",
    "Jelenia Góra": "Jeleniej Góry", "Kalisz": "Kalisza", "Katowice": "Katowic",
    "Kielce": "Kielc", "Konin": "Konina", "Koszalin": "Koszalina", "Kraków": "Krakowa",
    "Krosno": "Krosna", "Legnica": "Legnicy", "Leszno": "Leszna", "Lublin": "Lublina",
    "Łomża": "Łomży", "Łódź": "Łodzi", "Mysłowice": "Mysłowic", "Nowy Sącz": "Nowego Sącza",
    "Olsztyn": "Olsztyna", "Opole": "Opola", "Ostrołęka": "Ostrołęki",
    "Piekary Śląskie": "Piekar Śląskich", "Piotrków Trybunalski": "Piotrkowa Trybunalskiego",
    "Płock": "Płocka", "Poznań": "Poznania", "Przemyśl": "Przemyśla", "Radom": "Radomia",
    "Ruda Śląska": "Rudy Śląskiej", "Rybnik": "Rybnika", "Rzeszów": "Rzeszowa",
    "Siedlce": "Siedlec", "Siemianowice Śląskie": "Siemianowic Śląskich",
    "Skierniewice": "Skierniewic", "Słupsk": "Słupska", "Sopot": "Sopotu",
    "Sosnowiec": "Sosnowca", "Suwałki": "Suwałk", "Szczecin": "Szczecina",
    "Świętochłowice": "Świętochłowic", "Świnoujście": "Świnoujścia",
    "Tarnobrzeg": "Tarnobrzega", "Tarnów": "Tarnowa", "Toruń": "Torunia", "Tychy": "Tychów",
    "Wałbrzych": "Wałbrzycha", "Warszawa": "Warszawy", "Włocławek": "Włocławka",
    "Wrocław": "Wrocławia", "Zabrze": "Zabrza", "Zamość": "Zamościa",
    "Zielona Góra": "Zielonej Góry", "Żory": "Żor",
}  # fmt: skip
_LEVELS = {
    "country": _("kraj"),
    "voivodeship": _("województwo"),
    "powiat": _("powiat"),
    "gmina": _("gmina"),
    "district": _("dzielnica"),
}
_PLURALS = {
    "voivodeship": _("Województwa"),
    "powiat": _("Powiaty i\u00a0miasta na prawach powiatu"),
    "gmina": _("Gminy"),
    "district": _("Dzielnice i\u00a0osiedla"),
}
_PEERS = {
    "voivodeship": _("wśród województw"),
    "powiat-city": _("wśród miast na prawach powiatu"),
    "powiat-land": _("wśród powiatów"),
    "gmina": _("wśród gmin"),
    "gmina-1": _("wśród gmin miejskich"),
    "gmina-2": _("wśród gmin wiejskich"),
    "gmina-3": _("wśród gmin miejsko-wiejskich"),
    "gmina-city": _("wśród miast na prawach powiatu"),
}
_KINDS = {
    "gmina-1": _("gmina miejska"),
    "gmina-2": _("gmina wiejska"),
    "gmina-3": _("gmina miejsko-wiejska"),
}
_MASCULINE = re.compile(r"(\w+-)*\w+([skcdz]+k|n)i")


def level_name(level: Level) -> str:
    """What kind of area it is, as a gloss: "województwo"."""
    return str(_LEVELS.get(level, level))


def children_heading(level: Level) -> str:
    """What the areas of a table are: "Powiaty i miasta na prawach powiatu"."""
    return str(_PLURALS.get(level, level))


def kind_name(kind: str) -> str:
    """What kind of gmina it is, "gmina wiejska"; "" of other areas."""
    return str(_KINDS.get(kind, ""))


def among(kind: str) -> str:
    """Whom an area is compared with: "wśród województw"."""
    if kind.startswith("district-"):
        return gettext("wśród dzielnic i\u00a0osiedli tego miasta")
    return str(_PEERS.get(kind, _("wśród podobnych obszarów")))


def full_name(level: Level, name: str) -> str:
    """The area on its own, as a heading: "województwo pomorskie", "gmina Rudna"."""
    if level == "voivodeship":
        return gettext("województwo\u00a0%(name)s", name=name)
    if level == "gmina" and name not in _CITIES:
        return gettext("gmina\u00a0%(name)s", name=name)
    return name


def of_area(level: Level, name: str) -> str:
    """Whose residents: "Gdańska", "województwa pomorskiego", "gminy Rudna", "Polski"."""
    if level == "country":
        return gettext("Polski")
    if level == "voivodeship":
        if name.endswith("kie"):
            return gettext("województwa\u00a0%(name)s", name=f"{name}go")
        return gettext("województwa\u00a0„%(name)s”", name=name)
    if name in _CITIES and level in ("powiat", "gmina"):
        return _CITIES[name]
    if level == "powiat" and name.startswith("powiat "):
        return _of_powiat(name.removeprefix("powiat "))
    if level == "powiat":
        return gettext("powiatu %(name)s", name=name)
    if level == "gmina":
        return gettext("gminy %(name)s", name=name)
    return gettext("obszaru „%(name)s”", name=name)


def _of_powiat(name: str) -> str:
    """ "lubiński" becomes "powiatu lubińskiego", "bielsko-podlaski" "bielsko-podlaskiego"."""
    if not all(map(_MASCULINE.fullmatch, name.split(" "))):
        return gettext("powiatu %(name)s", name=name)
    return gettext("powiatu\u00a0%(name)s", name=" ".join(f"{one}ego" for one in name.split(" ")))
