"""What a form offers to choose from: settlements of one name, languages."""

from babel import Locale
from flask_babel import gettext

from places.localities import Locality
from places.web.words.typography import tied


def whereabouts(one: Locality) -> str:
    """What tells a settlement from others of its name: "gm. Rudna, powiat lubiński"."""
    parts = [
        gettext("gm.\u00a0%(name)s", name=one.gmina) if one.gmina and one.sure else "",
        one.powiat if one.powiat != one.name else "",
        one.voivodeship,
    ]
    return tied(", ".join(part for part in parts if part))


def language(code: str) -> str:
    """The language's name: "ukraiński"."""
    return str(Locale.parse("pl").languages.get(code, code))
