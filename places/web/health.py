"""Whether the site is well: for whoever watches over it."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify

from places.web import current, words

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def health() -> Response:
    """The state of the index: "ok", or "degraded" with every reason.

    200 as long as it answers at all: a degraded site is better than none, and says so here.
    """
    status = current.index().status()
    response = jsonify(
        status="degraded" if status.degraded else "ok",
        places=status.places,
        listed=status.listed,
        built_at=status.built_at,
        layout=status.layout,
        faults=[{**asdict(one), "message": words.fault(one)} for one in status.faults[:100]],
        faults_total=len(status.faults),
    )
    response.cache_control.no_store = True
    return response
