"""Every code in Polish: what the middle names with a word, the doors say with a sentence.

The Polish sentence is the msgid.  Plural forms live in `translations/pl`, because gettext keeps
only two of them in the source; everything else reads there as it stands here.
"""

from places.web.words.about import kinds_here, network_about, off_map, type_about, welcome
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
from places.web.words.filters import Chip, chips, way_out
from places.web.words.groups import checks
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
from places.web.words.reply import Reply
from places.web.words.spot import (
    Directions,
    badge_of_position,
    bare_url,
    directions,
    position,
    position_advice,
)
from places.web.words.timetable import timetable
from places.web.words.typography import tied

__all__ = [
    "Chip",
    "Directions",
    "Reply",
    "audience",
    "badge_of_position",
    "bare_url",
    "checked",
    "checks",
    "chips",
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
    "fresh",
    "freshness",
    "group",
    "kinds_here",
    "long_ago",
    "network",
    "network_about",
    "number",
    "off_map",
    "people",
    "place_count",
    "position",
    "position_advice",
    "replies",
    "sort_order",
    "square_metres",
    "status",
    "tied",
    "timetable",
    "towns_in",
    "type_about",
    "type_name",
    "type_plural",
    "way_out",
    "welcome",
]
