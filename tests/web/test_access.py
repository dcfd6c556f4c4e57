"""Who asks: network addresses behind proxies, and limits that count them."""

from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from places.errors import Forbidden
from places.web import access

FROM = {"X-Forwarded-For": "203.0.113.7, 192.0.2.1"}


def site(catalogue: Path, instance: Path, **settings: object) -> Flask:
    return create_app({"CATALOGUE": str(catalogue), "INSTANCE": str(instance), **settings})


def seen_as(app: Flask, address: str, headers: dict[str, str]) -> str:
    """The address that is counted for a request, through everything that stands before it."""
    seen = []
    app.before_request(lambda: seen.append(access.client()))
    app.test_client().get("/robots.txt", headers=headers, environ_base={"REMOTE_ADDR": address})
    return str(seen[0])


@pytest.mark.parametrize(
    ("proxies", "client"), [(0, "198.51.100.9"), (1, "192.0.2.1"), (2, "203.0.113.7")]
)
def test_only_our_own_proxies_are_believed(
    catalogue: Path, instance: Path, proxies: int, client: str
) -> None:
    """Anybody can write the header: it counts as far back as there are proxies of ours."""
    assert seen_as(site(catalogue, instance, PROXIES=proxies), "198.51.100.9", FROM) == client


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("192.0.2.1", "192.0.2.1"),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_a_household_is_one_address(app: Flask, address: str, client: str) -> None:
    """Of IPv6 everybody has more addresses than could be counted."""
    assert seen_as(app, address, {}) == client


def test_an_origin_is_blinded(catalogue: Path, instance: Path) -> None:
    """It can be compared, and without our secret nobody can find the address again."""
    made = []
    for secret in ("x" * 32, "y" * 32):
        app = site(catalogue, instance, SECRET=secret)
        for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
            with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
                made.append(access.origin())
    assert made[0] == made[1]
    assert len(set(made)) == 4
    assert not any("192" in one for one in made)


def test_a_visitor_has_no_role(app: Flask) -> None:
    """Asked for one, they are refused."""
    with app.test_request_context():
        assert access.person() is None
        for role in ("moderator", "admin"):
            with pytest.raises(Forbidden):
                access.signed_in(role)


def test_a_folder_without_a_secret_harms_no_resident(catalogue: Path, instance: Path) -> None:
    """Pages answer also those who come with a cookie; only signing in has to wait."""
    instance.mkdir()
    (instance / "secret").write_text("short")
    client = site(catalogue, instance).test_client()
    client.set_cookie("miejsca", "anything")
    assert client.get("/").status_code == 200
    assert client.get("/moderacja/wejscie").status_code == 503
