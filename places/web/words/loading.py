"""What is wrong with a file of people, areas or streets, or with fetching one: for faults.py."""

from flask_babel import lazy_gettext as _

FIELDS = {
    "crs": _("układ współrzędnych"),
    "layer": _("warstwa"),
    "total": _("mieszkańcy"),
    "young": _("mieszkańcy w\u00a0wieku 0–14 lat"),
    "old": _("mieszkańcy w\u00a0wieku 65 i\u00a0więcej lat"),
    "url": _("adres"),
    "code": _("numer TERYT"),
    "sha256": _("suma kontrolna"),
}

SENTENCES = {
    # fetching
    "download_address": _("to nie jest adres http ani https"),
    "download_unreachable": _("nie udało się połączyć z\u00a0serwerem"),
    "download_status": _("serwer odmówił"),
    "download_redirect": _("serwer odsyła tam, dokąd nie pójdziemy"),
    "download_silent": _("serwer zamilkł; powtórz polecenie, a\u00a0pobierze resztę"),
    "download_broken": _("połączenie się zerwało; powtórz polecenie, a\u00a0pobierze resztę"),
    "download_cut": _("plik urwał się przed końcem; powtórz polecenie, a\u00a0pobierze resztę"),
    "download_checksum": _("przyszło co innego, niż miało przyjść: suma kontrolna się nie zgadza"),
    "no_room": _("na dysku brakuje miejsca; to, co przyszło, usunięto"),
    # a file
    "no_crs": _("plik nie mówi, w\u00a0jakim jest układzie współrzędnych; podaj --crs"),
    "no_layer": _("w\u00a0pliku nie ma takiej warstwy"),
    "which_layer": _("plik ma kilka warstw; podaj --layer"),
    "which_file": _("archiwum musi mieć w\u00a0środku jedną mapę: shp, gpkg albo geojson"),
    "no_geometry": _("brakuje położenia"),
    "not_point_nor_polygon": _("potrzebny jest punkt albo wielokąt"),
    "no_columns_of_points": _(
        "nie wiadomo, gdzie to jest; wskaż --map lat=… --map lon=… albo --map x=… --map y=… --crs …"
    ),
    # streets
    "set_name": _(
        "nazwa to małe litery, cyfry i\u00a0kreski, najwyżej czterdzieści znaków; podaj --name"
    ),
    "not_pbf": _("to nie jest plik OpenStreetMap (PBF)"),
    "pbf_broken": _("plik OpenStreetMap jest uszkodzony albo ucięty"),
    "no_streets": _("w\u00a0pliku nie ma ani jednej ulicy, którą można iść"),
    "streets_abroad": _("te ulice leżą poza Polską"),
    "no_checksum": _("serwer nie podał sumy kontrolnej"),
    # areas
    "not_a_gmina": _("to nie jest numer TERYT gminy: sześć cyfr"),
    "not_a_code_of_level": _(
        "to nie jest numer TERYT tego poziomu (województwo: 2 cyfry, powiat: 4, gmina: 6 albo 7)"
    ),
    "city_needed": _("nie wiadomo, czyja to dzielnica; podaj --city z sześcioma cyframi gminy"),
    "not_of_city": _("to dzielnica Warszawy, a --city mówi o innej gminie"),
    "no_shape": _("brakuje wielokąta"),
    "not_a_polygon": _("potrzebny jest wielokąt"),
    "shape_mended": _("wielokąt był uszkodzony; naprawiono go"),
    "area_elsewhere": _("obszar leży poza Polską; sprawdź układ współrzędnych (--crs)"),
    "areas_overlap": _("obszary leżą jeden na drugim"),
    "prg_no_count": _("serwer nie powiedział, ile jest obszarów"),
    "prg_wrong_count": _("przyszło nie tyle obszarów, ile zapowiedział serwer"),
    "prg_too_few": _("obszarów jest za mało na cały kraj"),
    "prg_error": _("serwer odpowiedział błędem zamiast granicami"),
    "prg_empty_page": _("serwer przestał dawać obszary przed końcem"),
    "other_gmina": _("punkt leży poza gminą z zapisu, dalej, niż mówi jego niepewność"),
    "gmina_off_map": _("na wczytanych granicach nie ma takiej gminy"),
    "other_district": _("punkt leży poza dzielnicą z zapisu, dalej, niż mówi jego niepewność"),
    # people
    "negative_people": _("liczba mieszkańców jest ujemna"),
    "people_swapped": _(
        "ludzie mieszkaliby w\u00a0morzu albo za granicą;"
        " wygląda na to, że współrzędne są zamienione miejscami"
    ),
    "people_outside": _(
        "ludzie mieszkaliby w\u00a0morzu albo za granicą;"
        " sprawdź układ współrzędnych (--crs) i\u00a0ich kolejność"
    ),
    "cell_repeats": _("to samo oczko siatki powtarza się z\u00a0innymi liczbami"),
    "nobody": _("w\u00a0pliku nie ma ani jednego mieszkańca"),
    "not_a_cell": _("to nie jest kod oczka siatki, np. CRS3035RES1000mN3229000E4961000"),
}

BOUNDS = {
    "download_unreachable": _("%(limit)s"),
    "download_silent": _("cisza trwała %(limit)s\u00a0s"),
    "download_cut": _("bajty: %(limit)s"),
    "download_checksum": _("potrzebna: %(limit)s"),
    "no_layer": _("warstwy w\u00a0pliku: %(limit)s"),
    "which_layer": _("warstwy w\u00a0pliku: %(limit)s"),
    "which_file": _("znalezione: %(limit)s"),
    "no_columns_of_points": _("kolumny w\u00a0pliku: %(limit)s"),
    "areas_overlap": _("część mniejszego: %(limit)s"),
    "prg_wrong_count": _("zapowiedział: %(limit)s"),
    "prg_too_few": _("najmniej %(limit)s"),
    "other_gmina": _("%(limit)s"),
    "other_district": _("%(limit)s"),
    "people_swapped": _("takich wierszy: %(limit)s"),
    "people_outside": _("takich wierszy: %(limit)s"),
}
