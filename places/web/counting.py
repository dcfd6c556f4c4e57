"""A search that found nothing, handed on to be counted: what was sought, never who sought it.

Whatever goes wrong here, the answer is already made and goes out.
"""

from flask import current_app, request

from places import demand, sought
from places.search import Results
from places.web import current


def unanswered(results: Results) -> None:
    """Counts the search if it found nothing that has all that was asked; never raises."""
    if request.method != "GET":  # Programs look with HEAD whether a page is there.
        return
    try:
        wanted = sought.of(current.index(), results)
        if wanted is not None:
            keep = int(current.setting("KEEP_DEMAND"))
            demand.note(current.instance(), wanted, current.now(), keep)
    except Exception as error:  # noqa: BLE001 - no count is worth an answer
        current_app.logger.error("a search could not be counted: %s", type(error).__name__)
