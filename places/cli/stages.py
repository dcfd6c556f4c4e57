"""How far a long step has got, on the error output: a bar on a terminal, plain lines elsewhere."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from places.cli.telling import say

_LINES = 4  # plain lines for a step, at most


@contextmanager
def stages(doing: Mapping[str, str]) -> Iterator[Callable[[str, float], None]]:
    """What to call with a step's code and the share of it that is done, 0 to 1.

    `doing` says what each step is called; others are not shown.
    """
    shown = _Bar(doing) if sys.stderr.isatty() else _Lines(doing)
    try:
        yield shown.tell
    finally:
        shown.end()


class _Lines:
    def __init__(self, doing: Mapping[str, str]) -> None:
        self._doing = doing
        self._last = ("", -1)

    def tell(self, step: str, share: float) -> None:
        now = (step, int(share * _LINES))
        if step not in self._doing or now == self._last or share >= 1:
            return
        fresh = step != self._last[0]
        self._last = now
        say(f"{self._doing[step]}…" if fresh else f"{self._doing[step]}: {share:.0%}", error=True)

    def end(self) -> None:
        """Lines stay."""


class _Bar:
    def __init__(self, doing: Mapping[str, str]) -> None:
        from tqdm import tqdm

        self._doing = doing
        self._last = ("", -1)
        self._bar = tqdm(
            total=100, leave=False, file=sys.stderr, bar_format="{desc} {bar} {n:.0f}% {elapsed}"
        )

    def tell(self, step: str, share: float) -> None:
        now = (step, int(100 * share))
        if step in self._doing and now != self._last:
            self._last = now
            self._bar.set_description_str(self._doing[step], refresh=False)
            self._bar.n = now[1]
            self._bar.refresh()

    def end(self) -> None:
        self._bar.close()
