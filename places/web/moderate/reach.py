"""What the person who is signed in may open; everything else is not found."""

from places import people, publishing, submissions
from places.errors import NotFound
from places.people import Person
from places.place import Place
from places.submissions import Proposal
from places.web import access, current


def me() -> Person:
    """Who is signed in.

    Raises Forbidden.
    """
    return access.signed_in()


def proposal(proposal_id: str) -> Proposal:
    """The proposal, if it lies within their area.

    Raises NotFound.
    """
    found = submissions.find(current.desk(), proposal_id)
    if not people.may_decide(me(), found.teryt, found.networks):
        raise NotFound(proposal_id)
    return found


def place(place_id: str) -> Place:
    """The place as the catalogue file has it, if it lies within their area.

    Raises NotFound.
    """
    found = publishing.current(current.press(), place_id)
    if not decides_on(found):
        raise NotFound(place_id)
    return found


def decides_on(found: Place) -> bool:
    """Whether whoever asks signed in and decides on this place."""
    person = access.person()
    return person is not None and people.may_decide(person, found.address.teryt, found.networks)
