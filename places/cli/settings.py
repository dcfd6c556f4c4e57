"""`flask settings`: every setting, what it is for and what it is now."""

import click
from flask import current_app
from flask.cli import with_appcontext

from places.cli.telling import say


@click.command("settings", help="Wypisuje wszystkie ustawienia: nazwę, znaczenie i wartość.")
@with_appcontext
def command() -> None:
    for setting in current_app.config["SETTINGS"]:
        now = str(current_app.config[setting.key])
        if setting.hidden and now:
            now = "(ustawione, nie pokazujemy)"
        say(setting.name)
        say(f"    {setting.help}")
        say(f"    domyślnie: {setting.default or '(puste)'}")
        if now != setting.default:
            say(f"    teraz:     {now or '(puste)'}")
