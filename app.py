"""The roof: puts the application together and serves it.  The only reader of the environment.

python app.py        serves the site with waitress, as `make run` does
flask --help         the command line; Flask finds `create_app` here by itself
"""

import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import limits
import waitress
from flask import Flask
from flask_babel import Babel
from flask_compress import Compress

from places import cli, geocoders, mailbox, secret, smtp, web
from places.web import current, uploading

HERE = Path(__file__).resolve().parent
PREFIX = "PLACES_"


class Setting(NamedTuple):
    """Something that may be chosen from outside."""

    name: str
    """As in the environment."""
    default: str
    help: str
    """In Polish, for `flask settings`."""
    hidden: bool = False
    """Whether the value is nobody's to read."""

    @property
    def key(self) -> str:
        """As in `app.config`."""
        return self.name.removeprefix(PREFIX)


SETTINGS = (
    Setting("PLACES_CATALOGUE", str(HERE / "data" / "places.geojson"), "Plik GeoJSON z katalogiem"),
    Setting(
        "PLACES_INSTANCE",
        str(HERE / "instance"),
        "Folder na bazę zgłoszeń (desk.db), zdjęcia i\u00a0sekret, które trzeba kopiować, "
        "oraz na indeks (index.db), który można skasować",
    ),
    Setting(
        "PLACES_TILES",
        "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        "Adres kafelków mapy; pusty wyłącza podkład",
    ),
    Setting(
        "PLACES_TILES_ATTRIBUTION",
        '<a href="https://www.openstreetmap.org/copyright">© autorzy OpenStreetMap</a>',
        "Podpis podkładu mapy (HTML), wymagany przez jego dostawcę",
    ),
    Setting(
        "PLACES_URL",
        "",
        "Publiczny adres witryny, np. https://miejsca.example; pusty: z nagłówka Host",
    ),
    Setting("PLACES_OPERATOR", "", "Nazwa podmiotu, który prowadzi witrynę"),
    Setting("PLACES_CONTACT", "", "Adres e-mail do spraw witryny i dostępności"),
    Setting(
        "PLACES_GEOCODER",
        "",
        "Usługi, które znajdują adresy ulic: gugik, nominatim albo obie po przecinku, "
        "w kolejności pytania; pusty: żadna",
    ),
    Setting("PLACES_GEOCODER_GUGIK_URL", geocoders.DEFAULTS["gugik"], "Adres usługi UUG GUGiK"),
    Setting(
        "PLACES_GEOCODER_NOMINATIM_URL",
        geocoders.DEFAULTS["nominatim"],
        "Adres usługi Nominatim (search)",
    ),
    Setting("PLACES_GEOCODER_TIMEOUT", "5", "Ile sekund czekać na każdą z tych usług"),
    Setting(
        "PLACES_SECRET",
        "",
        "Sekret, którym podpisywane są ciasteczka, co najmniej 32 znaki; pusty: powstaje sam "
        "w\u00a0pliku secret w\u00a0folderze PLACES_INSTANCE",
        hidden=True,
    ),
    Setting(
        "PLACES_SMTP",
        "",
        "Serwer poczty: smtp://, smtps:// albo smtp+starttls://użytkownik:hasło@host:port; "
        "pusty: listy lądują w\u00a0plikach w\u00a0folderze outbox w\u00a0PLACES_INSTANCE",
        hidden=True,
    ),
    Setting("PLACES_SENDER", "", "Adres nadawcy listów; pusty: ten z\u00a0PLACES_CONTACT"),
    Setting(
        "PLACES_PROXIES",
        "0",
        "Ile zaufanych serwerów pośredniczących (proxy) stoi przed witryną; ich nagłówkom wierzymy",
    ),
    Setting(
        "PLACES_LIMIT_FORMS",
        "60 per hour",
        "Ile formularzy można wysłać z\u00a0jednego adresu sieciowego; liczy każdy proces osobno",
    ),
    Setting(
        "PLACES_LIMIT_SIGN_IN",
        "20 per hour",
        "Ile razy można próbować się zalogować z\u00a0jednego adresu sieciowego "
        "i\u00a0na jedno konto; liczy każdy proces osobno",
    ),
    Setting(
        "PLACES_REMIND_AFTER",
        "12",
        "Po ilu miesiącach pytać opiekuna, czy dane są nadal aktualne",
    ),
    Setting("PLACES_REMIND_HOURS_AFTER", "6", "Po ilu miesiącach pytać o\u00a0godziny"),
    Setting("PLACES_REMIND_MOST", "200", "Ile listów najwyżej pisze jedno „flask upkeep remind”"),
    Setting(
        "PLACES_KEEP_SENDERS",
        "12",
        "Ile miesięcy po decyzji trzymać dane osoby, która wysłała zgłoszenie",
    ),
    Setting("PLACES_KEEP_UNCONFIRMED", "30", "Ile dni trzymać zgłoszenia niepotwierdzone e-mailem"),
    Setting("PLACES_KEEP_LETTERS", "90", "Ile dni trzymać wysłane listy"),
    Setting(
        "PLACES_KEEP_DEMAND",
        "104",
        "Ile pełnych tygodni trzymać liczby wyszukiwań bez wyniku (bez danych osób)",
    ),
    Setting("PLACES_HOST", "127.0.0.1", "Adres, na którym słucha serwer"),
    Setting("PORT", "5000", "Port, na którym słucha serwer"),
    Setting("PLACES_THREADS", "8", "Liczba wątków serwera"),
)
_NUMBERS = (
    ("PORT", 1, 65_535),
    ("PLACES_THREADS", 1, 256),
    ("PLACES_GEOCODER_TIMEOUT", 1, 30),
    ("PLACES_PROXIES", 0, 10),
    ("PLACES_REMIND_AFTER", 1, 120),
    ("PLACES_REMIND_HOURS_AFTER", 1, 120),
    ("PLACES_REMIND_MOST", 1, 10_000),
    ("PLACES_KEEP_SENDERS", 1, 120),
    ("PLACES_KEEP_UNCONFIRMED", 1, 365),
    ("PLACES_KEEP_LETTERS", 1, 3650),
    ("PLACES_KEEP_DEMAND", 1, 520),
)


class BadSettings(ValueError):
    """Settings that cannot be used; names all of them."""


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The application.

    Each setting comes from `settings` (keys without the prefix: "CATALOGUE"), else from the
    environment, else from its default.  Raises BadSettings.
    """
    app = Flask(__name__, static_folder="static", template_folder="templates")
    app.config.update(_read(SETTINGS, os.environ), SETTINGS=SETTINGS, **(settings or {}))
    app.config.update(
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_MEMORY_SIZE=500_000,
        BABEL_DEFAULT_LOCALE="pl",
        BABEL_DEFAULT_TIMEZONE="Europe/Warsaw",
        BABEL_TRANSLATION_DIRECTORIES=str(HERE / "translations"),
        # Not zstd, which at the speed of a live answer leaves a tenth more to carry.
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=6,
        COMPRESS_MIMETYPES=[
            "text/html", "text/css", "text/plain", "text/javascript", "application/javascript",
            "application/json", "application/geo+json", "application/problem+json",
            "application/xml", "image/svg+xml",
        ],
    )  # fmt: skip
    Babel(app)
    Compress(app)
    current.init_app(app)
    web.init_app(app)
    cli.register(app)
    return app


def main() -> None:
    """Serves the site until interrupted."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    app = create_app()
    logging.info("Buduję indeks, jeśli trzeba…")
    # Through the door, where a damaged index is mended like for any other visitor.
    state = app.test_client().get("/healthz").get_json(silent=True) or {}
    # The first question makes the names and words of the catalogue: better now than for a visitor.
    app.test_client().get("/?q=dom+kultury")
    places = state.get("listed", 0)
    if state.get("status") != "ok":
        logging.warning("Coś jest nie tak: stan podaje /healthz, powód jest w\u00a0tym dzienniku")
    host, port = app.config["HOST"], app.config["PORT"]
    logging.info("Miejsca Otwarte: %d miejsc na http://%s:%s", places, host, port)
    waitress.serve(
        app,
        host=host,
        port=port,
        threads=app.config["THREADS"],
        ident=None,
        connection_limit=500,
        channel_timeout=30,  # seconds
        max_request_header_size=65_536,
        # Only forms with photos may be as big; Flask refuses the others what is above a megabyte.
        max_request_body_size=uploading.MOST_BYTES,
        # Their headers are believed as far as PLACES_PROXIES says, and read in one place.
        clear_untrusted_proxy_headers=not app.config["PROXIES"],
    )


def _read(settings: Iterable[Setting], environment: Mapping[str, str]) -> dict[str, Any]:
    """Every setting's value by its key; all that cannot be used is named at once."""
    values: dict[str, Any] = {
        one.key: environment.get(one.name, one.default).strip() for one in settings
    }
    faults = [
        f"{PREFIX}{name}: pusta wartość" for name in ("CATALOGUE", "INSTANCE") if not values[name]
    ]
    for name, least, most in _NUMBERS:
        key = name.removeprefix(PREFIX)
        given = values[key]
        if re.fullmatch("[0-9]{1,5}", given) and least <= int(given) <= most:
            values[key] = int(given)
        else:
            faults.append(f"{name}: „{given}” nie jest liczbą od {least} do {most}")
    if values["URL"] and not re.fullmatch(r"https?://[^/?#\s]+/?", values["URL"]):
        faults.append(
            f"{PREFIX}URL: „{values['URL']}” nie jest adresem: https://nazwa, bez ścieżki"
        )
    # It goes into the Content-Security-Policy: a space or a semicolon would open that.
    if values["TILES"] and not re.fullmatch(r"(https?:/)?/[^\s;,'\"<>]+", values["TILES"]):
        faults.append(f"{PREFIX}TILES: „{values['TILES']}” nie jest adresem kafelków")
    faults += [*_bad_geocoders(values), *_bad_desk(values)]
    if faults:
        raise BadSettings("; ".join(faults))
    known = {one.name for one in settings}
    for name in environment:
        if name.startswith(PREFIX) and name not in known:
            logging.warning("Nieznane ustawienie %s: literówka?", name)
    return values


def _bad_geocoders(values: Mapping[str, Any]) -> Iterator[str]:
    chosen = [code for one in values["GEOCODER"].split(",") if (code := one.strip())]
    for code in chosen:
        if code not in geocoders.CODES:
            known = ", ".join(geocoders.CODES)
            yield f"PLACES_GEOCODER: „{code}” nie jest znaną usługą; możliwe: {known}"
    if "nominatim" in chosen and not values["CONTACT"]:
        yield "PLACES_CONTACT: pusta wartość; Nominatim musi wiedzieć, kto pyta"
    for code in geocoders.CODES:
        url = values[f"GEOCODER_{code.upper()}_URL"]
        if not re.fullmatch(r"https?://[A-Za-z0-9.:_\[\]-]+(/[!-~]*)?", url) or "?" in url:
            yield f"PLACES_GEOCODER_{code.upper()}_URL: „{url}” nie jest adresem usługi"


def _bad_desk(values: Mapping[str, Any]) -> Iterator[str]:
    if 0 < len(values["SECRET"]) < secret.SHORTEST:
        yield f"PLACES_SECRET: za krótki, potrzeba co najmniej {secret.SHORTEST} znaków"
    try:
        server = smtp.read(values["SMTP"])
    except ValueError:  # What was given may hold a password.
        yield "PLACES_SMTP: to nie jest adres serwera poczty: smtp+starttls://host:587"
    else:
        if server and not values["URL"]:
            yield "PLACES_URL: pusta wartość; potrzebna, gdy jest PLACES_SMTP"
        if server and not values["SENDER"] and not mailbox.is_one(values["CONTACT"]):
            yield "PLACES_SENDER: pusta wartość; potrzebna, gdy jest PLACES_SMTP"
    if values["SENDER"] and not mailbox.is_one(values["SENDER"]):
        yield f"PLACES_SENDER: „{values['SENDER']}” nie jest adresem e-mail"
    for name in ("LIMIT_FORMS", "LIMIT_SIGN_IN"):
        try:
            limits.parse_many(values[name])
        except ValueError:
            yield f"PLACES_{name}: „{values[name]}” to nie „60 per hour”"


if __name__ == "__main__":
    main()
