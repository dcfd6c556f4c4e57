"""The lists of two cities as they keep them, taken in by the desk and by the re-import, twice each.

The catalogue is the real one.  Rows that are probably known are said to be those places, which are
then only filled in; what is left is new.
"""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from places import desk as store
from places import geojson, harvest, publishing, sources
from places.exchange import inspection
from places.publishing import Press
from tests.builders import NOW
from tests.desks import ADMIN, with_people
from tests.web.circle import Circle
from tests.web.test_bulk import columns_of, save, send_raw, text_of
from tests.web.visitors import press

ROOT = Path(__file__).parents[2]
LISTS = ROOT.parent / "shared" / "data"
WARSAW, GDANSK = "warszawa_domy_kultury_2023.csv", "gdansk_instytucje_kultury_2020.geojson"
KNOWN = {WARSAW: 23, GDANSK: 9}
ROWS = {WARSAW: 97, GDANSK: 74}
TOWN = {WARSAW: ("Warszawa", "1465"), GDANSK: ("Gdańsk", "2261")}
CONSTANTS = {
    "type": "dom_kultury", "position.uncertainty_m": "75", "sources": "https://example.org/lista",
}  # fmt: skip


@pytest.fixture(params=[WARSAW, GDANSK])
def name(request: pytest.FixtureRequest) -> str:
    if not (LISTS / request.param).exists():
        pytest.skip(f"no {request.param} at hand: bulk care was not tried on it")
    return str(request.param)


@pytest.fixture
def circle(tmp_path: Path) -> Circle:
    shutil.copy(ROOT / "data" / "places.geojson", tmp_path / "places.geojson")
    return Circle(tmp_path)


def said_of_rows(page: str) -> dict[str, str]:
    """The place where one is offered; a new one, or none, where rows are alike."""
    found, taken = {}, set[str]()
    for select in re.finditer(r'<select id="w\d+" name="(match\.\d+)">(.*?)</select>', page, re.S):
        offered = [
            one for one in re.findall(r'value="([0-9a-z]{8})"', select[2]) if one not in taken
        ]
        found[select[1]] = offered[0] if offered else "new"
        taken.update(offered[:1])
    return found


def save_is_needless(said: str) -> bool:
    """Whether the preview tells that everything is known."""
    return "Nie ma czego zapisywać" in said


def test_a_citys_list_by_the_desk(circle: Circle, name: str) -> None:
    """All steps, as a moderator goes through them; the second time there is nothing to do."""
    city, area = TOWN[name]
    client = circle.moderator(area=area)
    before = len(geojson.read(circle.catalogue).places)
    for again in (False, True):
        answer = send_raw(client, (LISTS / name).read_bytes(), name)
        columns = answer.location
        fields: dict[str, Any] = {
            **columns_of(client.get(columns).text), "set.address.city": city, "only_unknown": "1",
            **{f"set.{field}": said for field, said in CONSTANTS.items()},
        }  # fmt: skip
        preview = press(client, columns, columns, **fields).location
        if not again:
            assert text_of(client, preview).count("zatrzymują całą tabelę") == 1
        for _ in range(3):
            if said := said_of_rows(client.get(preview).text):
                press(client, preview, preview, **said)
        if not again:
            assert save(client, preview).status_code == 303
    assert save_is_needless(text_of(client, preview))
    made = geojson.read(circle.catalogue).places
    assert len(made) == before + ROWS[name] - KNOWN[name]
    assert inspection.check(circle.catalogue) == (len(made), [])


def test_a_citys_list_read_again(circle: Circle, name: str) -> None:
    """Known places are offered the list's numbers, the rest is proposed; then nothing is new."""
    city, area = TOWN[name]
    theirs = {"refs.um": "name+address"} if name == WARSAW else {"refs.um": "ID"}
    terms = {"maps": theirs, "constants": {**CONSTANTS, "address.city": city}, "area": area}
    path = circle.folder / name
    shutil.copy(LISTS / name, path)
    before = circle.catalogue.read_bytes()
    with store.open_desk(circle.instance) as desk:
        site = Press(with_people(desk), circle.catalogue, NOW)
        source = sources.add(desk, "um", str(path), terms, NOW)
        done = harvest.run(site, circle.instance, source, "tests")
        assert (done.outcome, done.faults) == ("done", ())
        assert done.counts["proposed"] == ROWS[name]
        assert circle.catalogue.read_bytes() == before
        kinds = dict(desk.execute("select kind, count(*) from proposal group by kind").fetchall())
        assert kinds == {"change": KNOWN[name], "add": ROWS[name] - KNOWN[name]}
        assert harvest.run(site, circle.instance, source, "tests").outcome == "same"

        for row in desk.execute("select id from proposal order by kind desc").fetchall():
            publishing.accept(site, row[0], ADMIN)
        path.write_bytes(path.read_bytes() + b"\n")
        again = harvest.run(site, circle.instance, source, "tests")
        assert (again.outcome, again.faults) == ("done", ())
        assert (again.counts["proposed"], again.counts["changed"], again.counts["gone"]) == (
            0,
            0,
            0,
        )
        assert again.counts["same"] == ROWS[name]
