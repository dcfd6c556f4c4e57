"""Where people on foot may walk, as told by the tags of OpenStreetMap.

The defaults are the worldwide ones of the wiki's page "OSM tags for routing/Access restrictions"
(it knows none of Poland's own that differ on foot): every road and path is open, a trunk road too,
but no motorway, and neither a cycleway, a bridleway, a busway nor an expressway (`motorroad=yes`)
unless `foot=*` says so.  `foot` is stronger than `access`; a value that neither lets in nor keeps
out (`foot=limited`) is as if nobody had said anything.  `foot=use_sidepath` keeps out: the path
beside is a way of its own.  What holds at some hours only (`*:conditional`) is not read.

Ferries and piers are no highways and stay out.  Of a square drawn as an area its outline is walked.
"""

from collections.abc import Mapping

OPEN = frozenset(
    {
        "corridor", "crossing", "elevator", "footway", "living_street", "path", "pedestrian",
        "platform", "primary", "primary_link", "residential", "road", "secondary",
        "secondary_link", "service", "steps", "tertiary", "tertiary_link", "track", "trunk",
        "trunk_link", "unclassified",
    }
)  # fmt: skip
"""Values of `highway` where one may walk unless something says otherwise."""
BY_LEAVE = frozenset({"bridleway", "busway", "cycleway"})
"""Where one may walk only if `foot` says so."""
LETS_IN = frozenset(
    {"customers", "designated", "destination", "discouraged", "official", "permissive", "yes"}
)
"""Values of `foot` that let people in."""
KEEPS_OUT = frozenset(
    {
        "agricultural", "delivery", "emergency", "forestry", "military", "no", "permit",
        "private", "residents", "use_sidepath",
    }
)  # fmt: skip
"""Values of `foot` and `access` that keep the public out."""
SAID = frozenset(
    {f"highway={one}" for one in OPEN | BY_LEAVE}
    | {f"foot={one}" for one in LETS_IN | KEEPS_OUT}
    | {f"access={one}" for one in KEEPS_OUT}
    | {"motorroad=yes"}
)
"""All that matters here of a way or a node; whatever else it says changes nothing."""


def may_walk(tags: Mapping[str, str]) -> bool:
    """Whether a way is open to everybody on foot."""
    highway = tags.get("highway")
    foot = tags.get("foot")
    if (highway not in OPEN and highway not in BY_LEAVE) or foot in KEEPS_OUT:
        return False
    if foot in LETS_IN:
        return True
    by_default = highway in OPEN and tags.get("motorroad") != "yes"
    return by_default and tags.get("access") not in KEEPS_OUT


def is_steps(tags: Mapping[str, str]) -> bool:
    """Whether a way is a flight of stairs, moving ones included: a pram cannot ride those."""
    return tags.get("highway") == "steps"


def is_closed(tags: Mapping[str, str]) -> bool:
    """Whether a barrier (a gate, say) lets nobody through but those who have its key."""
    foot = tags.get("foot")
    return foot in KEEPS_OUT or (foot not in LETS_IN and tags.get("access") in KEEPS_OUT)
