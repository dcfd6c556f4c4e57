"""Workbooks of coverage, opened again: the numbers of the JSON of the same link, in Polish."""

import io
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from places.coverage.terms import GROUPS, LONGEST, MINUTES, TIMES, WALKERS
from tests.coverage import samples
from tests.coverage.sample_site import sample_site

SITES = "/pokrycie/2261/miejsca-na-nowe"
AREAS = ("", "/02", "/22", "/2261", "/2262", "/2298", "/2299")
CHANGES = (
    "?place=k3v7m2qa&change=close", "?place=k3v7m2qa&change=saturday",
    "?place=k3v7m2qa&change=move&to=54.4,18.57", "?change=open&to=54.4,18.57",
)  # fmt: skip
PLANS = ("?count=2", *CHANGES)
ADDRESSES = (
    *(f"/pokrycie{area}.xlsx" for area in AREAS),
    "/pokrycie/22.xlsx?type=dom_kultury&q=szachy",
    *(f"{SITES}.xlsx{asked}" for asked in PLANS),
)
HOSTILE = '=HYPERLINK("https://example.org")\x07<script>'
ROOT = Path(__file__).parents[2]

Rows = list[list[Any]]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """One site for all the tests that only read."""
    return sample_site(tmp_path_factory.mktemp("sheets")).test_client()


def book(client: FlaskClient, address: str) -> openpyxl.Workbook:
    answer = client.get(address)
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.data))


def table(found: openpyxl.Workbook, name: str) -> Rows:
    """The rows under the heading, up to the first empty one."""
    rows = [[cell.value for cell in row] for row in found[name].iter_rows(min_row=2)]
    end = next((n for n, row in enumerate(rows) if not any(c is not None for c in row)), len(rows))
    return rows[:end]


def figures(found: openpyxl.Workbook) -> dict[str, list[Any]]:
    """The key figures of the first sheet."""
    rows = [[cell.value for cell in row] for row in found["Podsumowanie"].iter_rows()]
    [head] = [n for n, row in enumerate(rows) if row[0] == "Liczby"]
    return {row[0]: row[1:] for row in rows[head + 1 : -2]}


def told(client: FlaskClient, address: str) -> Any:
    return json.loads(client.get(address.replace(".xlsx", ".json")).text)


def ends(pair: Any) -> list[Any]:
    return [None, None] if pair is None else list(pair)


@pytest.mark.parametrize("area", AREAS)
def test_the_key_figures_are_those_of_the_json(client: FlaskClient, area: str) -> None:
    """From the same link; where nobody is known there is nothing but the number of places."""
    address = f"/pokrycie{area}.xlsx"
    one, found = told(client, address)["area"], figures(book(client, address))
    headline = {group: one["shares"][walker]["15"][group] for group, walker in GROUPS.items()}
    expected = {
        "Mieszkańcy w danych, z których liczymy": [one["people"]["total"]] * 2,
        "Mieszkańcy: osoby 65+": [one["people"]["old"]] * 2,
        "Miejsca na 10 000 mieszkańców": one["per_10k"],
        "Wszyscy mieszkańcy z miejscem otwartym w zasięgu 15 minut": ends(headline["total"]),
        "Dzieci (0–14 lat) z miejscem otwartym w zasięgu 15 minut": ends(headline["young"]),
        "Osoby 65+ z miejscem otwartym w zasięgu 15 minut": ends(headline["old"]),
        "Minuty do najbliższego, połowa mieszkańców (mediana)": one["median"],
        "Minuty do najbliższego, średnio": one["nearest"],
        "Minuty do trzech najbliższych, średnio": one["nearest_three"],
        "Osoby, które mają dalej niż 15 minut": one["left_out"],
    }
    assert found["Miejsca, które liczymy"] == one["places"]
    for name, pair in expected.items():
        assert found[name] == (pair if one["people"]["total"] else [None, None]), name
    ranks = [pair for name, pair in found.items() if name.startswith("Miejsce wśród")]
    assert ranks == ([one["rank"]] if one["rank"][0] else [])


@pytest.mark.parametrize("area", ["", "/22", "/2261", "/2262", "/2299"])
def test_the_tables_are_those_of_the_json(client: FlaskClient, area: str) -> None:
    """Reach by walker, group and minutes; minutes; times; and people beside shares."""
    address = f"/pokrycie{area}.xlsx"
    one, found = told(client, address)["area"], book(client, address)
    cells = [
        (walker, group, minutes) for walker in WALKERS for group in GROUPS for minutes in MINUTES
    ]
    reach = table(found, "Zasięg")
    assert len(reach) == len(cells)
    for row, (walker, group, minutes) in zip(reach, cells, strict=True):
        pair, people = one["shares"][walker][str(minutes)][group], one["people"][group]
        assert row[2:5] == [minutes, *ends(pair)]
        heads = [None, None] if pair is None else [end * people for end in pair]
        assert row[5:] == pytest.approx(heads, abs=0.5 + 1e-6 * (people or 0))
    assert [row[3:] for row in table(found, "Minuty")] == one["bands"]
    times = table(found, "Pory tygodnia")
    assert len(times) == 1 + len(TIMES)
    for row, by_group in zip(times[1:], one["times"].values(), strict=True):
        assert row[1:] == [end for group in GROUPS for end in ends(by_group[group])]


def test_areas_gaps_and_peers_are_those_of_the_json(client: FlaskClient) -> None:
    """By need, with codes that keep their first nought."""
    whole, found = told(client, "/pokrycie/22.xlsx"), book(client, "/pokrycie/22.xlsx")
    children = {one["code"]: one for one in whole["children"]}
    rows = {row[1]: row for row in table(found, "Obszary")}
    assert list(rows) == sorted(children, key=lambda code: -children[code]["left_out"][1])
    for code, row in rows.items():
        one = children[code]
        known = one["people"]["total"]
        share = one["shares"]["adult"]["15"]["total"] if known else None
        assert row[3:6] == [known or None, *ends(share)]
        assert row[10:] == [*ends(one["left_out"] if known else None),
                            *ends(one["per_10k"] if known else None), *one["places"]]  # fmt: skip
    for row, gap in zip(table(found, "Białe plamy"), whole["gaps"], strict=True):
        assert row[2:10] == [*gap["people"], *ends(gap["young"]), *ends(gap["old"]), gap["lat"],
                             gap["lon"]]  # fmt: skip
    found = book(client, "/pokrycie/2261.xlsx")
    peers = {one["code"]: one for one in told(client, "/pokrycie/2261.xlsx")["area"]["peers"]}
    for row in table(found, "Podobne obszary"):
        if one := peers.get(row[1]):
            assert row[2:] == [one["people"], *one["share"], *one["per_10k"]]
    bold = [cells[0].value for cells in found["Podobne obszary"].iter_rows(2) if cells[0].font.b]
    assert bold == ["Gdańsk"]
    assert {row[1] for row in table(book(client, "/pokrycie.xlsx"), "Obszary")} == {"02", "22"}


def test_best_sites_are_those_of_the_json(client: FlaskClient) -> None:
    """Each with what it brings; what is not known of ages is empty."""
    address = f"{SITES}.xlsx?count=2"
    answer, found = told(client, address)["answer"], book(client, address)
    ranges = ("gained", "young", "old", "cumulative")
    names = [end for one in ranges for end in (f"{one}_low", one)] + ["share", "lat", "lon"]
    for row, site in zip(table(found, "Nowe miejsca"), answer["sites"], strict=True):
        assert row[3:] == [site[name] for name in names]
    last = answer["sites"][-1]
    assert figures(found)["Zyska razem"] == [last["cumulative_low"], last["cumulative"]]
    assert figures(found)["Za daleko mają dziś"] == answer["left_out"]
    assert found.sheetnames == ["Podsumowanie", "Nowe miejsca", "Metoda i dane"]


@pytest.mark.parametrize("asked", CHANGES)
def test_a_change_is_that_of_the_json(client: FlaskClient, asked: str) -> None:
    """By time and group, and where those live whom it touches; first what the change is about."""
    address = f"{SITES}.xlsx{asked}"
    answer, found = told(client, address)["answer"], book(client, address)
    rows = iter(table(found, "Co się zmieni"))
    sides = {"close": ["lose"], "move": ["lose", "gain"]}.get(answer["change"], ["gain"])
    for when in ("any", *TIMES):
        moved = answer if when == "any" else answer["by_time"][when]
        for group in GROUPS:
            told_ = [answer[side][when][group] for side in ("before", "after")]
            told_ += [moved[side].get(group) for side in sides]
            assert next(rows)[2:] == [end for pair in told_ for end in ends(pair)]
    assert next(rows, None) is None
    first = answer["by_time"]["saturday"] if "saturday" in asked else answer
    key = figures(found)
    for side, word in (("lose", "Straci"), ("gain", "Zyska")):
        if side not in sides:  # A place that closes gives nobody anything, a new one takes nothing.
            assert word not in key
            continue
        assert key[word] == first[side]["total"]
        assert key[f"{word}, w tym dzieci"] == answer["among"][side]["young"]
        assert f"{word}, w tym 65+" not in key
    where = [[one["name"], *(end for side in sides for end in one[side])]
             for one in answer["where"]]  # fmt: skip
    assert table(found, "Gdzie") == where


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_workbook_is_made_to_be_worked_with(client: FlaskClient, address: str) -> None:
    """Headings bold and in sight, columns as wide as they need, no formula, shares as percent."""
    found = book(client, address)
    assert found.sheetnames[0] == "Podsumowanie" and found.sheetnames[-1] == "Metoda i dane"
    for sheet in found:
        assert sheet.freeze_panes in ("A2", "B2")
        assert all(cell.font.b for cell in sheet[1] if cell.value)
        assert all(
            8 < one.width < 100 or one.width == 6 for one in sheet.column_dimensions.values()
        )
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type in ("s", "n")
            if cell.data_type == "s":
                assert cell.value.strip()
                assert not cell.value.startswith("<Lazy")
            elif cell.value is not None:
                assert cell.number_format != "General"
    shares = [row[3] for row in found["Zasięg"].iter_rows(2, 37)] if "Zasięg" in found else []
    assert {cell.number_format for cell in shares if cell.value is not None} <= {"0.0%"}


def test_the_summary_says_what_the_page_says(client: FlaskClient) -> None:
    """Its sentence, how exact it is, a link that can be pressed, the week, the state, filters."""
    found = book(client, "/pokrycie/22.xlsx?type=dom_kultury")["Podsumowanie"]
    rows = {row[0].value: row[1] for row in found.iter_rows() if row[0].value}
    said = " ".join(rows).replace("\u00a0", " ")
    assert found["A1"].value == "Pokrycie: województwo pomorskie"
    assert "31%, a być może 36% mieszkańców województwa pomorskiego ma miejsce otwarte" in said
    assert "To wynik orientacyjny" in said
    assert rows["Stały link"].hyperlink.target == rows["Stały link"].value
    assert rows["Stały link"].value == told(client, "/pokrycie/22.xlsx?type=dom_kultury")["link"]
    assert rows["Stan danych"].value == samples.STAMP
    assert rows["Godziny z tygodnia od"].value == "9 marca 2026"
    assert rows["Kod TERYT"].value == "22"
    plan = book(client, f"{SITES}.xlsx?count=2&type=dom_kultury")["Podsumowanie"]
    rows = {row[0].value: row[1] for row in plan.iter_rows() if row[0].value}
    assert rows["Liczymy tylko wybrane miejsca"].value == "Domy i ośrodki kultury"


def test_the_method_and_the_licences_go_with_the_numbers(client: FlaskClient) -> None:
    """Every assumption and data set; a plan leads to them."""
    rows = table(book(client, "/pokrycie/2261.xlsx"), "Metoda i dane")
    assert [row[4] for row in rows if row[0] == "Dane"][:3] == [
        "CC BY 4.0",
        "CC BY 4.0",
        "ODbL 1.0",
    ]
    assert {row[0] for row in rows} == {"Założenia", "Co się liczy", "Dane"}
    plan = table(book(client, f"{SITES}.xlsx?count=2"), "Metoda i dane")
    assert plan[-1][2].startswith("http://localhost/pokrycie/2261?")


def test_unknown_is_empty_and_never_nought(client: FlaskClient) -> None:
    """Ages the source does not have; everybody where it knows nobody."""
    found = book(client, "/pokrycie/2262.xlsx")
    assert all(row[3:] == 4 * [None] for row in table(found, "Zasięg") if "wszyscy" not in row[1])
    assert book(client, "/pokrycie/2298.xlsx").sheetnames == ["Podsumowanie", "Metoda i dane"]
    [nobody] = [row for row in table(book(client, "/pokrycie/22.xlsx"), "Obszary")
                if row[1] == "2298"]  # fmt: skip
    assert nobody[3:] == [None] * 11 + [0, 0]


def test_the_longest_minutes_are_said_to_be_more(client: FlaskClient) -> None:
    """The number stays a number."""
    cells = [
        row[1]
        for row in book(client, "/pokrycie/2261.xlsx")["Podsumowanie"].iter_rows()
        if str(row[0].value).startswith("Minuty")
    ]
    assert {cell.number_format for cell in cells} == {f'[>={LONGEST}]"{LONGEST} lub więcej";0'}
    assert all(isinstance(cell.value, int | float) for cell in cells)


def test_a_name_made_to_do_harm_is_a_plain_text(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an area, a gap, a site, a place: no formula, no link, no control character."""
    made = {code: samples.report(code, name=HOSTILE) for code in ("2261", "22")}
    monkeypatch.setattr(samples, "report", made.__getitem__)
    sites = [{**one, "name": HOSTILE, "near": HOSTILE} for one in samples.SITES["sites"]]
    monkeypatch.setitem(samples.SITES, "sites", sites)
    monkeypatch.setitem(samples.WHATIF, "name", HOSTILE)
    monkeypatch.setitem(
        samples.WHATIF, "where", [{"name": HOSTILE, "lose": [1, 2], "gain": [0, 0]}]
    )
    plain = HOSTILE.replace("\x07", "")
    for address, sheet in (
        ("/pokrycie/2261.xlsx", "Podobne obszary"),
        (f"{SITES}.xlsx?count=2", "Nowe miejsca"),
        (f"{SITES}.xlsx?place=k3v7m2qa&change=close", "Gdzie"),
    ):
        found = book(client, address)
        assert plain in [cell.value for row in found[sheet].iter_rows() for cell in row]
        for cell in (cell for one in found for row in one.iter_rows() for cell in row):
            assert cell.data_type in ("s", "n")
            assert cell.hyperlink is None or cell.hyperlink.target.startswith("http://localhost/")


def test_a_link_longer_than_a_cell_is_said_to_be(client: FlaskClient) -> None:
    """A list of a hundred premises with long names; the rest of the file is as ever."""
    premises = "%0A".join(f"54.35,18.64,{n}" + "%C5%BB" * 110 for n in range(60))
    found = book(client, f"{SITES}.xlsx?count=1&candidates=own&own={premises}")["Podsumowanie"]
    rows = {row[0].value: row[1].value for row in found.iter_rows()}
    assert rows["Stały link do tej odpowiedzi"].startswith("dłuższy niż komórka")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_file_is_sent_to_be_kept(client: FlaskClient, address: str) -> None:
    """With its name; and not again to who has it."""
    answer = client.get(address)
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    assert (again.status_code, again.data) == (304, b"")


def test_the_page_offers_it_first(client: FlaskClient) -> None:
    """An officer opens a spreadsheet; the link is the permanent one."""
    for page in ("/pokrycie/2261", f"{SITES}?count=2"):
        html = client.get(page).text
        offered = html[html.index("Excel (XLSX)") - 200 :]
        assert offered.index("Excel (XLSX)") < offered.index(">CSV<")
        assert f"stan={samples.STAMP}" in offered[:200]


def test_the_same_link_is_the_same_file_for_ever(client: FlaskClient, tmp_path: Path) -> None:
    """Twice, over a second (an archive counts two), and in another process."""
    before = {address: client.get(address).data for address in ADDRESSES}
    time.sleep(2.1)
    assert {address: client.get(address).data for address in ADDRESSES} == before
    program = (
        "import sys; from pathlib import Path; from tests.coverage.sample_site import sample_site\n"
        "client = sample_site(Path(sys.argv[1])).test_client()\n"
        "for n, address in enumerate(sys.argv[2:]):\n"
        "    (Path(sys.argv[1]) / str(n)).write_bytes(client.get(address).data)\n"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path), *ADDRESSES],
        cwd=ROOT, check=True, env={"PATH": "/usr/bin:/bin", "TZ": "Asia/Tokyo"},
    )  # fmt: skip
    again = {address: (tmp_path / str(n)).read_bytes() for n, address in enumerate(ADDRESSES)}
    assert again == before
