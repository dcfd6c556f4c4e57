"""What stands on every page of the desk: who is signed in, and where else one may go."""

from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _

from places.web import access

_PAGES = (
    ("moderate.places", _("Miejsca")),
    ("upkeep.due", _("Do sprawdzenia")),
    ("outbox.page", _("Listy")),
    ("bulk.start", _("Tabele")),
    ("sources.show", _("Źródła")),
    ("quality.show", _("Jakość")),
    ("access.password", _("Hasło")),
)


def on_every_page() -> dict[str, Any]:
    """For `blueprint.context_processor`."""
    known = current_app.view_functions
    pages = [one for one in _PAGES if one[0] in known]
    return {"person": access.person(), "desk_pages": pages}
