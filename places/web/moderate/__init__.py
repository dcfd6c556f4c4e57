"""The desk of moderators: what waits, one proposal, one place.  This is the table of its addresses.

Who is not signed in gets 403 with a way to sign in.  Whatever lies outside somebody's area answers
404, as if it were not there: a refusal must not tell that there is a proposal.
"""

from flask import Blueprint

from places.web import access, desk_menu
from places.web.moderate import decisions, owners, place, proposal, queue, verbs

blueprint = Blueprint("moderate", __name__, url_prefix="/moderacja")
blueprint.before_request(access.guard())
blueprint.context_processor(desk_menu.on_every_page)

blueprint.add_url_rule("/", "queue", queue.show)
blueprint.add_url_rule("/hurtem", "bulk", queue.bulk, methods=["POST"])
blueprint.add_url_rule("/zgloszenia/<proposal_id>", "proposal", proposal.show)
blueprint.add_url_rule(
    "/zgloszenia/<proposal_id>/<verb>", "decide", decisions.decide, methods=["POST"]
)
blueprint.add_url_rule("/miejsca/", "places", place.find)
blueprint.add_url_rule("/miejsca/<place_id>", "place", place.show)
blueprint.add_url_rule("/miejsca/<place_id>/polacz/<other_id>", "join", place.join)
blueprint.add_url_rule("/miejsca/<place_id>/<verb>", "act", verbs.act, methods=["POST"])
blueprint.add_url_rule(
    "/miejsca/<place_id>/opiekunowie/<verb>", "owner", owners.act, methods=["POST"]
)
