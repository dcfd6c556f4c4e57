"""A proposal's life, until it is decided: sent, confirmed, claimed, asked about, turned down.

    unconfirmed -> waiting <-> asked -> accepted (publishing.py) | rejected | withdrawn | spam

A proposal holds what is to be changed (`changes`) and what those columns held when it was written
(`base`), both by dotted column.  Who sent it stands in a table of its own, so that a person can be
forgotten and the proposal stay.  Within somebody's transaction these functions join it.
"""

from places.submissions.deciding import (
    Decision,
    about,
    ask,
    claim,
    decided,
    follow,
    reject,
    release,
    reopened,
    spam,
    take_over,
    to_decide,
)
from places.submissions.records import (
    OPEN,
    PROBLEMS,
    Draft,
    Kind,
    Proposal,
    Remark,
    Scope,
    Sender,
    SentBy,
    State,
    find,
    read,
    remarks,
    sender,
)
from places.submissions.sending import (
    LONGEST_NOTE,
    add,
    answer,
    change,
    confirm,
    problem,
    withdraw,
)

__all__ = [
    "LONGEST_NOTE",
    "OPEN",
    "PROBLEMS",
    "Decision",
    "Draft",
    "Kind",
    "Proposal",
    "Remark",
    "Scope",
    "Sender",
    "SentBy",
    "State",
    "about",
    "add",
    "answer",
    "ask",
    "change",
    "claim",
    "confirm",
    "decided",
    "find",
    "follow",
    "problem",
    "read",
    "reject",
    "release",
    "remarks",
    "reopened",
    "sender",
    "spam",
    "take_over",
    "to_decide",
    "withdraw",
]
