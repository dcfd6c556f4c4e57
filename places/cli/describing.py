"""What is said of a file of people or borders that cannot say it itself."""

from collections.abc import Callable
from typing import Any

import click

_OPTIONS = (
    click.option(
        "--crs", help="Układ współrzędnych, np. EPSG:2180; ważniejszy niż ten z\u00a0pliku."
    ),
    click.option("--layer", help="Warstwa, jeśli plik ma ich kilka."),
    click.option("--name", "title", default="", help="Nazwa zbioru; bez tego nazwa pliku."),
    click.option("--owner", default="", help="Czyje to dane."),
    click.option("--licence", default="", help="Na jakich zasadach."),
    click.option("--date", default="", help="Z\u00a0kiedy są dane."),
)


def described(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options crs, layer, title, owner, licence and date to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
