"""Every field of a record in Polish, by its dotted name: for the desk, histories and tables.

One name for each column of `exchange.tables`; a test holds the two together, so a new field of the
record cannot reach a page as "operator.legal_form".
"""

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.web.words.dates import group

_CHECKED = "checked"
_NAMES: Mapping[str, object] = {
    "id": _("identyfikator"),
    "lat": _("szerokość geograficzna"),
    "lon": _("długość geograficzna"),
    "point": _("położenie na mapie"),
    "name": _("nazwa"),
    "other_names": _("inne nazwy"),
    "type": _("rodzaj miejsca"),
    "networks": _("sieci i\u00a0programy"),
    "values": _("wartości sieci"),
    "status": _("stan"),
    "status_note": _("wyjaśnienie stanu"),
    "valid_from": _("pierwszy dzień edycji"),
    "valid_to": _("ostatni dzień edycji"),
    "summary": _("opis"),
    "operator.name": _("kto prowadzi"),
    "operator.group": _("rodzina miejsc"),
    "operator.legal_form": _("forma prawna prowadzącego"),
    "operator.contract_until": _("koniec umowy lub dotacji"),
    "address.city": _("miejscowość"),
    "address.gmina": _("gmina"),
    "address.teryt": _("kod TERYT gminy"),
    "address.voivodeship": _("województwo"),
    "address.street": _("ulica i\u00a0numer"),
    "address.postcode": _("kod pocztowy"),
    "address.district": _("dzielnica"),
    "address.neighbourhood": _("osiedle lub część dzielnicy"),
    "position.precision": _("co oznacza punkt"),
    "position.uncertainty_m": _("dokładność punktu"),
    "position.method": _("skąd punkt"),
    "door": _("jak znaleźć wejście"),
    "journey": _("dojazd"),
    "catchment": _("komu służy: osiedla lub wsie"),
    "contact.phone": _("telefon"),
    "contact.email": _("e-mail"),
    "contact.website": _("strona internetowa"),
    "contact.profiles": _("inne strony i\u00a0profile"),
    "hours.open": _("godziny otwarcia"),
    "hours.open_note": _("godziny otwarcia własnymi słowami"),
    "hours.lending": _("kiedy można wypożyczyć sale"),
    "hours.lending_note": _("wypożyczanie sal własnymi słowami"),
    "rules.free": _("czy jest bezpłatnie"),
    "rules.cost_note": _("ile kosztuje"),
    "rules.walk_in": _("czy można po prostu wejść"),
    "rules.booking_note": _("jak się umówić"),
    "rules.booking_days_ahead": _("ile dni wcześniej się umówić"),
    "rules.residents_only": _("czy tylko dla okolicznych mieszkańców"),
    "rules.children_alone": _("czy dziecko może zostać samo"),
    "rules.children_alone_from": _("dziecko samo: od ilu lat"),
    "rules.own_meeting": _("czy można zrobić własne spotkanie"),
    "rules.own_meeting_note": _("własne spotkanie: na jakich warunkach"),
    "rules.non_commercial": _("czy wykluczone są wydarzenia komercyjne"),
    "rules.no_politics": _("czy wykluczone są wydarzenia polityczne i\u00a0religijne"),
    "rules.key_holder": _("kto ma klucz"),
    "rooms": _("sale"),
    "capacity_people": _("ile osób się zmieści"),
    "area_m2": _("powierzchnia"),
    "facilities": _("wyposażenie"),
    "activities": _("co się tu dzieje"),
    "audience": _("dla kogo"),
    "languages": _("języki"),
    "accessibility.wheelchair": _("czy można wjechać wózkiem"),
    "accessibility.level_entrance": _("czy wejście jest bez schodów"),
    "accessibility.ground_floor": _("czy wszystko jest na parterze"),
    "accessibility.ramp": _("czy jest podjazd"),
    "accessibility.lift": _("czy jest winda"),
    "accessibility.toilet": _("czy jest toaleta dla gości"),
    "accessibility.toilets_wheelchair": _("czy toaleta jest dostosowana do wózka"),
    "accessibility.parking_disabled": _("czy jest parking dla osób z\u00a0niepełnosprawnością"),
    "accessibility.assistance": _("czy ktoś pomoże na miejscu"),
    "accessibility.hearing_loop": _("czy jest pętla indukcyjna"),
    "accessibility.sign_language": _("czy ktoś zna język migowy"),
    "accessibility.note": _("dostępność własnymi słowami"),
    "photos": _("zdjęcia"),
    "doubts": _("co jest do potwierdzenia"),
    "sources": _("źródła"),
    "licence": _("licencja wpisu"),
    "merged_into": _("połączone z\u00a0wpisem"),
    "added": _("dodane do katalogu"),
    "changed": _("ostatnia zmiana wpisu"),
}
_OF_THE_DESK: Mapping[str, object] = {
    "reason": _("powód"),
    "question": _("pytanie"),
    "close": _("powód zamknięcia"),
    "withdraw": _("powód wycofania"),
    "strike": _("słowa do usunięcia z\u00a0historii"),
    "day": _("dzień zamknięcia"),
    "email": _("e-mail"),
    "photos": _("zdjęcia"),
}
"""Fields of its forms that are no column."""


def column(name: str) -> str:
    """What the field is called: "kto prowadzi"; its own name where nobody knows it."""
    first, _dot, rest = name.partition(".")
    if first == _CHECKED and rest:
        checked, _dot, what = rest.partition(".")
        if what == "by":
            return gettext("kto sprawdził: %(what)s", what=group(checked))
        return gettext("kiedy sprawdzono: %(what)s", what=group(checked))
    if first == "refs" and rest:
        return gettext("numer na liście „%(name)s”", name=rest)
    return str(_NAMES.get(name) or _OF_THE_DESK.get(name, name))


_HELP = {
    "address.teryt": _("sześć cyfr, np. 126101"),
    "address.voivodeship": _("małymi literami, np. małopolskie"),
    "address.postcode": _("pięć cyfr z\u00a0kreską, np. 30-001"),
    "hours.open": _("w\u00a0zapisie OpenStreetMap, np. Mo-Fr 10:00-18:00; Sa 10:00-14:00"),
    "hours.lending": _("w\u00a0zapisie OpenStreetMap, np. Mo-Su 10:00-22:00"),
    "rooms": _("jedna sala w\u00a0wierszu: nazwa | metry | ile osób | wyposażenie po przecinku"),
    "sources": _("jedno w\u00a0wierszu: adres strony | nazwa | data | licencja"),
    "networks": _("jedna w\u00a0wierszu"),
    "other_names": _("jedna w\u00a0wierszu"),
    "activities": _("jedno w\u00a0wierszu"),
    "facilities": _("jedno w\u00a0wierszu"),
    "catchment": _("jedno w\u00a0wierszu"),
    "contact.profiles": _("jeden adres w\u00a0wierszu"),
    "position.uncertainty_m": _("w\u00a0metrach"),
    "valid_from": _("rok, rok-miesiąc albo rok-miesiąc-dzień"),
    "valid_to": _("rok, rok-miesiąc albo rok-miesiąc-dzień"),
}


def column_help(name: str) -> str:
    """How a moderator types the field; empty where that is plain."""
    return str(_HELP.get(name, ""))
