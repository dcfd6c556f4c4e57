"""What moderators see of cities' lists: what vanished, what was wrong, for their own area."""

from pathlib import Path

import pytest

from places import desk as store
from places import harvest, sources
from places.publishing import Press
from tests.builders import NOW, a_catalogue
from tests.conftest import a_few_places
from tests.web.circle import Circle

HERE, OTHER = (
    one.model_copy(update={"refs": {"um": str(number)}})
    for number, one in enumerate(a_few_places()[:2], 1)
)
HEAD = "nr,name,lat\n"
BAD = "3,Zły punkt,99\n"


@pytest.fixture
def circle(tmp_path: Path) -> Circle:
    a_catalogue(tmp_path / "places.geojson", [HERE, OTHER])
    made = Circle(tmp_path)
    path = tmp_path / "lista.csv"
    with store.open_desk(made.instance) as desk:
        terms = {"maps": {"refs.um": "nr"}, "area": "1261"}
        source = sources.add(desk, "um", str(path), terms, NOW)
        for rows in (f"1,{HERE.name},\n2,{OTHER.name},\n", f"2,{OTHER.name},\n{BAD}"):
            path.write_text(HEAD + rows, "utf-8")
            done = harvest.run(Press(desk, made.catalogue, NOW), made.instance, source, "tests")
    assert (done.counts["gone"], done.counts["refused"]) == (1, 1)
    return made


def test_what_vanished_leads_to_its_desk_page(circle: Circle) -> None:
    """With its faults; the path on the server is nobody's to read."""
    page = circle.moderator().get("/moderacja/zrodla").text
    assert f'href="/moderacja/miejsca/{HERE.id}"' in page
    assert f'href="/moderacja/miejsca/{OTHER.id}"' not in page
    assert "wiersz 3" in page
    assert str(circle.folder) not in page
    due = circle.moderator().get("/moderacja/do-sprawdzenia").text
    assert HERE.name in due.replace("\u00a0", " ")


def test_another_areas_list_is_not_shown(circle: Circle) -> None:
    """Not its name, not its places."""
    page = circle.moderator("gdansk@example.org", "2261").get("/moderacja/zrodla").text
    assert HERE.id not in page
    assert 'id="lista-1"' not in page


def test_a_closed_place_is_not_asked_about(circle: Circle) -> None:
    """What was decided is off the list."""
    closed = HERE.model_copy(update={"status": "closed"})
    a_catalogue(circle.catalogue, [closed, OTHER])
    assert HERE.id not in circle.moderator().get("/moderacja/zrodla").text
