"""Photos in a real browser: made smaller before they are sent, shown without a jump."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.conftest import a_few_places
from tests.pictures import a_picture
from tests.web.conftest import Serve, Visit

BIG = (3200, 2400)


def test_a_big_photo_is_made_smaller_before_it_is_sent(
    live_server: Serve, visit: Visit, tmp_path: Path
) -> None:
    """What a phone's camera makes does not have to cross a slow line whole."""
    file = tmp_path / "IMG_1.jpg"
    file.write_bytes(a_picture("JPEG", BIG, noisy=True, quality=90))
    visitor = visit(390)
    page = visitor.page
    page.goto(live_server(a_few_places()) + "/dodaj")
    page.locator(".photos-step summary").first.click()

    page.set_input_files("#f-photo-s0", file)

    page.get_by_text("Zdjęcie jest już zmniejszone").wait_for()
    sent = page.evaluate(
        """async () => {
             const [file] = document.querySelector("#f-photo-s0").files;
             return [file.name, [...new Uint8Array(await file.arrayBuffer())]];
           }"""
    )
    assert sent[0] == "IMG_1.jpg"
    assert len(sent[1]) < file.stat().st_size
    assert max(Image.open(BytesIO(bytes(sent[1]))).size) == 2000
    assert visitor.complaints == []


def test_a_page_is_not_wider_than_the_screen(live_server: Serve, visit: Visit) -> None:
    """Neither the page about privacy nor the fields for photos, on a narrow phone."""
    address = live_server(a_few_places())
    for path in ("/prywatnosc", "/dodaj"):
        page = visit(320).page
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
