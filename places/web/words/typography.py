"""Polish typography: a line never ends with "w", and a number keeps its unit.

Only for showing.  What is stored and compared keeps the spaces as they came.
"""

import re

_ALONE = re.compile(r"(?<![^\s(„–])([aiouwzAIOUWZ]) (?=\S)")
_UNIT = re.compile(
    r"(\d) (?=(?:m²|m2|m|km|zł|min|godz\.|lat|lata|rok|r\.|%|osób|osoby|osoba|tys\.)(?![^\W_]))"
)


def quoted(text: str) -> str:
    """The text in Polish quotation marks; its own become the inner ones, « and »."""
    inner = text.replace("„", "«").replace("”", "»")
    return f"„{inner}”"


def tied(text: str) -> str:
    """The text with unbreakable spaces after one-letter words and before units."""
    # Twice: in "i w domu" the first match eats the space the second one looks back for.
    once = _ALONE.sub("\\1\u00a0", text)
    return _UNIT.sub("\\1\u00a0", _ALONE.sub("\\1\u00a0", once))
