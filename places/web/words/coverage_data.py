"""What has been loaded for coverage, in words."""

from flask_babel import gettext

from places.coverage.kept import About
from places.web.words.quantities import number


def data_set(about: About) -> str:
    """A data set: whose it is, of when, how much, on what terms."""
    parts = [about.title]
    if about.owner and about.owner != about.title:
        parts.append(about.owner)
    if about.rows:
        parts.append(gettext("wierszy: %(rows)s", rows=number(about.rows)))
    parts.append(
        gettext("stan z\u00a0%(date)s", date=about.date)
        if about.date
        else gettext("nie wiadomo, z\u00a0kiedy")
    )
    if about.retrieved:
        parts.append(gettext("wczytano %(day)s", day=about.retrieved))
    parts.append(
        gettext("licencja: %(licence)s", licence=about.licence)
        if about.licence
        else gettext("licencji nie podano")
    )
    return ", ".join(parts)


def precise(residents: About, streets: bool) -> str:
    """How precise answers therefore are."""
    people = {
        "settlement": gettext(
            "Mieszkańcy: co do miejscowości; wyniki są orientacyjne, dobre do porównań."
            " Dokładniejsze da siatka GUS: flask residents fetch."
        ),
        "grid": gettext("Mieszkańcy: co do kratki 1\u00a0km."),
    }.get(str(residents.more.get("precision")), gettext("Mieszkańcy: co do punktu z\u00a0pliku."))
    ways = (
        gettext("Drogi: po ulicach tam, gdzie są wczytane, poza tym w\u00a0linii prostej × 1,3.")
        if streets
        else gettext(
            "Drogi: w\u00a0linii prostej × 1,3. Prawdziwe da sieć ulic: flask streets fetch"
            " WOJEWÓDZTWO."
        )
    )
    return f"{people} {ways}"
