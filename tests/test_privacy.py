"""What looks like a private person's is told to the moderator; what is an office's is not."""

from typing import Any

import pytest

from places.privacy import warnings


def codes(field: str, value: Any) -> list[str]:
    """What is said of that value."""
    return [one.code for one in warnings({field: value})]


@pytest.mark.parametrize(
    "number",
    [
        "501 234 567", "+48 601-234-567", "0048 725 123 456", "(+48) 793 123 456", "881234567",
        "45 012 34 56", "tel. 530.123.456", "537123456", "512-34-56-78", "+48669123456",
    ],
)  # fmt: skip
def test_mobiles_are_noticed(number: str) -> None:
    """However they are written, in a field of their own or in a sentence."""
    assert codes("contact.phone", number) == ["mobile"]
    assert codes("summary", f"Dzwoń: {number}, najlepiej po 17.") == ["mobile"]


@pytest.mark.parametrize(
    "number",
    [
        "12 345 67 89", "+48 22 621 12 34", "58 301 55 46", "800 120 002", "67 212 34 56",
        "0048 32 255 55 55", "59 840 12 34", "75 752 12 34", "112", "pon.-pt. 16:00-20:00",
        "00-950", "NIP 676-10-12-345",
    ],
)  # fmt: skip
def test_lines_of_offices_are_not(number: str) -> None:
    """Landlines, free numbers, hours and codes are nobody's mobile."""
    assert codes("contact.phone", number) == []


@pytest.mark.parametrize(
    "box",
    ["klub@gmail.com", "jan.kowalski@gmina.pl", "A.Nowak@dk.example", "swietlica@wp.pl", "x@o2.pl"],
)
def test_private_mailboxes_are_noticed(box: str) -> None:
    """A provider of private mailboxes, or a name before the @."""
    assert codes("contact.email", box) == ["mailbox"]
    assert codes("rules.booking_note", f"Pisać na {box}.") == ["mailbox"]


@pytest.mark.parametrize(
    "box",
    ["biuro@dk.example", "klub.lipa@gmina.pl", "dom_kultury@miasto.pl", "mal@fundacja.example"],
)
def test_mailboxes_of_offices_are_not(box: str) -> None:
    """A role at a domain of its own."""
    assert codes("contact.email", box) == []


def test_a_pesel_is_noticed() -> None:
    """Eleven digits with a date and a right check; other long numbers are not."""
    assert codes("summary", "PESEL 44051401359") == ["pesel"]
    assert codes("summary", "konto 44051401358, REGON 12345678901") == []
    assert codes("summary", "44 99 1401 3599 0000 1111 2222") == []


def test_a_name_where_a_role_should_be_is_noticed() -> None:
    """A key is held by a role."""
    assert codes("rules.key_holder", "Jan Kowalski, sołtys") == ["person"]
    assert codes("rules.key_holder", "sołtys wsi") == []
    assert codes("operator.name", "Dom Kultury") == []


def test_lists_and_records_are_read_through() -> None:
    """Also what stands in a list or in a room."""
    rooms = [{"name": "sala", "equipment": ["klucz: 501 234 567"]}]
    assert codes("rooms", rooms) == ["mobile"]
    assert codes("activities", ["szachy", "zapisy@gmail.com"]) == ["mailbox"]


def test_each_is_said_once_and_where_it_is_no_contact_not_at_all() -> None:
    """Addresses, points and sources hold numbers of other kinds."""
    twice = "501 234 567 albo 502 234 567"
    assert codes("summary", twice) == ["mobile"]
    values = {"address.street": "ul. 501 234 567", "refs.um": "501234567", "lat": 50.1234567}
    assert warnings(values) == ()
