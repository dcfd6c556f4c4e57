"""The command line, for people who keep the catalogue and run the site.

It speaks Polish, as the pages do; commands and options keep English names, like the fields.
Whatever comes from a file is printed without control characters.  Heavy libraries are imported by
the command that needs them, because `flask --help` loads all of this.
"""

from flask import Flask

from places.cli import (
    areas,
    catalogue,
    coverage,
    demand,
    desk,
    index,
    people,
    privacy,
    residents,
    settings,
    sources,
    streets,
    upkeep,
)


def register(app: Flask) -> None:
    """Adds the commands."""
    app.cli.add_command(catalogue.group)
    app.cli.add_command(index.group)
    app.cli.add_command(people.group)
    app.cli.add_command(desk.group)
    privacy.join(desk.group)
    app.cli.add_command(settings.command)
    app.cli.add_command(upkeep.group)
    app.cli.add_command(sources.group)
    app.cli.add_command(streets.group)
    app.cli.add_command(demand.group)
    app.cli.add_command(residents.group)
    app.cli.add_command(areas.group)
    app.cli.add_command(coverage.group)
