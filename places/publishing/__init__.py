"""The only room that changes the catalogue for the desk.

One step is: BEGIN IMMEDIATE on the desk, the catalogue's own lock, read the record from the file,
put the revision down and mark the proposal, write the file beside and replace it, commit.  Killed
between the replacement and the commit, the proposal still waits, and accepting it again makes the
same record and one revision: what stands already as proposed is no conflict.  Within somebody's
transaction (a letter in the same step) these functions join it; the file is then replaced
before that one commits.
"""

from places.history import MadeBy, Revision
from places.publishing.accepting import accept
from places.publishing.changing import close, publish, publish_all, restore, withdraw
from places.publishing.merging import merge
from places.publishing.step import Press, current
from places.publishing.step import in_file as found
from places.publishing.undoing import undo

__all__ = [
    "MadeBy",
    "Press",
    "Revision",
    "accept",
    "close",
    "current",
    "found",
    "merge",
    "publish",
    "publish_all",
    "restore",
    "undo",
    "withdraw",
]
