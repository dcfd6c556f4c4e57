"""What people write in the cells of a table: a help for each column that needs one."""

from flask_babel import lazy_gettext as _

from places import columns
from places.vocabulary import AUDIENCES, TYPES
from places.web.words.codes import audience, type_name
from places.web.words.values import precision

_ANSWER = _("tak, nie albo częściowo; puste: nie wiadomo")
_LIST = _("kilka rozdziela średnik")
_HELP = {
    "id": _("identyfikator z\u00a0katalogu, gdy miejsce już w\u00a0nim jest; w\u00a0nowym puste"),
    "name": _("jak na szyldzie"),
    "type": _("nazwa rodzaju albo kod"),
    "address.city": _("miasto lub wieś"),
    "address.gmina": _("puste, gdy miejscowość jest już w\u00a0katalogu"),
    "address.teryt": _("sześć cyfr kodu gminy, np. 126101"),
    "address.voivodeship": _("małymi literami, np. małopolskie"),
    "address.street": _("np. ul. Lipowa 3"),
    "address.postcode": _("pięć cyfr z\u00a0kreską, np. 30-001"),
    "lat": _("np. 50,0217"),
    "lon": _("np. 19,9705"),
    "position.precision": _("co oznacza punkt; puste: adres"),
    "position.uncertainty_m": _("na ile metrów dokładny jest punkt, np. 75"),
    "contact.phone": _("placówki, nie prywatny"),
    "contact.email": _("placówki, nie prywatny"),
    "contact.website": _("z\u00a0https:// na początku"),
    "hours.open": _("w\u00a0zapisie OpenStreetMap, np. Mo-Fr 10:00-18:00; Sa 10:00-14:00"),
    "hours.open_note": _("po polsku, jak na stronie"),
    "capacity_people": _("liczba"),
    "area_m2": _("liczba, metry kwadratowe"),
    "valid_from": _("rok, rok-miesiąc albo rok-miesiąc-dzień"),
    "valid_to": _("rok, rok-miesiąc albo rok-miesiąc-dzień"),
    "sources": _("adres strony, z\u00a0której są te dane"),
}


def cell_help(name: str) -> str:
    """What belongs in a cell of the column."""
    known = columns.column(name)
    if name in _HELP or known is None:
        return str(_HELP.get(name, ""))
    if known.kind == "answer":
        return str(_ANSWER)
    return str(_LIST) if known.kind == "list" else ""


def cell_values() -> dict[str, list[str]]:
    """What may stand in the columns that take only certain words, each with its meaning."""
    return {
        "type": [type_name(code) for code in TYPES],
        "position.precision": [
            f"{code} ({precision(code)})"
            for code in ("address", "street", "neighbourhood", "district", "locality", "gmina")
        ],
        "audience": [f"{code} ({audience(code)})" for code in AUDIENCES],
    }
