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
    "own": _("własna lista lokali"),
    "place": _("które miejsce"),
    "change": _("co się stanie"),
    "to": _("gdzie stanie"),
}
ON_PAGE = {
    ("place", "missing"): _("Wybierz miejsce z\u00a0listy."),
    ("place", "not_of_new"): _(
        "Nowego miejsca nie ma jeszcze w\u00a0katalogu: listę miejsc zostaw pustą albo wybierz, co"
        " się stanie z\u00a0obecnym."
    ),
    ("place", "not_counted"): _(
        "Tego miejsca nie ma wśród liczonych w\u00a0tym obszarze: wybierz inne z\u00a0listy."
    ),
    ("change", "missing"): _("Wybierz, co się stanie."),
    ("to", "point_needed"): _(
        "Wpisz, gdzie stanie: współrzędne, miejscowość albo kod pocztowy; możesz też wskazać to na"
        " mapie."
    ),
    ("own", "missing"): _("Wpisz przynajmniej jeden lokal albo wybierz inne miejsca szukania."),
    ("count", "missing"): _("Wpisz, ile nowych miejsc."),
    ("count", "out_of_range"): _("Wpisz, ile nowych miejsc: liczbę od 1\u00a0do\u00a030."),
    ("minutes", "not_in_list"): _("Wybierz liczbę minut z\u00a0listy."),
    ("group", "not_in_list"): _("Wybierz z\u00a0listy, kogo objąć."),
    ("candidates", "not_in_list"): _("Wybierz z\u00a0listy, gdzie szukać."),
    ("change", "not_in_list"): _("Wybierz, co się stanie."),
}
"""What stands above and beside the fields of a form that is there to be mended."""
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
