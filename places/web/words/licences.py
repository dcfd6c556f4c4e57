"""On what terms a photo may be used, in words for whoever gives it and whoever looks at it."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _

from places import pictures

_ASKED: Mapping[str, object] = {
    "CC BY 4.0": _("Każdy może ich używać, jeśli podpisze autora (CC BY 4.0)"),
    "CC BY-SA 4.0": _(
        "Każdy może ich używać, jeśli podpisze autora i\u00a0tak samo udostępni to,"
        " co z\u00a0nich zrobi (CC BY-SA 4.0)"
    ),
    "CC0 1.0": _("Każdy może ich używać bez żadnych warunków (CC0)"),
    "za zgodą autora": _("Tylko w\u00a0tym katalogu: mam zgodę autora albo to moje zdjęcia"),
}
_DEEDS: Mapping[str, str] = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/deed.pl",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/deed.pl",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/deed.pl",
}


def photo_licences() -> Sequence[tuple[str, str]]:
    """What may be chosen: the code, and what it means."""
    return [(code, str(said)) for code, said in _ASKED.items()]


def small_photo(width: int, height: int) -> tuple[int, int]:
    """How big the small one of a photo is, so that a page does not jump when it comes."""
    return pictures.small_size(width, height)


def licence_page(code: str) -> str:
    """Where the licence can be read; empty where there is no such page."""
    return _DEEDS.get(code, "")
