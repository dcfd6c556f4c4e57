"""`flask coverage`: whom the places reach, whom they leave out, where next; as on the pages.

What is printed is what the page of the same address gives, to the byte: here the answer is only
worked out first, with a bar instead of a page that asks again.
"""

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from html import escape, unescape
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask.testing import FlaskClient

from places.cli.stages import stages
from places.cli.telling import refusals, say
from places.errors import Fault, Invalid, Refusal
from places.vocabulary import AUDIENCES, TYPES
from places.web import current

FORMATS = ("json", "csv", "geojson", "xlsx", "html")
_DOING = {
    "places": "Czytam miejsca",
    "residents": "Czytam mieszkańców",
    "distances": "Mierzę drogi",
    "areas": "Sumuję obszary",
    "gaps": "Szukam białych plam",
    "sites": "Szukam lokalizacji",
    "whatif": "Liczę skutki zmiany",
}
_Params = dict[str, list[str]]
_MARGINS = "body { max-width: 62rem; margin: 1.5rem auto; padding: 0 1rem; }"
_SCRIPT = re.compile(r"<script\b[^>]*>.*?</script>", re.DOTALL)
_STYLE = re.compile(r'<link rel="stylesheet" href="(?P<href>/[^"]*)">')

group = AppGroup("coverage", help="Zasięg: do kogo miejsca docierają, a\u00a0do kogo nie.")


def _common(command: Callable[..., None]) -> Callable[..., None]:
    """What every command of this group takes: the area, the catalogue's filters, the form."""
    options = (
        click.option("--area", default="pl", show_default=True, metavar="TERYT",
                     help="Obszar: pl, 2, 4 albo 6 cyfr, albo dzielnica (226101-oliwa)."),
        click.option("--q", help="Tylko miejsca, które znajdują te słowa."),
        click.option("--type", multiple=True, type=click.Choice(list(TYPES)),
                     help="Tylko ten rodzaj; można powtórzyć."),
        click.option("--network", multiple=True, help="Tylko ta sieć; można powtórzyć."),
        click.option("--city", multiple=True,
                     help="Tylko z\u00a0tej miejscowości; można powtórzyć."),
        click.option("--audience", multiple=True, type=click.Choice(list(AUDIENCES)),
                     help="Tylko dla tych osób; można powtórzyć."),
        click.option("--access", multiple=True,
                     help="Tylko z\u00a0taką dostępnością, np. level_entrance; można powtórzyć."),
        click.option("--week", metavar="DZIEŃ",
                     help="Poniedziałek tygodnia, którego godziny się liczą."),
        click.option("--stamp", help="Stan danych ze stałego linku; bez tego dzisiejszy."),
        click.option("--format", "form", type=click.Choice(FORMATS), default="json",
                     show_default=True, help="W\u00a0jakiej postaci."),
        click.option("--out", type=click.Path(path_type=Path, dir_okay=False),
                     help="Do pliku zamiast na wyjście."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@group.command("status", help="Mówi, co wczytano, z\u00a0kiedy, czyje i\u00a0jak dokładne.")
def status() -> None:
    from places.coverage import making, work
    from places.web.words import coverage_data, coverage_names

    with refusals():
        data = making.loaded(current.instance())
        stamp = work.stamp(current.index(), current.instance())
    for title, found in (
        ("Mieszkańcy", (data.residents.about,)),
        ("Granice", data.areas.about),
        ("Ulice", tuple(one.about for one in data.networks)),
    ):
        say(f"{title}: {'' if found else 'nie wczytano'}".rstrip())
        for about in found:
            say(f"    {coverage_data.data_set(about)}")
    levels = ", ".join(coverage_names.level_name(level) for level in data.areas.levels())
    say(f"Poziomy: {levels}.")
    say(coverage_data.precise(data.residents.about, bool(data.networks)))
    say(f"Stan danych: {stamp}.")


@group.command("report", help="Liczby o\u00a0obszarze, jak na stronie /pokrycie.")
@_common
def report(form: str, out: Path | None, **asked: Any) -> None:
    _tell("", asked.pop("area"), _params(asked), form, out)


@group.command("sites", help="Gdzie otworzyć następne miejsca, żeby objąć najwięcej osób.")
@_common
@click.option("--count", default=3, show_default=True, help="Ile miejsc.")
@click.option("--minutes", default=15, show_default=True, help="Minuty spaceru: 5, 10, 15 albo 30.")
@click.option("--group", default="total", show_default=True,
              help="Dla kogo: total, young (0–14 lat) albo old (65+).")  # fmt: skip
@click.option("--candidates", default="cells", show_default=True, metavar="cells|streets|PLIK",
              help="Skąd kandydaci; plik to CSV z\u00a0kolumnami lat, lon, name.")  # fmt: skip
def sites(form: str, out: Path | None, candidates: str, **asked: Any) -> None:
    from places.web.coverage import wanted

    own: dict[str, Any] = {"candidates": candidates}
    if candidates not in ("cells", "streets"):
        with refusals():
            premises = wanted.from_table(Path(candidates).read_bytes())
        own = {"candidates": "own", "own": wanted.as_lines(premises)}
    _tell("sites", asked.pop("area"), _params({**asked, **own}), form, out)


@group.command("whatif", help="Co zmieni zamknięcie, przeprowadzka, czynna sobota, nowe miejsce.")
@_common
@click.option(
    "--change",
    required=True,
    type=click.Choice(["close", "move", "saturday", "open"]),
    help="Co się stanie: zamknięcie, przeprowadzka, otwarte soboty albo nowe miejsce.",
)
@click.option("--place", metavar="ID", help="Które miejsce; przy nowym zostaw puste.")
@click.option(
    "--to",
    metavar="LAT,LON|MIEJSCE",
    help="Dokąd się przeprowadzi albo gdzie powstanie: współrzędne, miejscowość, kod.",
)
def whatif(form: str, out: Path | None, **asked: Any) -> None:
    _tell("whatif", asked.pop("area"), _params(asked), form, out)


def _params(asked: Mapping[str, Any]) -> _Params:
    """Options as parameters of an address."""
    names = {"week": "tydzien", "stamp": "stan"}
    return {
        names.get(name, name): [
            str(one) for one in (given if isinstance(given, tuple) else [given])
        ]
        for name, given in asked.items()
        if given not in (None, (), "")
    }


def _tell(kind: str, code: str, params: _Params, form: str, out: Path | None) -> None:
    """Works the answer out, then prints what its page says."""
    with refusals():
        if form == "xlsx" and out is None and sys.stdout.isatty():
            raise Invalid([Fault("out", "not_for_terminal")])
        address = _made(kind, code, params, form)
        client = current_app.test_client()
        answer = client.get(address, base_url=current.setting("URL") or None)
        if answer.status_code != 200:
            raise Refusal(f"strona odpowiada {answer.status_code}")
        content = _alone(client, answer.get_data(as_text=True)) if form == "html" else answer.data
        if out is None:
            click.echo(content, nl=False)
        else:
            out.write_bytes(content)
            say(f"Zapisano {out}", error=True)


def _area(code: str, *, wide: bool) -> str:
    """The code of an area that is known: a city without a border of its gmina is its powiat.

    Raises Invalid, NotFound.
    """
    from places import teryt
    from places.coverage import areas

    if code == teryt.COUNTRY:
        if not wide:
            raise Invalid([Fault("area", "area_too_wide", code)])
        return code
    known = areas.current(current.instance())
    if len(code) == 6 and teryt.is_city(code[:4]) and "gmina" not in known.levels():
        code = code[:4]
    return known.get(code).code


def _alone(client: FlaskClient, page: str) -> bytes:
    """The page as one file: its styles in it, without scripts, its links to where it came from."""

    def styles(found: re.Match[str]) -> str:
        if not found["href"].startswith("/static/"):
            return ""  # Leaflet's: there is no map without scripts.
        with client.get(unescape(found["href"])) as sheet:
            # Laid out as on paper: what one clicks on a site has no use in a file.
            rules = sheet.get_data(as_text=True).replace("@media print", "@media all")
            return f"<style>{rules}</style>"

    page = _SCRIPT.sub("", page)
    page = _STYLE.sub(styles, page)
    base = escape(current.setting("URL") or "http://localhost/")
    page = page.replace("<head>", f'<head>\n<base href="{base}">', 1)
    return page.replace("</head>", f"<style>{_MARGINS}</style>\n</head>", 1).encode()


def _made(kind: str, code: str, params: _Params, form: str) -> str:
    """The address of the answer, which is there by then."""
    from places.coverage import answers, asked, making, work
    from places.web.coverage import asking, pointing, wanted

    code = _area(code, wide=not kind)
    given, faults = pointing.read(params if kind else {}, code)
    try:
        question = asked.read(params, also=wanted.PARAMETERS)
    except Invalid as error:
        faults = (*error.faults, *faults)
    if faults:
        raise Invalid(faults)
    more = {"area": code, **given.spec()} if kind else {}
    instance = current.instance()
    spec = work.spec(
        current.index(), instance, given.kind or "survey", question, current.now(), **more
    )
    current.close()
    with answers.making(instance, spec, wait=True), stages(_DOING) as watch:
        making.make(current.catalogue(), instance, spec, watch)
    whole = replace(question, week=date.fromisoformat(spec.week), stamp=spec.stamp)
    suffix = "" if form == "html" else form
    with current_app.test_request_context():
        if kind:
            return asking.sites_address(code, whole, suffix, **given.args())
        return asking.address(code, whole, suffix)
