"""Every code in Polish: what the middle names with a word, the doors say with a sentence.

The Polish sentence is the msgid.  Plural forms live in `translations/pl`, because gettext keeps
only two of them in the source; everything else reads there as it stands here.
"""

from places.web.words.about import kinds_here, network_about, off_map, type_about, welcome
from places.web.words.beyond import beyond_heading, measured_from
from places.web.words.clock import when
from places.web.words.codes import (
    audience,
    doubt,
    facet,
    facet_short,
    network,
    sort_order,
    status,
    type_name,
    type_plural,
)
from places.web.words.dates import (
    checked,
    date_of,
    date_when,
    date_words,
    fresh,
    freshness,
    group,
    long_ago,
)
from places.web.words.faults import fault, field
from places.web.words.filters import chips, way_out
from places.web.words.groups import checks
from places.web.words.needs import (
    fit_unknown,
    needed,
    needs_met,
    none_surely_fits,
    surely_fit,
)
from places.web.words.openness import Openness, openness
from places.web.words.openness_at import openness_at
from places.web.words.quantities import (
    distance,
    distance_to,
    number,
    people,
    place_count,
    square_metres,
    towns_in,
)
from places.web.words.questions import doing, replies
from places.web.words.reasons import why
from places.web.words.reply import Reply
from places.web.words.spot import (
    Directions,
    badge_of_position,
    bare_url,
    credit,
    directions,
    position,
    position_advice,
)
from places.web.words.timetable import Row, Week, hours_fault, timetable, week_of
from places.web.words.typography import tied
from places.web.words.understood import (
    Said,
    corrections,
    hours_unknown,
    how_many,
    is_interpreted,
    kinds_suggested,
    level,
    meanings,
    offers,
    remarks,
    sure_of,
    surely_open,
)

__all__ = [
    "Directions",
    "Openness",
    "Reply",
    "Row",
    "Said",
    "Week",
    "audience",
    "badge_of_position",
    "bare_url",
    "beyond_heading",
    "checked",
    "checks",
    "chips",
    "corrections",
    "credit",
    "date_of",
    "date_when",
    "date_words",
    "directions",
    "distance",
    "distance_to",
    "doing",
    "doubt",
    "facet",
    "facet_short",
    "fault",
    "field",
    "fit_unknown",
    "fresh",
    "freshness",
    "group",
    "hours_fault",
    "hours_unknown",
    "how_many",
    "is_interpreted",
    "kinds_here",
    "kinds_suggested",
    "level",
    "long_ago",
    "meanings",
    "measured_from",
    "needed",
    "needs_met",
    "network",
    "network_about",
    "none_surely_fits",
    "number",
    "off_map",
    "offers",
    "openness",
    "openness_at",
    "people",
    "place_count",
    "position",
    "position_advice",
    "remarks",
    "replies",
    "sort_order",
    "square_metres",
    "status",
    "sure_of",
    "surely_fit",
    "surely_open",
    "tied",
    "timetable",
    "towns_in",
    "type_about",
    "type_name",
    "type_plural",
    "way_out",
    "week_of",
    "welcome",
    "when",
    "why",
]
