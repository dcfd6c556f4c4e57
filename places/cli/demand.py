"""`flask demand`: what is sought in vain, and how long that is remembered.

Here the words are told too: whoever runs this may read the file they stand in.
"""

import json
from datetime import datetime

import click
from flask import g
from flask.cli import AppGroup

from places import demand
from places.cli.telling import refusals, say
from places.cli.upkeep import Moment
from places.tallying import ENOUGH
from places.web import current, words
from places.web import demand as door
from places.web.demand import Shown

group = AppGroup("demand", help="Wyszukiwania bez wyniku: ile, gdzie i\u00a0czego dotyczyły.")


@group.command("show", help="Pokazuje, czego szukano i\u00a0nie znaleziono.")
@click.option("--area", metavar="TERYT", default="", help="Okolica; bez tego cała Polska.")
@click.option("--weeks", metavar="N", default="", help="Z\u00a0ilu ostatnich tygodni; bez tego 13.")
@click.option(
    "--format", "form", type=click.Choice(("text", "json", "csv")), default="text",
    help="W\u00a0jakiej postaci; bez tego text.",
)  # fmt: skip
@click.option("--now", "moment", type=Moment(), help="Udaje, że jest ta chwila.")
def show(area: str, weeks: str, form: str, moment: datetime | None) -> None:
    if moment is not None:
        g.now = moment
    with refusals():
        code, count = door.read({"area": [area], "weeks": [weeks]})
        shown = door.shown_of(code, count, tells_words=True)
    if form == "json":
        click.echo(json.dumps(door.as_json(shown), ensure_ascii=False, indent=2))
    elif form == "csv":
        click.echo(door.as_csv(shown), nl=False)
    else:
        _tell(shown)


@group.command("purge", help="Usuwa liczby starsze, niż mówi PLACES_KEEP_DEMAND; dla crona.")
@click.option("--now", "moment", type=Moment(), help="Udaje, że jest ta chwila.")
def purge(moment: datetime | None) -> None:
    if moment is not None:
        g.now = moment
    with refusals():
        keep = int(current.setting("KEEP_DEMAND"))
        gone = demand.purge(current.instance(), current.now(), keep)
    say(f"Usunięto liczby: {words.number(gone)}.")


def _tell(shown: Shown) -> None:
    found = shown.found
    said = door.count_name(found.total)
    weeks = words.number(len(found.weeks))
    say(f"{shown.names[found.area]}: wyszukiwania bez wyniku: {said} (tygodnie: {weeks}).")
    for one in found.areas:
        say(f"    {one.name}  {shown.names[one.name]}: {door.count_name(one.count)}")
    if found.fewer:
        few = words.number(found.fewer)
        say(f"    okolice, w\u00a0których było ich mniej niż {ENOUGH}: {few}")
    for one in found.kinds:
        say(f"    {door.kind_name(one.name)}: {door.count_name(one.count)}")
    for one in shown.texts:
        say(f"    „{one.name}”: {door.count_name(one.count)}")
