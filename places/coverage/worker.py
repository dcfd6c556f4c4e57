"""The process that works one answer out: `python -m places.coverage.worker CATALOGUE INSTANCE`.

What is wanted comes as JSON on the standard input.  It takes its turn (one works at a time, so that
the site stays quick on a small machine), notes how far it has got, and never does what somebody
else is doing.
"""

import fcntl
import logging
import sqlite3
import sys
import time
from pathlib import Path

from places.coverage import answers
from places.coverage.answers import Spec
from places.errors import Conflict, Fault, Invalid, Refusal
from places.storage import locked

_LOOKS_EVERY, _MEANWHILE = 0.2, 1.0
"""Seconds between two looks whether it is one's turn: what everybody waits for looks more often
than a narrowed question, and so comes first."""
KEEP_DAYS = 400
"""Days for which answers, and with them permanent links, are kept."""


def work(catalogue: Path, instance: Path, wanted: Spec) -> None:
    """Works the answer out, unless somebody is at it; what goes wrong is noted, not raised."""
    with answers.making(instance, wanted, wait=False) as mine:
        if not mine:
            return
        try:
            _in_turn(catalogue, instance, wanted)
        except Invalid as error:
            answers.fail(instance, wanted, tuple(error.faults))
        except Conflict as error:
            answers.fail(instance, wanted, (Fault("", error.code),))
        except (Refusal, OSError, MemoryError, sqlite3.Error) as error:
            logging.getLogger(__name__).error("coverage: %s", error)
            answers.fail(instance, wanted, (Fault("", "coverage_unavailable"),))
        except Exception:
            logging.getLogger(__name__).exception("coverage")
            answers.fail(instance, wanted, (Fault("", "coverage_failed"),))
            raise
        finally:
            answers.settle(instance, wanted)


def _in_turn(catalogue: Path, instance: Path, wanted: Spec) -> None:
    turn = answers.folder(instance) / "turn.lock"
    while True:
        with locked(turn, fcntl.LOCK_EX, wait=False) as mine:
            if mine:
                # Imported here: many may wait for their turn, and it takes a hundred megabytes.
                from places.coverage import making, outlines

                making.make(
                    catalogue,
                    instance,
                    wanted,
                    lambda step, share: answers.note(instance, wanted, step, share),
                )
                answers.prune(instance, KEEP_DAYS, time.time())
                outlines.prune(instance, KEEP_DAYS, time.time())
                return
        answers.note(instance, wanted, "waiting", 0.0)
        time.sleep(_MEANWHILE if wanted.filters or wanted.more else _LOOKS_EVERY)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    _catalogue, _instance = map(Path, sys.argv[1:])
    work(_catalogue, _instance, Spec.of(sys.stdin.read()))
