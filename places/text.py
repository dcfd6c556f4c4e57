"""How Polish words are cleaned, compared, sorted and put into addresses of pages.

SQLite's own `remove_diacritics` leaves ł alone, so that `lodz` would miss Łódź.
Everything is folded here, by the same function, when indexing and when asking.
"""

import re
import unicodedata
from functools import lru_cache

# Letters that no normal form takes apart; with the other Polish ones, because a Polish word is
# then folded without taking anything apart, which is six times faster.
_WHOLE_LETTERS = str.maketrans(
    {"ł": "l", "ß": "ss", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict(zip("ąćęńóśźż", "acenoszz", strict=True))
)
# Control characters, halves of surrogate pairs, separators of lines and paragraphs.
_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_POLISH_ORDER = {
    letter: base + "\uffff" * step
    for base, letter, step in (
        ("a", "ą", 1), ("c", "ć", 1), ("e", "ę", 1), ("l", "ł", 1), ("n", "ń", 1),
        ("o", "ó", 1), ("s", "ś", 1), ("z", "ź", 1), ("z", "ż", 2),
    )
}  # fmt: skip

_BY_ORDER = str.maketrans(_POLISH_ORDER)
_UNSORTED = re.compile(r"[^\w\s]|_")

_WORD = re.compile(r"[^\W_]+")
_LONGEST_SLUG = 80


@lru_cache(maxsize=16_384)
def clean(text: str) -> str:
    """Composed letters (NFC), no control characters, one space between words, no ends.

    A NUL or an escape carries no meaning in a name; half a surrogate pair cannot even be written.
    """
    return " ".join(_NOT_TEXT.sub(" ", unicodedata.normalize("NFC", text)).split())


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Lower-case without marks: "Łódź" and "LODZ" both give "lodz"."""
    small = text.casefold().translate(_WHOLE_LETTERS)
    if small.isascii():
        return small
    apart = unicodedata.normalize("NFKD", small)
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    # Once more: the normal form gives capitals to letters that have no other ("𝖠").
    return bare.casefold().translate(_WHOLE_LETTERS)


def words(text: str) -> list[str]:
    """The folded words of a text, letters and digits only, in order."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=8192)
def slug(text: str) -> str:
    """A readable part of a URL: "Klub „Żak”" gives "klub-zak".  May be empty."""
    whole = "-".join(w for w in words(text) if w.isascii())
    return whole[:_LONGEST_SLUG].rstrip("-")


@lru_cache(maxsize=8192)
def sort_key(text: str) -> str:
    """A key that puts names in the order of the Polish alphabet: a ą b c ć … z ź ż."""
    small = unicodedata.normalize("NFC", text.casefold())
    return _UNSORTED.sub("", small).strip().translate(_BY_ORDER)
