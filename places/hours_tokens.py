"""Polish words about opening hours, cut into pieces of known kinds.

The text is folded letter by letter, so that "środy" and "srody" are one word and every piece
still knows where it stood.  A piece that no pattern knows is an UNKNOWN: nothing is dropped.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from places.hours_rule import MONTHS, WEEKDAYS
from places.hours_words import CONDITION
from places.text import fold

# One letter each, so that sequences of kinds are matched by patterns again (`hours_text`).
DAY, DAILY, NUMBERED, HOLIDAY = "D", "Y", "N", "H"
TIME, ALL_DAY, LONGER = "T", "A", "L"
MONTH, DATE = "M", "K"
FROM, TO, DASH = "F", "O", "R"
COMMA, AND, STOP, EXTRA, EXCEPT = "C", "I", "S", "E", "P"
CLOSED, UNSURE, BREAK, SCHOOL_YEAR = "X", "U", "G", "J"
UNKNOWN, NARROWING, PHONE, NOISE = "W", "B", "V", "Z"

_DAY_NAMES = (
    r"pn|pon|poniedzial(?:ek|ku|ki|kow|kach)",
    r"wt|wtor(?:ek|ku|ki|kow|kach)",
    r"sr|srod(?:a|e|y|ach)|srod",
    r"cz|czw|czwart(?:ek|ku|ki|kow|kach)",
    r"pt|piat(?:ek|ku|ki|kow|kach)",
    r"sb|so|sob|sobot(?:a|e|y|ach)|sobot",
    r"nd|ndz|niedz|niedziel(?:a|e|i|ach)|niedziel",
)
_MONTH_NAMES = (
    r"stycz(?:en|nia|niu)", r"lut(?:y|ego|ym)", r"mar(?:zec|ca|cu)", r"kwie(?:cien|tnia|tniu)",
    r"maj(?:a|u)?", r"czerw(?:iec|ca|cu)", r"lip(?:iec|ca|cu)", r"sierp(?:ien|nia|niu)",
    r"wrze(?:sien|snia|sniu)", r"pazdziernik(?:a|u)?", r"listopad(?:a|zie)?",
    r"grud(?:zien|nia|niu)",
)  # fmt: skip
_ORDINALS = {
    "1": r"pierwsz(?:y|a|ego|ej|e)", "2": r"drug(?:i|a|iego|iej|ie)", "3": r"trzeci(?:a|ego|ej|e)?",
    "4": r"czwart(?:y|a|ego|ej|e)", "5": r"piat(?:y|a|ego|ej|e)", "-1": r"ostatni(?:a|ego|ej|e)?",
}  # fmt: skip

_DAY = "|".join(_DAY_NAMES)
_MONTH = "|".join(_MONTH_NAMES)
_ORDINAL = "|".join(_ORDINALS.values())
_ROMAN = ("i", "ii", "iii", "iv", "v")
# "I" is also "and": as a number only before a weekday of the month.
_NUMBER = rf"(?:{_ORDINAL}|{'|'.join(_ROMAN)}|[1-5]\.?)"
_NEXT = r"\s*,\s*|\s+i\s+|\s+oraz\s+"
_OF_MONTH = r"\s+(?:kazdego\s+miesiaca|miesiaca|w\s+miesiacu)\b"
_OFF_WORK = (
    r"(?:dni(?:ach)?\s+)?ustawowo\s+woln\w+(?:\s+od\s+pracy)?|dni(?:ach)?\s+woln\w+\s+od\s+pracy"
)
_OFF_SCHOOL = (
    r"(?:dni(?:ach)?\s+)?woln\w+\s+od\s+(?:nauki|zajec(?:\s+szkolnych)?|szkoly|lekcji)"
    r"|feri\w+\s+i\s+wakacj\w+"
)
_PATTERNS = (
    (PHONE, r"\d{3}[ -]\d{3}[ -]\d{3}\b|\d\d[ -]\d{3}[ -]\d\d[ -]\d\d\b"),
    (NUMBERED, rf"\b{_NUMBER}(?:(?:{_NEXT}){_NUMBER})*\s+(?:{_DAY})\b\.?{_OF_MONTH}"),
    (DAILY, r"codziennie\b|codz\b\.?|co\s*dzien\b|kazdego\s+dnia|7\s+dni\s+w\s+tygodniu"
            r"|caly\s+tydzien|weekend\w*|dni(?:ach)?\s+(?:powszedni\w*|robocz\w*)|w\s+tygodniu\b"),
    (DATE, rf"\d{{1,2}}\.?(?:\s*-\s*\d{{1,2}}\.?|(?:\s+(?:i|oraz)\s+\d{{1,2}})+)?"
           rf"\s+(?:{_MONTH})\b"
           r"(?:\s+\d{4}\b(?:\s*r\b\.?)?)?|\d{1,2}\.(?:0[1-9]|1[0-2])\b(?:\.\d{4}\b|\.(?!\d))?"),
    (ALL_DAY, r"(?:przez\s+)?cala\s+dobe|calodobow\w+|24/7|24\s*h\b|zawsze\b"),
    (TIME, r"(?:[01]?\d|2[0-4])(?:[:][0-5]\d|[.](?:00|15|20|30|40|45|50)|00|30|°°|oo)?"
           r"(?![\d:])(?:\s*h\b)?"),
    (BREAK, r"przerw\w*"),
    (SCHOOL_YEAR, r"(?:tylko\s+w\s+)?rok(?:u)?\s+szkoln\w+"),
    (UNSURE, rf"roznie\b(?:\s*\([^)]*\))?|{fold(CONDITION)}\b"),
    (HOLIDAY, rf"{_OFF_SCHOOL}|{_OFF_WORK}|swi[ea]t(?:a|o|ach|ami)?\b|dni(?:ach)?\s+swiateczn\w+"),
    (DAY, rf"(?:{_DAY})\b\.?"),
    (MONTH, rf"(?:{_MONTH}|wakacj\w+)\b"),
    (NARROWING, r"(?:co(?!\s+tydzien)|raz|tylko|wybran\w+|wyznaczon\w+|niektor\w+"
                rf"|(?:nie)?parzyst\w+|miesiac\w*|{_ORDINAL})\b"),
    (LONGER, r"\+|lub\s+dluzej\b"),
    (FROM, r"od\b"),
    (TO, r"do\b"),
    (DASH, r"-"),
    (EXCEPT, r"(?:o?procz|poza|z\s+wyjatkiem|z\s+wylaczeniem)\b"),
    (CLOSED, r"(?:nieczynn|zamkniet)\w*|nie\s+(?:dziala|pracuj)\w*"),
    (EXTRA, r"dodatkowo\b|a?\s*takze\b"),
    (AND, r"i\b|oraz\b|a\b|&"),
    (COMMA, r","),
    (STOP, r"[;\n|]|\.(?=\s|$)"),
    (NOISE, r"(?:w|we|na|jest|sa|kazd\w+|co\s+tydzien|okresie|zapraszamy"
            r"|(?:w\s+)?godz(?:in\w*|\b)\.?(?:\s+(?:otwarcia|pracy))?|czynn\w+|otwart\w+)(?:\b|(?<=\.))|[\s():.]"),
    (UNKNOWN, r"\w[\w.-]*\w|[^\s]"),
)  # fmt: skip
_PIECE = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PATTERNS))


@dataclass(frozen=True, slots=True)
class Piece:
    """A few letters of the text and what kind of thing they say."""

    kind: str
    text: str
    """Folded."""
    written: str
    begins: int
    ends: int


def pieces(text: str) -> list[Piece]:
    """All of the text, in order, without the words that say nothing of hours."""
    folded = "".join(map(_letter, text))
    found = (
        Piece(one.lastgroup or UNKNOWN, one[0], text[one.start() : one.end()], *one.span())
        for one in _PIECE.finditer(folded)
    )
    return [piece for piece in found if piece.kind != NOISE]


@lru_cache(maxsize=1024)
def _letter(letter: str) -> str:
    if letter in "–—−‒":
        return "-"
    if letter.isspace() and letter != "\n":
        return " "
    folded = fold(letter)
    return folded if len(folded) == 1 else letter


def weekday(text: str) -> str:
    """ "srodach" is "We"."""
    return _which(text.rstrip("."), _DAY_NAMES, WEEKDAYS)


def month(text: str) -> str:
    """ "lipca" is "Jul", "wakacje" are "Jul-Aug"."""
    if text.startswith("wakacj"):
        return "Jul-Aug"  # They begin some days earlier; months are what is confirmed.
    return _which(text, _MONTH_NAMES, MONTHS)


def numbered(text: str) -> str:
    """ "druga srode miesiaca" is "We[2]"."""
    head, day = re.findall(rf"(.+)\s(\w+)\b\.?{_OF_MONTH}", text)[0]
    numbers = [_number(one) for one in re.split(_NEXT, head.strip())]
    return f"{weekday(day)}[{','.join(numbers)}]"


def _number(name: str) -> str:
    if name in _ROMAN:
        return str(_ROMAN.index(name) + 1)
    ordinals = (key for key, one in _ORDINALS.items() if re.fullmatch(one, name))
    return next(ordinals, name.rstrip("."))


def daily(text: str) -> str:
    """ "codziennie" is "Mo-Su", "weekendy" are "Sa-Su"."""
    if text.startswith("weekend"):
        return "Sa-Su"
    return "Mo-Fr" if re.search(r"powsz|robocz|^w ", text) else "Mo-Su"


def holiday(text: str) -> str:
    """ "swieta" are PH, "dni wolne od nauki" SH."""
    return "SH" if re.fullmatch(rf"{_OFF_SCHOOL}|(?:tylko\s+w\s+)?rok.*", text) else "PH"


def date(text: str) -> str:
    """ "24-31 grudnia" is "Dec 24-Dec 31", "24 i 31 grudnia" is "Dec 24,Dec 31"."""
    numbers = re.findall(r"\d+", text)
    year = f"{numbers.pop()} " if len(numbers[-1]) == 4 else ""
    named = re.search(rf"\b(?:{_MONTH})\b", text)
    name = month(named[0]) if named else MONTHS[int(numbers.pop()) - 1]
    join = "-" if "-" in text else ","
    return join.join(f"{year}{name} {int(number)}" for number in numbers)


def minutes(text: str) -> int:
    """ "9.30" is 570, and so is "930"."""
    digits = "".join(re.findall(r"\d", text))
    hours, rest = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    return int(hours) * 60 + int(rest)


def _which(text: str, patterns: tuple[str, ...], codes: tuple[str, ...]) -> str:
    return next(
        code for pattern, code in zip(patterns, codes, strict=True) if re.fullmatch(pattern, text)
    )
