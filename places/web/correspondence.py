"""Letters from templates: templates/letters/<name>.txt, and .html where it shows more.

The block `subject` of a text is its subject.  Links lead to PLACES_URL and never to what a Host
header says: whoever has a letter sent to somebody else must not choose where its link leads.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from jinja2 import Template
from markupsafe import Markup, escape
from werkzeug.routing import MapAdapter

from places.letters import Letter, one_line
from places.web import current

_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


def write(name: str, recipient: str, key: str, *, about: str = "", **values: Any) -> Letter:
    """The letter, with these values in its template; also outside a request.

    `about` is the id of the proposal or the place: who decides on that may read the letter.
    Without an .html of its own the text is shown in paragraphs, with its links.
    """
    # `url_for` of the pages would believe the Host header.
    given = {**values, "url_for": address, **_ours()}
    text, subject = _rendered([f"letters/{name}.txt"], given)
    body = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
    html, _ = _rendered(
        [f"letters/{name}.html", "letters/base.html"],
        {**given, "subject": subject, "paragraphs": _paragraphs(body)},
    )
    return Letter(key, recipient, subject, body, html, about)


def address(endpoint: str, **values: Any) -> str:
    """A whole address on our site, for a letter; templates of letters have it as `url_for`."""
    values.pop("_external", None)
    return _routes().build(endpoint, values, force_external=True)


def _ours() -> dict[str, str]:
    return {"operator": current.setting("OPERATOR"), "contact": current.setting("CONTACT")}


def _routes() -> MapAdapter:
    url = current.setting("URL") or f"http://{current.setting('HOST')}:{current.setting('PORT')}"
    parts = urlsplit(url)
    return current_app.url_map.bind(parts.netloc, url_scheme=parts.scheme)


def _rendered(names: list[str | Template], values: dict[str, Any]) -> tuple[str, str]:
    template = current_app.jinja_env.select_template(names)
    current_app.update_template_context(context := dict(values))
    text = template.render(context)
    block = template.blocks.get("subject")
    subject = "".join(block(template.new_context(context))) if block else ""
    return text, one_line(subject)


def _paragraphs(text: str) -> list[Markup]:
    return [
        Markup("<br>\n").join(_linked(line) for line in one.strip().split("\n"))
        for one in text.split("\n\n")
        if one.strip()
    ]


def _linked(text: str) -> Markup:
    done, parts = 0, []
    for found in _LINK.finditer(text):
        parts += [escape(text[done : found.start()])]
        parts += [Markup('<a href="{0}">{0}</a>').format(found[0])]
        done = found.end()
    return Markup("").join([*parts, escape(text[done:])])
