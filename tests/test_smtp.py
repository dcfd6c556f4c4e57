"""The mail server of a setting."""

import pytest

from places import smtp
from places.smtp import Smtp


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("", None),
        ("smtp://localhost", Smtp("localhost", 25)),
        ("smtp://127.0.0.1:1025/", Smtp("127.0.0.1", 1025)),
        ("smtps://poczta.example", Smtp("poczta.example", 465, "smtps")),
        (
            "smtp+starttls://kto%40gmina.example:ha%3As%2Flo%23@poczta.example:2587",
            Smtp("poczta.example", 2587, "smtp+starttls", "kto@gmina.example", "ha:s/lo#"),
        ),
        ("smtp+starttls://poczta.example", Smtp("poczta.example", 587, "smtp+starttls")),
    ],
)
def test_a_server_is_read_from_its_address(url: str, server: Smtp | None) -> None:
    """With the usual port of its kind, and a name and password in which anything may stand."""
    assert smtp.read(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "poczta.example", "http://poczta.example", "smtp://", "smtp://host:0x", "smtp://host:99999",
        "smtp://host/path", "smtp://host?tls=no", "smtp://ho st", "smtp://user:secret@", "smtp",
        "smtp://kto:has%C5%82o@host",
    ],
)  # fmt: skip
def test_what_is_no_server_is_refused_without_its_password(url: str) -> None:
    """The refusal may end up in a log: it repeats nothing."""
    with pytest.raises(ValueError, match=r"^") as refused:
        smtp.read(url)
    assert "secret" not in str(refused.value)


def test_a_password_is_not_shown() -> None:
    """Neither when the server is printed."""
    assert "haslo" not in repr(smtp.read("smtp://kto:haslo@poczta.example"))
