"""The nearest places outside the area that was asked for, in words that fit any question."""

from flask_babel import gettext

from places.search import Results
from places.web.words.codes import type_plural


def beyond_heading(results: Results) -> str:
    """What the nearest few elsewhere are: "Najbliższe w innych okolicach: kluby seniora"."""
    said = " ".join(group.said for group in results.understood.groups)
    wanted = {
        code for one in results.understood.wishes if one.kind == "type" for code in one.values
    }
    kinds = {hit.place.type for hit in results.beyond}
    if len(kinds) == 1 and kinds <= wanted:
        plural = type_plural(*kinds)
        return gettext(
            "Najbliższe w\u00a0innych okolicach: %(kind)s", kind=plural[:1].lower() + plural[1:]
        )
    return gettext("Najbliższe w\u00a0innych okolicach, pasujące do: „%(words)s”", words=said)


def measured_from(results: Results) -> str:
    """From where the metres of what lies elsewhere are counted; empty when from the person."""
    told = results.beyond or results.nearest or results.level == "elsewhere"
    if results.origin is None or not told:
        return ""
    area = results.origin.area
    name = f"{area.name} ({area.within})" if area.within else area.name
    if area.kind == "voivodeship":
        name = gettext("woj.\u00a0%(name)s", name=area.name)
    return gettext(
        "Odległości liczymy w\u00a0linii prostej od środka obszaru: %(where)s.", where=name
    )
