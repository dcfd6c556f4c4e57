"""Every code in Polish: what the middle names with a word, the doors say with a sentence.

The Polish sentence is the msgid.  Plural forms live in `translations/pl`, because gettext keeps
only two of them in the source; everything else reads there as it stands here.
"""

from places.web.words.about import kinds_here, network_about, off_map, type_about, welcome
from places.web.words.beyond import beyond_heading, measured_from
from places.web.words.cautions import caution
from places.web.words.cells import cell_help, cell_values
from places.web.words.choices import language, whereabouts
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
from places.web.words.columns import column, column_help
from places.web.words.dates import (
    checked,
    date_of,
    date_when,
    date_words,
    fresh,
    freshness,
    group,
    group_short,
    long_ago,
    sometime,
    until,
    until_when,
)
from places.web.words.decisions import (
    act,
    at,
    closing,
    conflict,
    kind,
    problem,
    ready_reasons,
    revision,
    role,
    sent_by,
    state,
    twin_reason,
    wrong,
    wrong_where,
)
from places.web.words.differing import Row as Change
from places.web.words.differing import facts, fields_named, in_order
from places.web.words.differing import rows as changes
from places.web.words.faults import fault, field, plain_fault
from places.web.words.filters import chips, way_out
from places.web.words.groups import checks, facts_of
from places.web.words.lacks import (
    age,
    lack,
    lacks_short,
    part_of_country,
    precision_short,
    share,
)
from places.web.words.licences import licence_page, photo_licences, small_photo
from places.web.words.listed import outcome, row_fault, run_told, ways_out
from places.web.words.mending import asked, mend, mend_where
from places.web.words.needs import (
    fit_unknown,
    needed,
    needs_met,
    none_surely_fits,
    surely_fit,
)
from places.web.words.openness import Openness, openness
from places.web.words.openness_at import openness_at
from places.web.words.post import state_of_letter
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
from places.web.words.typography import quoted, tied
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
from places.web.words.values import answer, lines, network_value, precision

__all__ = [
    "Change",
    "Directions",
    "Openness",
    "Reply",
    "Row",
    "Said",
    "Week",
    "act",
    "age",
    "answer",
    "asked",
    "at",
    "audience",
    "badge_of_position",
    "bare_url",
    "beyond_heading",
    "caution",
    "cell_help",
    "cell_values",
    "changes",
    "checked",
    "checks",
    "chips",
    "closing",
    "column",
    "column_help",
    "conflict",
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
    "facts",
    "facts_of",
    "fault",
    "field",
    "fields_named",
    "fit_unknown",
    "fresh",
    "freshness",
    "group",
    "group_short",
    "hours_fault",
    "hours_unknown",
    "how_many",
    "in_order",
    "is_interpreted",
    "kind",
    "kinds_here",
    "kinds_suggested",
    "lack",
    "lacks_short",
    "language",
    "level",
    "licence_page",
    "lines",
    "long_ago",
    "meanings",
    "measured_from",
    "mend",
    "mend_where",
    "needed",
    "needs_met",
    "network",
    "network_about",
    "network_value",
    "none_surely_fits",
    "number",
    "off_map",
    "offers",
    "openness",
    "openness_at",
    "outcome",
    "part_of_country",
    "people",
    "photo_licences",
    "place_count",
    "position",
    "position_advice",
    "precision",
    "precision_short",
    "problem",
    "quoted",
    "ready_reasons",
    "remarks",
    "replies",
    "revision",
    "role",
    "plain_fault",
    "row_fault",
    "run_told",
    "sent_by",
    "share",
    "small_photo",
    "sometime",
    "sort_order",
    "square_metres",
    "state",
    "state_of_letter",
    "status",
    "sure_of",
    "surely_fit",
    "surely_open",
    "tied",
    "timetable",
    "towns_in",
    "twin_reason",
    "type_about",
    "type_name",
    "type_plural",
    "until",
    "until_when",
    "way_out",
    "ways_out",
    "week_of",
    "welcome",
    "when",
    "whereabouts",
    "why",
    "wrong",
    "wrong_where",
]
