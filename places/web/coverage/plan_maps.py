"""The maps of the page of changes: an answer, and the one on which a point is chosen."""

from collections.abc import Mapping
from typing import Any

import shapely

from places import maps
from places.coverage import effects, told
from places.coverage.asked import Question
from places.maps import MapParts, Picker
from places.web import current
from places.web.coverage import asking, wanted
from places.web.coverage.around import Around
from places.web.words import coverage_effects as effects_said
from places.web.words import coverage_plans as plans_said

_ENOUGH = 13
"""The zoom from which a tap puts a pin: a pixel is some ten metres, about as exact as a plan is."""


def of_answer(
    about: tuple[str, str, Question],
    answer: Mapping[str, Any] | None,
    data_url: str,
    near: Around,
) -> MapParts | None:
    """The map of an answer; None where it has nothing to show.  `about`: the area's code, its
    heading, and which places count."""
    code, title, question = about
    said, pages = {}, {}
    for number, site in enumerate(answer.get("sites", ()) if answer else (), 1):
        said[f"site-{number}"] = {
            "said": plans_said.site_said(site, (answer or {}).get("group", "total"))
        }
        pages[f"site-{number}"] = asking.try_at(code, question, (site["lat"], site["lon"]))
    if answer and "sites" not in answer:
        said = _of_change(answer)
    if not said:
        return None
    # The hexagons of a change say who is touched; where to open next depends on what there is.
    places = near.places if answer and "sites" in answer else ()
    return maps.of_coverage(
        data_url, label=title, said=said, pages=pages, places=places, tiles=current.tiles()
    )


def picker(to: str, near: Around) -> MapParts:
    """The map on which one points at where a place is to go: it begins with the point in the field,
    or with the whole area, and has its border and its places to aim by."""
    chosen = Picker(
        "to",
        point=wanted.point(to.split(",")),
        view=near.extent,
        near=_ENOUGH,
        border=near.border,
        places=near.places,
        chooser="place",
    )
    return maps.of_picker(chosen, tiles=current.tiles())


def shapes(code: str, answer: Mapping[str, Any], link: str) -> dict[str, Any]:
    """An answer as GeoJSON, with the area around it."""
    around = (code, border(code, answer))
    if "sites" in answer:
        return told.points_geojson(answer["sites"], link, around)
    return told.collection(effects.features(answer), link, around)


def border(code: str, answer: Mapping[str, Any]) -> shapely.Geometry | None:
    """The border of the area when the answer was found; of an answer that does not say, today's."""
    return asking.outline("powiat", answer.get("borders", ""))(code)


def _of_change(answer: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    said = {
        one["h3"]: {"said": effects_said.cell_said(one), "step": effects.kind(one)}
        for one in answer["cells"]
    }
    for id_ in (effects.BEFORE, effects.AFTER):
        if answer[id_]:
            label = effects_said.mark_said(answer["change"], id_)
            said[id_] = {"said": plans_said.effect(answer), "label": label}
    return said
