"""What a moderator should look at before something becomes public, in words."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from places.privacy import Caution
from places.web.words.columns import column

_SENTENCES: Mapping[str, object] = {
    "mobile": _(
        "numer komórkowy. Jeśli to czyjś prywatny telefon, zapytaj, czy ta osoba się zgadza,"
        " albo go usuń."
    ),
    "mailbox": _(
        "skrzynka, która wygląda na prywatną. Lepsza jest skrzynka miejsca albo instytucji."
    ),
    "pesel": _("coś, co wygląda na numer PESEL. Usuń go przed przyjęciem."),
    "person": _("wygląda na imię i\u00a0nazwisko. Wystarczy funkcja, na przykład „sołtys”."),
}


def caution(one: Caution) -> str:
    """The field and what is the matter with it."""
    name = column(one.field)
    return f"{name[:1].upper()}{name[1:]}: {_SENTENCES[one.code]}"
