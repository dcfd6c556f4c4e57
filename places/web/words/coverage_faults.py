"""What may be wrong with a question about coverage, for the tables of faults.py."""

from flask_babel import lazy_gettext as _

FIELDS = {
    "nazwa": _("nazwa obszaru"),
    "plik": _("plik z\u00a0adresami"),
    "tydzien": _("tydzień"),
    "stan": _("stan danych"),
    "audience": _("dla kogo"),
    "access": _("dostępność"),
    "count": _("liczba nowych miejsc"),
    "minutes": _("minuty spaceru"),
    "group": _("grupa mieszkańców"),
    "candidates": _("skąd kandydaci"),
    "own": _("własne lokalizacje"),
    "place": _("miejsce"),
    "change": _("zmiana"),
    "to": _("nowe położenie"),
}
SENTENCES = {
    "not_a_monday": _("tydzień podaje się datą jego poniedziałku, np. 2026-11-30"),
    "not_counted": _("tego miejsca nie ma wśród liczonych w\u00a0tym obszarze"),
    "not_of_new": _(
        "nowego miejsca nie ma jeszcze w\u00a0katalogu; zostaw to pole puste albo wybierz, co się"
        " stanie z\u00a0obecnym"
    ),
    "area_too_wide": _("wybierz województwo, powiat, gminę albo dzielnicę"),
    "no_network": _("nie wczytano ulic"),
    "no_ages": _("źródło danych o\u00a0mieszkańcach nie podaje wieku"),
    "coverage_failed": _("obliczenia się nie udały; powód jest w\u00a0dzienniku serwera"),
    "coverage_unavailable": _("nie można było odczytać albo zapisać danych"),
}
