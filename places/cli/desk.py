"""`flask desk`: the letters that wait, and a copy of what cannot be made again."""

import os
import sqlite3
from pathlib import Path

import click
from flask.cli import AppGroup

from places import letters, mail, smtp
from places.cli.telling import refusals, say
from places.web import current, words

group = AppGroup("desk", help="Biurko: listy, kopia zapasowa, dane osób.")


@group.command("deliver", help="Wysyła listy, które czekają; dobrze uruchamiać co kilka minut.")
@click.option(
    "--most", type=click.IntRange(1, 10_000), default=200, help="Ile listów najwyżej naraz."
)
def deliver(most: int) -> None:
    with refusals():
        server = smtp.read(current.setting("SMTP"))
        done = mail.deliver(
            current.desk(), current.instance(), server, current.now(), most, current.mail_sender()
        )
    say(f"Wysłane: {done.sent}. Nieudane: {done.failed}.")


@group.command("letters", help="Wypisuje listy, które nie wyszły: numer, czas i\u00a0powód.")
def list_letters() -> None:
    with refusals():
        total, _ = letters.outbox(current.desk())
        unsent = letters.unsent(current.desk())
    say(f"Listów: {words.number(total)}. Niewysłanych: {words.number(len(unsent))}.")
    for one in unsent:
        # No address: what is printed ends up in logs.
        say(f"{one.id}  {words.at(one.made)}  {words.state_of_letter(one)}  {one.fault}")


@group.command("backup", help="Zapisuje kopię bazy zgłoszeń, także gdy witryna działa.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    with refusals():
        # Made here and not by SQLite, so that nobody else may ever read it.
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        copy = sqlite3.connect(file)
        try:
            current.desk().backup(copy)
        finally:
            copy.close()
    size = words.number(round(file.stat().st_size / 1_000_000, 1))
    say(f"Kopia: {file} ({size}\u00a0MB). Zdjęcia i\u00a0sekret kopiuje się jak zwykłe pliki.")
