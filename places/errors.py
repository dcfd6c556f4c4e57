"""What can be refused, and how it is said.

    Refusal
    ├── Invalid       what was given breaks a rule: every fault at once
    ├── NotFound      no such thing
    ├── Gone          there was such a thing; it was withdrawn
    ├── Forbidden     whoever asks may not do this
    ├── Expired       a link that was good once
    ├── Conflict      somebody else was faster
    └── Unavailable   ours to mend: the catalogue or the index cannot be read now

The middle speaks in codes ("name", "missing"); the doors turn them into sentences.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong."""

    field: str
    """Where: the parameter's name, or the dotted path in a record ("address.teryt")."""
    code: str
    """What: a word from the table of sentences in `web/words/faults.py`."""
    value: str = ""
    """What was given, shortened; data, never trusted."""
    limit: str = ""
    """The bound, pattern or list that was broken, where there is one."""
    where: str = ""
    """Which record: "line 12 · k3v7m2qa", "row 4"; empty for a request."""

    def at(self, where: str) -> "Fault":
        """The same fault, with the record named."""
        return Fault(self.field, self.code, self.value, self.limit, where)


class Refusal(Exception):
    """Something the caller can understand and act on; never a bug of ours."""


class Invalid(Refusal):
    """What was given breaks a rule.  Carries all the faults, never just the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: Sequence[Fault] = tuple(faults)
        super().__init__("; ".join(f"{f.where} {f.field}: {f.code}".strip() for f in self.faults))


class NotFound(Refusal):
    """No such thing, and as far as we know there never was."""


class Gone(Refusal):
    """There was such a place; it was withdrawn or it closed."""

    def __init__(self, place_id: str) -> None:
        self.place_id = place_id
        super().__init__(place_id)


class Forbidden(Refusal):
    """Whoever asks may not do this; signing in may help when nobody is signed in."""


class Expired(Refusal):
    """A link whose time is over, or that was ended."""


class Conflict(Refusal):
    """What was to be changed has changed meanwhile; nothing was overwritten."""

    def __init__(self, code: str, field: str = "", differences: Sequence[object] = ()) -> None:
        self.code = code
        self.field = field
        self.differences = tuple(differences)
        super().__init__(code)


class Unavailable(Refusal):
    """The catalogue or the index cannot answer just now."""


def shortened(value: object, length: int = 80) -> str:
    """The value as text for a message: one printable line, at most `length` characters."""
    line = " ".join(str(value).split())
    # An escape would act on a terminal, half a surrogate pair cannot be written at all.
    text = "".join(c if c.isprintable() else "\ufffd" for c in line[: length + 1])
    return text if len(text) <= length else text[: length - 1] + "…"
