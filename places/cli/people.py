"""`flask people`: who may sign in at the desk, and what is theirs to decide."""

import click
from flask.cli import AppGroup

from places import letters, people, tokens
from places.cli.telling import refusals, say
from places.desk import writing
from places.errors import NotFound
from places.people import Person
from places.web import correspondence, current

group = AppGroup("people", help="Kto moderuje: administratorzy, moderatorzy i\u00a0ich tereny.")
_ROLES = {"admin": "administrator", "moderator": "moderator"}


@group.command("add", help="Dodaje osobę albo zmienia rolę i\u00a0teren tej, która już jest.")
@click.argument("email")
@click.option("--role", type=click.Choice(people.ROLES), default="moderator", help="Rola.")
@click.option(
    "--area",
    "areas",
    metavar="TERYT",
    multiple=True,
    help="Teren: 2\u00a0cyfry województwa, 4\u00a0powiatu albo 6\u00a0gminy; można powtórzyć.",
)
@click.option(
    "--network", "networks", multiple=True, help="Sieć moderatora, np. MAM; można powtórzyć."
)
def add(email: str, role: str, areas: tuple[str, ...], networks: tuple[str, ...]) -> None:
    desk, now = current.desk(), current.now()
    theirs = [("teryt", one) for one in areas] + [("network", one) for one in networks]
    with refusals(), writing(desk):
        is_new = people.by_email(desk, email) is None
        one = people.add(desk, email, role, theirs, now)
        say(f"{'Dodano' if is_new else 'Zmieniono'}: {_told(one)}")
        if current.setting("SMTP"):
            key = f"welcome:{one.id}:{one.session}"
            letters.post(desk, correspondence.write("welcome", one.email, key, role=role), now)
        else:
            word = tokens.make(desk, "sign-in", str(one.id), now)
            say("Nie ma serwera poczty, więc oto link do wejścia, ważny 30\u00a0minut:")
            say(correspondence.address("access.enter", word=word))
    current.deliver()


@group.command("list", help="Wypisuje wszystkie osoby, ich role i\u00a0tereny.")
def list_() -> None:
    with refusals():
        everybody = people.everybody(current.desk())
    for one in everybody:
        say(_told(one))
    if not everybody:
        say("Nie ma jeszcze nikogo. Pierwszą osobę dodaje: flask people add ADRES --role admin")


@group.command(
    "remove", help="Usuwa osobę: kończą się jej sesje, a\u00a0to, co zajęła, jest wolne."
)
@click.argument("email")
def remove(email: str) -> None:
    desk = current.desk()
    with refusals():
        one = people.by_email(desk, email)
        if one is None:
            raise NotFound("nie ma takiej osoby")
        people.remove(desk, one.id, current.now())
    say(f"Usunięto: {one.email}")


def _told(one: Person) -> str:
    areas = ", ".join(value for _, value in one.areas) or "wszystko"
    password = ", ma hasło" if one.has_password else ""
    return f"{one.email}: {_ROLES[one.role]}, {areas}{password}"
