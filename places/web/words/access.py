"""Steps, toilets, hearing: each known fact in words, and what nobody has checked yet."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from places.place import Place
from places.web.words.reply import Reply, listed

_FACTS = {
    "wheelchair": (
        _("można wjechać wózkiem"),
        _("wózkiem można wjechać tylko częściowo"),
        _("wózkiem nie da się wjechać"),
    ),
    "level_entrance": (
        _("wejście bez schodów"),
        _("wejście bez schodów tylko częściowo"),
        _("przy wejściu są schody"),
    ),
    "ground_floor": (
        _("wszystko na parterze"),
        _("nie wszystko na parterze"),
        _("nie na parterze"),
    ),
    "ramp": (_("podjazd"), _("podjazd nie wszędzie"), _("nie ma podjazdu")),
    "lift": (_("winda"), _("winda nie wszędzie"), _("nie ma windy")),
    "toilet": (
        _("toaleta dla gości"),
        _("toaleta dla gości nie zawsze"),
        _("nie ma toalety dla gości"),
    ),
    "toilets_wheelchair": (
        _("toaleta dostosowana do wózka"),
        _("toaleta częściowo dostosowana do wózka"),
        _("toaleta niedostosowana do wózka"),
    ),
    "parking_disabled": (
        _("miejsce parkingowe dla osób z\u00a0niepełnosprawnością"),
        _("miejsce parkingowe dla osób z\u00a0niepełnosprawnością nie zawsze"),
        _("nie ma miejsca parkingowego dla osób z\u00a0niepełnosprawnością"),
    ),
    "assistance": (
        _("ktoś pomoże na miejscu"),
        _("ktoś pomoże, ale nie zawsze"),
        _("nie ma nikogo do pomocy"),
    ),
    "hearing_loop": (
        _("pętla indukcyjna"),
        _("pętla indukcyjna nie wszędzie"),
        _("nie ma pętli indukcyjnej"),
    ),
    "sign_language": (
        _("ktoś zna polski język migowy"),
        _("ktoś zna polski język migowy, ale nie zawsze jest"),
        _("nikt nie zna języka migowego"),
    ),
}
_COLUMNS = ("yes", "limited", "no")

# What residents ask by name; the card says so when it is not known.
_ASKED = {
    "level_entrance": _("wejście bez schodów"),
    "toilet": _("toaleta"),
    "hearing_loop": _("pętla indukcyjna"),
    "sign_language": _("język migowy"),
}
# Somebody who knows the second knows the first.
_COVERED_BY = {"level_entrance": "wheelchair", "toilet": "toilets_wheelchair"}


def access_reply(place: Place) -> Reply:
    """Are there steps, a toilet, a hearing loop, somebody who signs?"""
    known = place.accessibility.model_dump(exclude={"note"}, exclude_none=True)
    said = [str(_FACTS[name][_COLUMNS.index(answer)]) for name, answer in known.items()]
    note = (place.accessibility.note,) if place.accessibility.note else ()
    question = gettext("Czy są schody, toaleta, pętla indukcyjna, ktoś, kto miga?")
    if not said:
        return Reply("access", question, gettext("nie wiemy"), "unknown", note)
    return Reply("access", question, listed(said), "said", (*note, *_unknown(known)))


def _unknown(known: dict[str, str]) -> tuple[str, ...]:
    missing = [
        str(label)
        for name, label in _ASKED.items()
        if name not in known and _COVERED_BY.get(name) not in known
    ]
    return (gettext("Tego nie wiemy: %(what)s.", what=", ".join(missing)),) if missing else ()
