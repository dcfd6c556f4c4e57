"""Letters sent in the background, by one thread of a process, so that no visitor waits for it."""

import logging
from collections.abc import Callable
from threading import Lock, Thread

_log = logging.getLogger(__name__)


class Postman:
    """Goes when called; called while out, goes once more."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._next: Callable[[], object] | None = None
        self._out = False

    def call(self, errand: Callable[[], object]) -> None:
        """Has the errand done soon; of several that wait the last is enough."""
        with self._lock:
            self._next = errand
            if self._out:
                return
            self._out = True
        Thread(target=self._go, name="postman", daemon=True).start()

    def _go(self) -> None:
        while (errand := self._taken()) is not None:
            try:
                errand()
            except Exception:  # noqa: BLE001 - what a letter cannot do must not end the thread
                _log.exception("letters could not be sent")

    def _taken(self) -> Callable[[], object] | None:
        with self._lock:
            errand, self._next = self._next, None
            self._out = errand is not None
            return errand
