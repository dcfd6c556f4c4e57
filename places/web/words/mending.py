"""What is wrong with a form, said to the person who filled it: what to do, not what was broken.

Codes and fields without a sentence of their own get the general one, which is never wrong.
"""

import re

from flask_babel import lazy_gettext as _

from places.errors import Fault
from places.web.words.columns import column

_SENTENCES = {
    ("name", "missing"): _("Napisz, jak nazywa się to miejsce."),
    ("type", "missing"): _("Wybierz rodzaj miejsca."),
    ("type", "not_in_list"): _("Wybierz rodzaj miejsca z\u00a0listy."),
    ("address.city", "missing"): _("Napisz, w\u00a0jakiej miejscowości jest to miejsce."),
    ("locality", "which_locality"): _(
        "Jest kilka miejscowości o\u00a0tej nazwie. Zaznacz, o\u00a0którą chodzi."
    ),
    ("address.gmina", "gmina_needed"): _("Napisz, w\u00a0jakiej gminie leży ta miejscowość."),
    ("address.voivodeship", "missing"): _("Wybierz województwo."),
    ("address.postcode", "pattern"): _("Kod pocztowy to pięć cyfr z\u00a0kreską, np. 31-559."),
    ("point", "point_needed"): _(
        "Nie znamy tej miejscowości ani tej gminy. Wskaż miejsce na mapie albo wpisz współrzędne."
    ),
    ("point", "not_a_point"): _(
        "Współrzędne to dwie liczby: szerokość i\u00a0długość, np. 50.0217, 19.9705."
    ),
    ("point", "axes_swapped"): _(
        "Ten punkt leży poza Polską. Zamień liczby miejscami: najpierw szerokość (49–55)."
    ),
    ("point", "outside_poland"): _("Ten punkt leży poza Polską. Wskaż go jeszcze raz."),
    ("contact.phone", "pattern"): _(
        "To nie wygląda na numer telefonu. Przykład: 12\u00a0345 67 89."
    ),
    ("contact.email", "pattern"): _("To nie wygląda na adres e-mail. Przykład: dom@gmina.pl."),
    ("contact.website", "pattern"): _("To nie wygląda na adres strony. Przykład: www.dom.pl."),
    ("contact.profiles", "pattern"): _(
        "Jeden z\u00a0wierszy nie wygląda na adres strony. Przykład: https://facebook.com/nasz-dom."
    ),
    ("email", "missing"): _("Podaj swój adres e-mail: wyślemy na niego link do potwierdzenia."),
    ("email", "not_an_email"): _("Sprawdź swój adres e-mail: tak zapisany nie zadziała."),
    ("password", "missing"): _("Wpisz nowe hasło."),
    ("problem", "missing"): _("Zaznacz, co się nie zgadza."),
    ("note", "missing"): _("Napisz w\u00a0kilku słowach, co jest inaczej."),
    ("answer", "missing"): _("Napisz odpowiedź."),
}
_CODES = {
    "hours_unconfirmed": _("Zaznacz, czy dobrze odczytaliśmy godziny."),
    "too_long": _("Ten tekst jest za długi: najwyżej %(limit)s znaków."),
    "password_short": _("To hasło jest za krótkie: najmniej %(limit)s znaków."),
    "password_weak": _("Takie hasło łatwo odgadnąć. Wymyśl inne, np. z\u00a0kilku słów."),
    "too_many": _("To za dużo pozycji: najwyżej %(limit)s."),
    "not_a_number": _("Wpisz tu samą liczbę."),
    "wrong_type": _("Wpisz tu samą liczbę."),
    "too_small": _("Ta liczba jest za mała: najmniej %(limit)s."),
    "too_big": _("Ta liczba jest za duża: najwyżej %(limit)s."),
    "not_in_list": _("Zaznacz jedną z\u00a0odpowiedzi."),
    "too_many_links": _(
        "W\u00a0opisach jest za dużo adresów stron. Zostaw najwyżej %(limit)s; adres miejsca wpisz"
        " w\u00a0polu „Strona internetowa”."
    ),
    "too_fast": _(
        "Ale tempo! Tak szybko wysyłają też programy ze spamem, więc prosimy: wyślij"
        " jeszcze raz, teraz się uda."
    ),
    "form_expired": _(
        "Ta strona była otwarta bardzo długo. Niczego nie skasowaliśmy: sprawdź i\u00a0wyślij"
        " jeszcze raz."
    ),
    "not_kept": _(
        "Nie udało się tego teraz zapisać. Nic nie przepadło: poczekaj chwilę i\u00a0wyślij jeszcze"
        " raz."
    ),
    "too_often": _(
        "Przyszło od Ciebie dużo zgłoszeń naraz. Niczego nie skasowaliśmy: wyślij je za godzinę"
        " albo zostaw tę stronę otwartą."
    ),
    "photo_big": _("Plik „%(value)s” ma więcej niż %(limit)s\u00a0MB. Wybierz mniejszy."),
    "photo_format": _(
        "Plik „%(value)s” to nie jest zdjęcie JPEG, PNG ani WebP. Zapisz je jako JPEG"
        " i\u00a0wybierz jeszcze raz."
    ),
    "photo_pixels": _(
        "Zdjęcie „%(value)s” jest tak wielkie, że go nie otworzymy. Zmniejsz je i\u00a0wybierz"
        " jeszcze raz."
    ),
    "photo_small": _(
        "Zdjęcie „%(value)s” jest za małe: potrzeba co najmniej %(limit)s pikseli z\u00a0każdej"
        " strony."
    ),
    "photo_broken": _("Pliku „%(value)s” nie da się otworzyć. Wybierz go jeszcze raz."),
    "photo_alt": _("Napisz, co widać na tym zdjęciu."),
    "photo_author": _("Napisz, kto zrobił te zdjęcia."),
    "photo_licence": _("Zaznacz, na jakich zasadach można korzystać ze zdjęć."),
    "photos_later": _(
        "Przyszło teraz bardzo dużo zdjęć. Wyślij zgłoszenie bez nich, a\u00a0zdjęcia dodaj jutro."
    ),
    "nothing_changed": _("Nic tu nie zostało zmienione. Popraw, co trzeba, i\u00a0wyślij."),
    "newer": _(
        "W\u00a0międzyczasie ktoś zmienił to samo. Sprawdź poniżej, co jest teraz w\u00a0katalogu,"
        " i\u00a0wyślij jeszcze raz."
    ),
}
_PART = re.compile(r"\.\d+(?=\.|$)")
_PARTS = {
    "name": _("nazwa"),
    "people": _("ile osób"),
    "area_m2": _("powierzchnia"),
    "equipment": _("wyposażenie"),
}


def mend(fault: Fault) -> str:
    """What to do about it."""
    found = _SENTENCES.get((_PART.sub("", fault.field), fault.code)) or _CODES.get(fault.code)
    if found is None:
        return str(_("Sprawdź tę odpowiedź: nie umiemy jej odczytać."))
    given = {"limit": fault.limit, "value": fault.value}
    return str(found) % given if "%(" in str(found) else str(found)


def mend_where(fault: Fault) -> str:
    """The same for the summary, which stands away from the field: it names that too."""
    said = mend(fault)
    if not fault.field or (_PART.sub("", fault.field), fault.code) in _SENTENCES:
        return said
    return f"{asked(fault.field)}: {said[0].lower()}{said[1:]}"


def asked(field: str) -> str:
    """What a field of the form is called, to begin a sentence."""
    first, _dot, rest = field.partition(".")
    if first == "rooms" and rest:
        number, _dot, part = rest.partition(".")
        return f"{_('Sala')} {int(number) + 1}, {_PARTS.get(part, part)}"
    if first.startswith("photo"):
        return str(_("Zdjęcia"))
    name = column(_PART.sub("", field.removesuffix(".text")))
    return name[:1].upper() + name[1:]
