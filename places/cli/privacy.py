"""`flask desk forget`, `show` and `purge`: what is kept of people, and how it goes.

What is printed ends up in logs, so nothing here prints an address, but `show`, which is asked to.
"""

import json
from datetime import datetime

import click
from flask import g
from flask.cli import AppGroup, with_appcontext

from places import forgetting, photos, publishing, retention
from places.cli.telling import refusals, say
from places.cli.upkeep import Moment
from places.forgetting import Forgotten
from places.web import current, words

_REMOVED = {
    "proposals": "Zgłoszenia usunięte w\u00a0całości",
    "senders": "Zgłoszenia, przy których nie ma już nadawcy",
    "remarks": "Wypowiedzi w\u00a0rozmowach",
    "owners": "Opieka nad miejscami",
    "letters": "Listy",
    "files": "Listy w\u00a0plikach",
    "photos": "Zdjęcia, które czekały",
    "people": "Konto na biurku",
    "blocked": "Blokady",
    "words": "Wzmianki w\u00a0słowach innych osób",
    "history": "Wcześniejsze wersje wpisów",
}
_DUE = {
    "senders": "Nadawcy dawno przyjętych zgłoszeń",
    "proposals": "Zgłoszenia niepotwierdzone albo dawno załatwione inaczej",
    "origins": "Skróty adresów sieciowych",
    "owners": "Dawni opiekunowie",
    "letters": "Listy",
    "letter_files": "Listy w\u00a0plikach",
    "tokens": "Nieczynne linki",
    "blocked": "Dawne blokady",
    "photos": "Zdjęcia przy załatwionych zgłoszeniach",
    "uploads": "Tabele, o\u00a0których nikt nie zdecydował",
    "photo_files": "Pliki zdjęć, o\u00a0których nic już nie mówi",
}
_STILL = "Ktoś właśnie czyta bazę; powtórz za chwilę, żeby w\u00a0pliku nie został żaden ślad."


def join(group: AppGroup) -> None:
    """Adds the commands to `flask desk`."""
    for one in (forget, show, purge):
        group.add_command(one)


@click.command("forget", help="Usuwa osobę z\u00a0bazy, z\u00a0listów i\u00a0z\u00a0plików.")
@click.argument("email")
@click.option(
    "--phone", "phones", multiple=True, help="Także ten numer w\u00a0historii; można powtórzyć."
)
@click.option("--person", is_flag=True, help="Także jej konto na biurku, jeśli je ma.")
@click.option(
    "--photos", "pictures", is_flag=True, help="Także opublikowane zdjęcia, które przysłała."
)
@click.option("--yes", is_flag=True, help="Bez pytania.")
@with_appcontext
def forget(email: str, phones: tuple[str, ...], person: bool, pictures: bool, yes: bool) -> None:
    if not yes:
        click.confirm("Tego nie da się cofnąć. Usunąć?", abort=True)
    with refusals():
        done = forgetting.forget(
            current.desk(), current.instance(), email, current.now(),
            phones=phones, as_person=person,
        )  # fmt: skip
        if pictures:
            _take_down(done)
    for name, count in done.removed.items():
        if count:
            say(f"{_REMOVED[name]}: {words.number(count)}.")
    if not any(done.removed.values()):
        say("Nic o\u00a0tej osobie nie było zapisane.")
    if done.public:
        say(
            "To jest nadal w\u00a0danych miejsc; popraw je ręcznie, a\u00a0potem powtórz: "
            + ", ".join(done.public)
        )
    if done.photos and not pictures:
        say("Zostają opublikowane zdjęcia (--photos je usuwa): " + ", ".join(done.photos))
    if not done.clean:
        say(_STILL, error=True)
        raise click.exceptions.Exit(1)


@click.command("show", help="Wypisuje wszystko, co wiadomo o\u00a0osobie, jako JSON.")
@click.argument("email")
@with_appcontext
def show(email: str) -> None:
    with refusals():
        found = forgetting.kept(current.desk(), email)
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


@click.command("purge", help="Usuwa to, co przechowano tak długo, jak mówią ustawienia.")
@click.option("--dry-run", is_flag=True, help="Tylko liczy, niczego nie usuwa.")
@click.option("--now", "moment", type=Moment(), help="Udaje, że jest ta chwila.")
@with_appcontext
def purge(dry_run: bool, moment: datetime | None) -> None:
    if moment is not None:
        g.now = moment
    clean = True
    with refusals():
        found = retention.due(
            current.desk(), current.instance(), current.catalogue(), current.kept(), current.now()
        )
        if not dry_run:
            clean = retention.purge(current.desk(), current.instance(), found)
    for name, count in found.counts().items():
        say(f"{_DUE[name]}: {words.number(count)}.")
    if not found.counts():
        say("Nie ma nic do usunięcia.")
    elif dry_run:
        say("To tylko próba: nic nie zostało usunięte.")
    if not clean:
        say(_STILL, error=True)
        raise click.exceptions.Exit(1)


def _take_down(done: Forgotten) -> None:
    """Takes their photos out of the records and off the disk."""
    press = current.press()
    for place_id in dict.fromkeys(file[:8] for file in done.photos):
        found = publishing.current(press, place_id)
        left = [one.model_dump() for one in found.photos if one.file not in done.photos]
        publishing.publish(
            press, place_id, {"photos": left or None}, made_by="moderator", what="changed"
        )
    photos.erase(press.catalogue, done.photos)
