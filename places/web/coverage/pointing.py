"""Where a place is to go: coordinates as they stand; a town, a postcode or, with a geocoder, an
address as the point of it."""

from collections.abc import Mapping, Sequence

from places import whereabouts
from places.coverage.whatif import POINTED
from places.errors import Fault, Invalid
from places.query import Query
from places.web import current
from places.web.coverage import wanted
from places.web.coverage.wanted import Wanted


def read(args: Mapping[str, Sequence[str]]) -> tuple[Wanted, tuple[Fault, ...]]:
    """What the parameters ask, with the point of what they name, and all that is wrong."""
    change, to = said(args, "change"), said(args, "to")
    if change not in POINTED or not any(one.isalpha() or one == "-" for one in to):
        return wanted.read(args)
    try:
        near = current.located(Query.read({"near": [to]})).near
        where = whereabouts.locate(current.index(), near)
    except Invalid as error:
        unknown = [Fault("to", one.code, one.value, one.limit) for one in error.faults]
        given, faults = wanted.read(args)
        # It says more than that a name is no point.
        return given, (*(one for one in faults if one.field != "to"), *unknown)
    if where is None:
        return wanted.read(args)
    return wanted.read({**args, "to": [",".join(f"{one:.5f}" for one in where.centre)]})


def said(args: Mapping[str, Sequence[str]], name: str) -> str:
    """The value of a parameter, without space around it."""
    return next((one.strip() for one in args.get(name, ()) if one.strip()), "")
