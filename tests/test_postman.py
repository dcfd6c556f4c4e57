"""The postman: called while out, goes once more; nothing is left lying."""

import time
from threading import Event

import pytest

from places.postman import Postman


def settled(postman: Postman) -> None:
    """Waits until there is nobody out."""
    end = time.monotonic() + 10
    while postman._out and time.monotonic() < end:
        time.sleep(0.005)


def test_many_calls_are_one_round_more() -> None:
    """Of the calls while out the last is enough, and it is done."""
    postman, done, go = Postman(), [], Event()
    postman.call(lambda: (done.append("first"), go.wait(10)))
    for name in ("second", "third", "last"):
        postman.call(lambda name=name: done.append(name))
    go.set()
    settled(postman)
    assert done == ["first", "last"]


def test_an_errand_that_fails_does_not_end_the_next(caplog: pytest.LogCaptureFixture) -> None:
    """It is in the log, and the postman goes again."""
    postman, done = Postman(), []
    postman.call(lambda: 1 / 0)
    settled(postman)
    postman.call(lambda: done.append(1))
    settled(postman)
    assert done == [1]
    assert "letters could not be sent" in caplog.text
