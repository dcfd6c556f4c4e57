"""What the site knows of people, said to them plainly, with the terms that are set."""

from flask import Blueprint, render_template
from flask_babel import gettext

from places import retention
from places.web import current

blueprint = Blueprint("privacy", __name__)


@blueprint.get("/prywatnosc")
def show() -> str:
    """The page about privacy."""
    kept = current.kept()
    return render_template(
        "privacy/show.html",
        settings=current.settings(),
        tiles=current.tiles_host(),
        senders=_months(kept.senders),
        unconfirmed=_days(kept.unconfirmed),
        letters=_days(kept.letters),
        origin=_days(retention.ORIGIN_DAYS),
        photos=_days(retention.PHOTO_DAYS),
        demand=_weeks(int(current.setting("KEEP_DEMAND"))),
        geocoders=[one.code for one in current.geocoding().geocoders],
    )


def _months(count: int) -> str:
    """After how many months: "po 12 miesiącach"."""
    if count == 1:
        return gettext("po miesiącu")
    return gettext("po\u00a0%(count)s\u00a0miesiącach", count=count)


def _weeks(count: int) -> str:
    if count == 1:
        return gettext("po tygodniu")
    return gettext("po\u00a0%(count)s\u00a0tygodniach", count=count)


def _days(count: int) -> str:
    if count == 1:
        return gettext("po jednym dniu")
    return gettext("po\u00a0%(count)s\u00a0dniach", count=count)
