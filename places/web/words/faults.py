"""What is wrong, as a sentence: for the page, the API and the terminal alike.

The value is data from outside; whoever prints the sentence escapes it.
"""

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.errors import Fault
from places.web.words import coverage_faults, loading

_FIELDS = {
    "q": _("szukane słowa"),
    "city": _("miejscowość"),
    "district": _("dzielnica"),
    "type": _("rodzaj miejsca"),
    "network": _("sieć"),
    "near": _("w\u00a0pobliżu"),
    "radius": _("promień"),
    "bbox": _("obszar mapy"),
    "sort": _("kolejność"),
    "open": _("kiedy otwarte"),
    "exact": _("dosłownie"),
    "explain": _("wyjaśnienia"),
    "kind": _("rodzaj podpowiedzi"),
    "text": _("godziny"),
    "rule": _("zapis godzin"),
    "voivodeship": _("województwo"),
    "view": _("widok mapy"),
    "page": _("strona"),
    "per_page": _("liczba na stronie"),
    "zoom": _("powiększenie mapy"),
    "id": _("identyfikator"),
    "point": _("położenie"),
    "geometry": _("położenie"),
    "geometry.coordinates": _("położenie"),
    "name": _("nazwa"),
    "sources": _("źródła"),
    "valid_to": _("ostatni dzień"),
    "hours.open": _("godziny otwarcia"),
    "hours.lending": _("godziny wypożyczania sal"),
    "contact.phone": _("telefon"),
    "contact.email": _("e-mail"),
    "contact.website": _("strona internetowa"),
    "email": _("adres e-mail"),
    "password": _("hasło"),
    "area": _("teren"),
    "role": _("rola"),
    "weeks": _("liczba tygodni"),
    **loading.FIELDS,
    **coverage_faults.FIELDS,
}

_SENTENCES = {
    # a record
    "missing": _("brakuje wartości"),
    "empty": _("wartość jest pusta"),
    "unknown_field": _("nie znamy takiego pola"),
    "unknown_parameter": _("nie znamy takiego parametru"),
    "wrong_type": _("wartość jest innego rodzaju, niż powinna"),
    "not_in_list": _("nie ma takiej wartości"),
    "pattern": _("wartość nie ma wymaganej postaci"),
    "too_long": _("tekst jest za długi"),
    "too_many": _("za dużo wartości"),
    "too_small": _("liczba jest za mała"),
    "too_big": _("liczba jest za duża"),
    "not_a_number": _("to nie jest liczba"),
    "not_a_date": _("nie ma takiej daty (rok, rok-miesiąc albo rok-miesiąc-dzień)"),
    "not_a_point": _("potrzebny jest punkt: dwie liczby, szerokość i\u00a0długość geograficzna"),
    "axes_swapped": _(
        "punkt leży poza Polską; wygląda na to, że szerokość i\u00a0długość są zamienione"
    ),
    "outside_poland": _("punkt leży poza Polską"),
    "ends_before_begins": _("ostatni dzień jest wcześniejszy niż pierwszy"),
    "source_empty": _("źródło musi mieć adres strony albo nazwę"),
    "hours_syntax": _("to nie jest zapis godzin OpenStreetMap (opening_hours)"),
    "hours_empty": _("brakuje godzin"),
    "hours_in_polish": _(
        "godziny są zapisane po polsku; potrzebny jest zapis OpenStreetMap, np. Mo-Fr 10:00-18:00"
    ),
    "hours_no_such_date": _("w\u00a0godzinach jest data, której nie ma w\u00a0kalendarzu"),
    "hours_unfinished": _("zapis godzin urywa się na przecinku albo średniku"),
    "hours_dash": _("w\u00a0godzinach zamiast długiej kreski wpisz zwykły łącznik (-)"),
    "hours_dot": _("w\u00a0godzinach zamiast kropki wpisz dwukropek: 9:30"),
    "hours_no_such_time": _("nie ma takiej godziny; doba kończy się o\u00a024:00"),
    "hours_minutes": _("dopisz minuty: 10:00-18:00 zamiast 10-18"),
    "repeated": _("ta wartość się powtarza"),
    # a file
    "no_file": _("nie ma takiego pliku"),
    "unreadable": _("pliku nie da się odczytać"),
    "unwritable": _("indeksu nie da się zapisać"),
    "encoding": _("to nie jest tekst UTF-8"),
    "not_json": _("to nie jest poprawny JSON"),
    "cut_short": _("plik jest ucięty"),
    "not_sorted": _("rekordy nie są ułożone według identyfikatorów"),
    "not_a_collection": _("plik nie jest kolekcją GeoJSON (FeatureCollection)"),
    "not_a_feature": _("to nie jest obiekt GeoJSON (Feature)"),
    "not_canonical": _("zapis różni się od wzorcowego (kolejność pól, odstępy, puste pola)"),
    # an import
    "unknown_form": _("nie znamy takiego rodzaju pliku"),
    "unknown_crs": _("nie znamy takiego układu współrzędnych"),
    "not_csv": _("to nie jest poprawny plik CSV"),
    "not_a_spreadsheet": _("to nie jest poprawny arkusz XLSX"),
    "no_headers": _("plik nie ma nagłówków kolumn"),
    "too_many_columns": _("plik ma za dużo kolumn"),
    "too_long_unpacked": _("plik po rozpakowaniu jest za duży"),
    "repeated_column": _("dwie kolumny mają ten sam nagłówek"),
    "cell_beyond_headers": _("wiersz ma więcej komórek niż nagłówków"),
    "no_column": _("w\u00a0pliku nie ma takiej kolumny"),
    "several_places": _("wiersz pasuje do kilku miejsc naraz"),
    "row_repeats": _("o\u00a0tym miejscu mówi już inny wiersz"),
    "probably_known": _("to miejsce pewnie już jest w\u00a0katalogu"),
    "too_many_rows": _("tabela ma za dużo wierszy"),
    "too_many_bytes": _("plik jest za duży"),
    "no_such_place": _("w\u00a0katalogu nie ma miejsca o\u00a0takim identyfikatorze"),
    "not_by_table": _("tego pola nie zmienia się tabelą"),
    "beyond_area": _("to miejsce leży poza terenem, o\u00a0którym ta osoba lub lista decyduje"),
    "rows_refused": _("są wiersze, których nie da się wczytać"),
    "file_or_url": _("podaj albo --file, albo --url"),
    "list_empty": _("lista jest pusta"),
    "list_unreachable": _("nie udało się pobrać listy"),
    "list_key": _("lista musi mówić, po czym poznać jej wiersze"),
    "list_name": _("nazwa listy to małe litery, cyfry i\u00a0kreski"),
    "changed_meanwhile": _("katalog zmienił się w\u00a0tym czasie; powtórz polecenie"),
    "not_for_terminal": _("arkusza nie da się pokazać w\u00a0terminalu; podaj --out"),
    # a form
    "which_locality": _("jest kilka miejscowości o\u00a0tej nazwie"),
    "gmina_needed": _("nie wiadomo, w\u00a0jakiej gminie leży ta miejscowość"),
    "gmina_unknown": _(
        "kod gminy nie jest cały: wpisz dwie ostatnie cyfry zamiast zer (spis: eteryt.stat.gov.pl)"
    ),
    "point_needed": _("nie wiadomo, gdzie to jest; potrzebny jest punkt"),
    "hours_unconfirmed": _("godziny nie są potwierdzone"),
    "too_many_links": _("za dużo adresów stron w\u00a0tekstach"),
    "too_fast": _("formularz przyszedł zbyt szybko"),
    "form_expired": _("formularz był otwarty zbyt długo"),
    "too_often": _("za dużo zgłoszeń naraz"),
    "not_kept": _("nie udało się tego zapisać"),
    "outside_area": _("ta gmina nie jest na Twoim terenie: zostaw zgłoszenie jej moderatorom"),
    "not_an_email": _("to nie jest adres e-mail"),
    "nothing_changed": _("nic się nie zmienia"),
    "not_a_teryt": _("to nie jest początek numeru TERYT: dwie, cztery albo sześć cyfr"),
    "password_short": _("hasło jest za krótkie"),
    "password_weak": _("takie hasło łatwo odgadnąć"),
    "newer": _("w\u00a0międzyczasie ktoś to zmienił"),
    # a photo
    "photo_big": _("zdjęcie jest za duże"),
    "photo_format": _("to nie jest zdjęcie JPEG, PNG ani WebP"),
    "photo_pixels": _("zdjęcie ma za dużo pikseli"),
    "photo_small": _("zdjęcie jest za małe"),
    "photo_broken": _("plik ze zdjęciem jest uszkodzony"),
    "photo_alt": _("zdjęcie nie ma opisu"),
    "photo_author": _("nie wiadomo, kto zrobił zdjęcia"),
    "photo_licence": _("nie wiadomo, na jakich zasadach można korzystać ze zdjęć"),
    "photos_later": _("nie możemy teraz przyjąć więcej zdjęć"),
    "no_photo": _("nie ma pliku ze zdjęciem"),
    # a question
    "given_twice": _("ten parametr można podać tylko raz"),
    "not_a_whole_number": _("potrzebna jest liczba całkowita"),
    "out_of_range": _("liczba jest poza zakresem"),
    "wrong_count": _("nie tyle liczb, ile trzeba"),
    "box_inside_out": _("obszar jest odwrócony; kolejność to zachód, południe, wschód, północ"),
    "needs_near": _("podaj też „w\u00a0pobliżu”: skąd liczyć odległość"),
    "not_with_zoom": _("tego parametru nie łączy się z\u00a0„zoom”"),
    "unknown_settlement": _("nie znamy miejscowości ani dzielnicy o\u00a0takiej nazwie"),
    "unknown_postcode": _(
        "nie znamy żadnego miejsca o\u00a0takim kodzie pocztowym ani blisko niego"
    ),
    "no_addresses": _("tu nie szukamy ulic; podaj miejscowość, dzielnicę albo kod pocztowy"),
    "not_a_time": _("nie rozumiemy, o\u00a0jaki czas chodzi"),
    "geocoder_timeout": _(
        "serwis, który zna adresy, nie odpowiedział na czas; spróbuj jeszcze raz"
        " albo wpisz samą miejscowość"
    ),
    "geocoder_unavailable": _(
        "serwis, który zna adresy, teraz nie działa; wpisz samą miejscowość lub dzielnicę"
    ),
    "geocoder_nothing": _(
        "nie znaleźliśmy takiego adresu; sprawdź pisownię albo wpisz samą miejscowość"
    ),
    **loading.SENTENCES,
    **coverage_faults.SENTENCES,
}

# What the broken bound adds; without a bound the sentence above stands alone.
_BOUNDS = {
    "not_in_list": _("możliwe: %(limit)s"),
    "pattern": _("wzór: %(limit)s"),
    "too_long": _("najwyżej %(limit)s znaków"),
    "too_many": _("najwyżej %(limit)s"),
    "too_many_columns": _("najwyżej %(limit)s"),
    "too_many_rows": _("najwyżej %(limit)s"),
    "too_many_bytes": _("najwyżej %(limit)s\u00a0MB"),
    "list_key": _("np. %(limit)s"),
    "too_long_unpacked": _("najwyżej %(limit)s bajtów"),
    "password_short": _("najmniej %(limit)s znaków"),
    "photo_big": _("najwyżej %(limit)s\u00a0MB"),
    "photo_pixels": _("najwyżej %(limit)s milionów"),
    "photo_small": _("najmniej %(limit)s pikseli z\u00a0każdej strony"),
    "too_small": _("najmniej %(limit)s"),
    "too_big": _("najwyżej %(limit)s"),
    "not_a_whole_number": _("dopuszczalne: %(limit)s"),
    "out_of_range": _("dopuszczalne: %(limit)s"),
    "wrong_count": _("potrzebne: %(limit)s"),
    "unknown_parameter": _("znamy: %(limit)s"),
    "hours_syntax": _("błąd od znaku %(limit)s"),
    "hours_in_polish": _("błąd od znaku %(limit)s"),
    "hours_no_such_date": _("błąd od znaku %(limit)s"),
    "hours_unfinished": _("błąd od znaku %(limit)s"),
    "hours_dash": _("błąd od znaku %(limit)s"),
    "hours_dot": _("błąd od znaku %(limit)s"),
    "hours_no_such_time": _("błąd od znaku %(limit)s"),
    "hours_minutes": _("błąd od znaku %(limit)s"),
    "not_a_time": _("możliwe: %(limit)s"),
    "unknown_form": _("możliwe: %(limit)s"),
    "no_column": _("kolumny w\u00a0pliku: %(limit)s"),
    "row_repeats": _("wiersz %(limit)s"),
    "unreadable": _("%(limit)s"),
    "unwritable": _("%(limit)s"),
    "encoding": _("błąd od bajtu %(limit)s"),
    "not_json": _("błąd od znaku %(limit)s"),
    "not_sorted": _("ten stoi po %(limit)s"),
    **loading.BOUNDS,
}

# Here the value is not what was given but what a parser said of it.
_PARSERS = frozenset({"not_json", "cut_short", "not_csv", "not_a_spreadsheet", "pbf_broken"})


def field(name: str) -> str:
    """What a parameter or a field is called; its own name where it has no other."""
    return str(_FIELDS.get(name, name))


def fault(one: Fault) -> str:
    """One fault, in a sentence that names the field, what is wrong and what was given."""
    name = _named(one)
    said = str(_SENTENCES.get(one.code) or gettext("nieprawidłowa wartość"))
    whole = ", ".join(part for part in (said, _bound(one)) if part)
    if name:
        whole = f"{name}: {whole}"
    if one.value:
        whole += "; " + _given(one)
    return f"{_where(one.where)}: {whole}." if one.where else f"{whole[0].upper()}{whole[1:]}."


def plain_fault(one: Fault) -> str:
    """The same for a page where the field is in sight: without a programmer's name of it."""
    if said := coverage_faults.ON_PAGE.get((one.field, one.code)):
        return str(said)
    label = field(one.field)
    whole = fault(Fault("", one.code, one.value, one.limit))
    where = _where(one.where) if one.where else label
    return f"{where[:1].upper()}{where[1:]}: {whole[:1].lower()}{whole[1:]}"


def _given(one: Fault) -> str:
    if one.code in _PARSERS:
        return gettext("szczegóły: %(value)s", value=one.value)
    return gettext("podano: „%(value)s”", value=one.value)


def _bound(one: Fault) -> str:
    if not one.limit or one.code not in _BOUNDS:
        return ""
    # Lists come from the validator with an English "or" before the last item.
    return str(_BOUNDS[one.code]) % {"limit": one.limit.replace(" or ", ", ")}


def _named(one: Fault) -> str:
    if one.code == "unknown_parameter":
        return gettext("parametr „%(name)s”", name=one.field)
    label = field(one.field)
    return label if label == one.field else f"{label} ({one.field})"


def _where(record: str) -> str:
    return record.replace("line ", gettext("linia") + " ").replace("row ", gettext("wiersz") + " ")
