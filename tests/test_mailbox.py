"""E-mail addresses: one spelling for one box, and nothing that could be more than an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import mailbox
from places.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Anna.Lis@Example.ORG ", "anna.lis@example.org"),
        ("dom+kultury@gmina.example", "dom+kultury@gmina.example"),
        ("biuro@świetlica.example", "biuro@xn--wietlica-lvb.example"),
    ],
)
def test_one_spelling_for_one_box(typed: str, kept: str) -> None:
    """Ends, capitals and Polish letters of the domain do not make another mailbox."""
    assert mailbox.read(typed) == kept
    assert mailbox.read(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "anna", "anna@", "@example.org", "anna@example", "an na@example.org", "a@b@example.org",
        "anna@example.org\r\nBcc: all@example.org", "anna@exa\nmple.org", "<anna@example.org>",
        "anna@-x.example", ".anna@example.org", "an..na@example.org", "anna@example..org",
        "zażółć@example.org", "a" * 65 + "@example.org", "anna@" + "x" * 64 + ".example",
        "a@" + "x." * 130 + "pl", "a@" + "ł." * 200_000 + "pl", '"anna"@example.org',
        "anna@[127.0.0.1]", "\x00@example.org",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    """Also what a lenient reader would take for one, and above all a second line."""
    with pytest.raises(Invalid) as refused:
        mailbox.read(typed)
    assert [fault.code for fault in refused.value.faults] == ["not_an_email"]
    assert not mailbox.is_one(typed)


def test_nothing_typed_is_missing() -> None:
    """An empty field is named as such, under the name it has in the form."""
    with pytest.raises(Invalid) as refused:
        mailbox.read("  ", "sender.email")
    assert [(one.field, one.code) for one in refused.value.faults] == [("sender.email", "missing")]


@given(st.text())
def test_any_text_is_an_address_or_refused(typed: str) -> None:
    """Whatever is typed, what is kept is one printable line of plain letters."""
    try:
        kept = mailbox.read(typed)
    except Invalid:
        return
    assert kept.isascii()
    assert kept.isprintable()
    assert len(kept.split()) == 1
