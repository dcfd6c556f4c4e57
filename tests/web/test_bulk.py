"""A moderator's table through the browser: sent, named, looked at, taken in whole or not at all."""

import html
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from places import geojson
from tests.builders import a_catalogue
from tests.conftest import a_few_places
from tests.web.circle import Circle
from tests.web.visitors import press

START = "/moderacja/tabela/"
HERE, OTHER, GDANSK = a_few_places()[:3]
HEAD = "nazwa,ulica,nr,miasto,lat,lon,lp,uwagi"
FIELDS = {
    "map.name": "nazwa", "map.address.street": "ulica", "second.address.street": "nr",
    "map.address.city": "miasto", "map.lat": "lat", "map.lon": "lon",
    "set.type": "dom_kultury", "set.position.uncertainty_m": "75",
    "set.sources": "https://example.org/lista", "ref": "um", "map.ref": "lp",
    "made_by": "source",
}  # fmt: skip
NEW = "Dom Kultury Sowa,ul. Sowia,7,Kraków,50.0712,19.9512,17,"
TWIN = "Klub Pod Lipą,ul. Lipowa,3,Kraków,50.0217,19.9705,18,"
FAR = "Dom Kultury Mewa,ul. Morska,1,Gdańsk,54.3712,18.6012,19,"


@pytest.fixture
def circle(tmp_path: Path) -> Circle:
    a_catalogue(tmp_path / "places.geojson", a_few_places())
    return Circle(tmp_path)


@pytest.fixture
def krakow(circle: Circle) -> FlaskClient:
    return circle.moderator()


def send(client: FlaskClient, *rows: str, name: str = "lista.csv", head: str = HEAD) -> str:
    """Sends a table; the address of its columns."""
    answer = send_raw(client, "\n".join((head, *rows)).encode(), name)
    assert answer.status_code == 303, answer.text
    return answer.location


def send_raw(client: FlaskClient, raw: bytes, name: str) -> TestResponse:
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(START).text)
    assert token
    # Encoded here, because the test client leaves big files open.
    fields = {"csrf_token": token[1], "file": FileStorage(io.BytesIO(raw), name)}
    boundary, body = encode_multipart(fields)
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post(START, data=body, content_type=kind)


def to_preview(client: FlaskClient, *rows: str, **fields: str) -> str:
    """Sends a table and names its columns; the address of the preview."""
    columns = send(client, *rows)
    answer = press(client, columns, columns, **{**FIELDS, **fields})
    assert answer.status_code == 303, answer.text
    return answer.location


def save(client: FlaskClient, preview: str) -> TestResponse:
    """Presses the button under the preview as it is shown now."""
    found = re.search(r'name="digest" value="(\w+)"', client.get(preview).text)
    assert found
    return press(client, preview.replace("podglad", "zapisz"), preview, digest=found[1])


def columns_of(page: str) -> dict[str, str]:
    """What the headers propose, as a browser would send it back."""
    found = {}
    for select in re.finditer(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected>', select[2])
        found[select[1]] = html.unescape(chosen[1]) if chosen else ""
    return found


def text_of(client: FlaskClient, path: str) -> str:
    page = html.unescape(client.get(path).text)
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page)).replace("\u00a0", " ")


def names(circle: Circle) -> list[str]:
    return [one.name for one in geojson.read(circle.catalogue).places]


def test_a_table_is_taken_in(circle: Circle, krakow: FlaskClient) -> None:
    """Three steps; the place is there with its street of two columns, its source and number."""
    preview = to_preview(krakow, NEW)
    before = circle.catalogue.read_bytes()
    assert "Zapiszemy naraz: nowe miejsca 1, zmienione 0." in text_of(krakow, preview)
    assert circle.catalogue.read_bytes() == before

    assert save(krakow, preview).status_code == 303
    [made] = [one for one in geojson.read(circle.catalogue).places if "Sowa" in one.name]
    assert made.address.street == "ul. Sowia 7"
    assert (made.refs["um"], made.address.teryt) == ("17", "126101")
    assert made.checked.existence is not None and made.checked.existence.by == "source"
    assert "nowe 1, zmienione 0" in text_of(krakow, START)
    assert [row["what"] for row in circle.rows("select what from revision")] == ["listed"]
    assert list((circle.instance / "uploads").iterdir()) == []
    assert krakow.get(preview).status_code == 404


def test_headers_are_proposed(krakow: FlaskClient) -> None:
    """What the headers tell is chosen already; what they do not is said."""
    page = krakow.get(send(krakow, NEW)).text
    assert re.search(r'name="map\.name">.*?<option value="nazwa" selected>', page)
    assert re.search(r'name="second\.address\.street">.*?<option value="nr" selected>', page)
    assert "nie czytamy: lp, uwagi" in page.replace("\u00a0", " ")


def test_the_second_time_nothing_changes(circle: Circle, krakow: FlaskClient) -> None:
    """A place is known again by its number on the list."""
    save(krakow, to_preview(krakow, NEW))
    before = circle.catalogue.read_bytes()
    said = text_of(krakow, to_preview(krakow, NEW))
    assert "Nie ma czego zapisywać" in said
    assert circle.catalogue.read_bytes() == before


def test_a_known_place_changes_only_by_its_own_cells(circle: Circle, krakow: FlaskClient) -> None:
    """A cell replaces, a constant only fills in; the list's page joins the sources."""
    save(krakow, to_preview(krakow, NEW))
    again = NEW.replace("Sowia,7", "Sowia,9")
    preview = to_preview(krakow, again, **{"set.type": "klub_seniora", "set.operator.name": "MOK"})
    said = text_of(krakow, preview)
    assert "zmienione 1" in said
    save(krakow, preview)
    [made] = [one for one in geojson.read(circle.catalogue).places if "Sowa" in one.name]
    assert made.address.street == "ul. Sowia 9"
    assert (made.type, made.operator.name) == ("dom_kultury", "MOK")


def test_another_areas_row_is_refused(circle: Circle, krakow: FlaskClient) -> None:
    """It stops the whole table, and no choice lets it in."""
    before = circle.catalogue.read_bytes()
    preview = to_preview(krakow, NEW, FAR)
    assert "poza terenem" in text_of(krakow, preview)
    assert save(krakow, preview).status_code == 400
    assert circle.catalogue.read_bytes() == before

    press(krakow, preview, preview, **{"match.3": "new"})
    assert save(krakow, preview).status_code == 400
    press(krakow, preview, preview, **{"match.3": "pass"})
    assert save(krakow, preview).status_code == 303
    assert "Dom Kultury Sowa" in names(circle)
    assert "Dom Kultury Mewa" not in names(circle)


def test_a_place_elsewhere_is_not_changed_by_its_id(circle: Circle, krakow: FlaskClient) -> None:
    """Not by naming it, nor by moving it here."""
    columns = send(krakow, f"{GDANSK.id},Moje,Kraków", head="id,name,address.city")
    press(krakow, columns, columns, **{f"map.{one}": one for one in ("id", "name", "address.city")})
    preview = columns + "/podglad"
    assert "poza terenem" in text_of(krakow, preview)
    assert save(krakow, preview).status_code == 400
    assert circle.place(GDANSK.id) == GDANSK


def test_a_twin_waits_for_a_word(circle: Circle, krakow: FlaskClient) -> None:
    """ "It is that place" changes that place; "another one" makes a new one."""
    preview = to_preview(krakow, TWIN, only_unknown="1")
    said = krakow.get(preview).text
    assert f'<option value="{HERE.id}">' in said
    assert save(krakow, preview).status_code == 400

    press(krakow, preview, preview, **{"match.2": HERE.id})
    assert "numer na liście „um”" in text_of(krakow, preview)
    assert save(krakow, preview).status_code == 303
    assert circle.place(HERE.id).refs == {"um": "18"}
    assert len(names(circle)) == len(a_few_places())

    preview = to_preview(krakow, TWIN.replace(",18,", ",20,"))
    press(krakow, preview, preview, **{"match.2": "new"})
    assert save(krakow, preview).status_code == 303
    assert names(circle).count("Klub Pod Lipą") == 2


def test_only_offered_places_can_be_chosen(circle: Circle, krakow: FlaskClient) -> None:
    """A place nobody offered is as if nothing was said."""
    preview = to_preview(krakow, TWIN)
    press(krakow, preview, preview, **{"match.2": OTHER.id})
    assert save(krakow, preview).status_code == 400
    assert circle.place(OTHER.id) == OTHER


def test_one_fault_stops_all(circle: Circle, krakow: FlaskClient) -> None:
    """A good row waits with a bad one; passing over all that is refused is said in one word."""
    preview = to_preview(krakow, NEW, "Zły,ul. Zła,1,Kraków,99,19.9,21,")
    before = circle.catalogue.read_bytes()
    assert save(krakow, preview).status_code == 400
    assert circle.catalogue.read_bytes() == before
    press(krakow, preview, preview, **{"match.3": "", "pass_rest": "1"})
    assert save(krakow, preview).status_code == 303
    assert "Dom Kultury Sowa" in names(circle)


def test_what_was_not_shown_is_not_saved(circle: Circle, krakow: FlaskClient) -> None:
    """A catalogue that changed after the preview shows it again, and nothing is written."""
    preview = to_preview(krakow, NEW)
    page = krakow.get(preview).text
    digest = re.search(r'name="digest" value="(\w+)"', page)[1]  # type: ignore[index]
    places = [*a_few_places(), HERE.model_copy(update={
        "id": "zzzzzzzz", "name": "Dom Kultury Sowa", "refs": {"um": "17"}})]  # fmt: skip
    a_catalogue(circle.catalogue, places)
    before = circle.catalogue.read_bytes()
    answer = press(krakow, preview.replace("podglad", "zapisz"), preview, digest=digest)
    assert answer.location == preview
    assert "Nic nie zapisano" in text_of(krakow, preview)
    assert circle.catalogue.read_bytes() == before


def test_a_table_is_its_owners_alone(circle: Circle, krakow: FlaskClient) -> None:
    """Another moderator finds nothing by the same address, an administrator neither."""
    columns = send(krakow, NEW)
    other = circle.moderator("inna@example.org")
    for path in (columns, columns + "/podglad"):
        assert other.get(path).status_code == 404
    for verb in ("zapisz", "porzuc", "podglad"):
        assert press(other, f"{columns}/{verb}", START).status_code == 404
    assert krakow.get(columns).status_code == 200
    assert circle.visitor().get(columns).status_code == 403


def test_one_unfinished_table_each_for_a_day(circle: Circle, krakow: FlaskClient) -> None:
    """The next takes the place of the last; after a day it is gone, and purged."""
    first, second = send(krakow, NEW), send(krakow, TWIN)
    assert krakow.get(first).status_code == 404
    assert len(list((circle.instance / "uploads").iterdir())) == 1
    circle.wait(hours=25)
    circle.app.test_cli_runner().invoke(
        args=["desk", "purge", "--now", circle.now.isoformat()], catch_exceptions=False
    )
    assert list((circle.instance / "uploads").iterdir()) == []
    assert circle.rows("select * from upload") == []
    assert krakow.get(second).status_code in (403, 404)


def test_giving_up_leaves_nothing(circle: Circle, krakow: FlaskClient) -> None:
    """The file goes, the catalogue stays."""
    columns = send(krakow, NEW)
    assert press(krakow, columns + "/porzuc", columns).status_code == 303
    assert list((circle.instance / "uploads").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("lista.pdf", b"%PDF", "nie znamy takiego rodzaju pliku"),
        ("lista.csv", b"", "nie ma nagłówków"),
        ("lista.csv", b"name\n", "Lista jest pusta"),
        ("lista.csv", b"name\n" + b"x\n" * 3_001, "ma za dużo wierszy"),
        ("lista.xlsx", b"PK", "arkusz"),
        ("lista.geojson", b"{", "JSON"),
        ("", b"x", "nie ma takiego pliku"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_in_words(
    krakow: FlaskClient, name: str, raw: bytes, said: str
) -> None:
    """At once, beside the field."""
    answer = send_raw(krakow, raw, name)
    assert answer.status_code == 400
    assert said.casefold() in html.unescape(answer.text).casefold().replace("\u00a0", " ")


def test_a_big_file_is_refused_unread(krakow: FlaskClient) -> None:
    """Above the bound nothing is kept."""
    answer = send_raw(krakow, b"name\n" + b"x" * 5_300_000, "lista.csv")
    assert answer.status_code == 413


def test_cells_are_data(circle: Circle, krakow: FlaskClient) -> None:
    """Markup in a name, in a header or in the file's name runs nowhere."""
    bad = "<script>alert(1)</script>"
    columns = send(krakow, f"{bad}{NEW}", head=HEAD.replace("uwagi", bad), name=f"{bad}.csv")
    press(krakow, columns, columns, **FIELDS)
    for path in (columns, columns + "/podglad", START):
        assert bad not in krakow.get(path).text


def test_a_bomb_is_refused(krakow: FlaskClient) -> None:
    """A spreadsheet that would unpack to far more than a table needs is not unpacked."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    answer = send_raw(krakow, file.getvalue(), "lista.xlsx")
    assert answer.status_code == 400
    assert "po rozpakowaniu jest za duży" in html.unescape(answer.text).replace("\u00a0", " ")


def test_going_back_to_the_columns_loses_nothing(circle: Circle, krakow: FlaskClient) -> None:
    """What was said of rows is still said, and what was typed is in the form."""
    preview = to_preview(krakow, TWIN)
    press(krakow, preview, preview, **{"match.2": "new"})
    columns = preview.removesuffix("/podglad")
    assert 'value="https://example.org/lista"' in krakow.get(columns).text
    press(krakow, columns, columns, **{**FIELDS, "set.operator.name": "MOK"})
    assert save(krakow, preview).status_code == 303
    assert names(circle).count("Klub Pod Lipą") == 2


def test_a_form_of_another_site_changes_nothing(circle: Circle, krakow: FlaskClient) -> None:
    """Without the token of our page: not sent, not named, not saved, not deleted."""
    preview = to_preview(krakow, NEW)
    columns = preview.removesuffix("/podglad")
    before = circle.catalogue.read_bytes()
    for path in (START, columns, preview, f"{columns}/zapisz", f"{columns}/porzuc"):
        assert krakow.post(path, data=FIELDS).status_code == 400
    assert circle.catalogue.read_bytes() == before
    assert save(krakow, preview).status_code == 303


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_is_taken_in_as_it_is(circle: Circle, krakow: FlaskClient, form: str) -> None:
    """Empty it holds no row; filled it needs no naming of columns."""
    answer = krakow.get(f"{START}szablon.{form}")
    assert "attachment" in answer.headers["Content-Disposition"]
    refused = send_raw(krakow, answer.data, f"szablon.{form}")
    assert "Lista jest pusta" in html.unescape(refused.text).replace("\u00a0", " ")

    values = {
        "name": "Dom Kultury Sowa", "type": "dom kultury", "address.city": "Kraków",
        "address.street": "ul. Sowia 7", "lat": "50,0712", "lon": "19,9512",
        "position.uncertainty_m": "75", "sources": "https://example.org/a", "rules.free": "tak",
        "audience": "dzieci; seniorzy", "address.postcode": "03-450",
    }  # fmt: skip
    columns = send_raw(krakow, filled(answer.data, form, values), f"szablon.{form}").location
    page = krakow.get(columns)
    fields = columns_of(page.text)
    assert {name: fields[f"map.{name}"] for name in values} == {name: name for name in values}
    preview = press(krakow, columns, columns, **fields, made_by="moderator").location
    assert save(krakow, preview).status_code == 303, text_of(krakow, preview)
    [made] = [one for one in geojson.read(circle.catalogue).places if "Sowa" in one.name]
    assert (made.rules.free, made.audience) == ("yes", ("children", "seniors"))
    assert made.address.postcode == "03-450"


def filled(raw: bytes, form: str, values: dict[str, str]) -> bytes:
    """The template with one row more."""
    if form == "csv":
        head = raw.decode("utf-8-sig").splitlines()[0].split(",")
        row = ",".join(f'"{values.get(name, "")}"' for name in head)
        return raw + row.encode() + b"\r\n"
    book = openpyxl.load_workbook(io.BytesIO(raw))
    sheet = book.worksheets[0]
    sheet.append([values.get(cell.value) for cell in sheet[1]])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
