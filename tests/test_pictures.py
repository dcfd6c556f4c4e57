"""A picture becomes one of ours: its pixels cross over, whatever came with them does not."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms

from places import pictures
from places.errors import Invalid
from tests.pictures import MARK, a_picture, with_place

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'
)


def opened(content: bytes) -> Image.Image:
    """What a browser would be given."""
    return Image.open(BytesIO(content))


def code(content: bytes) -> str:
    """Why it is refused."""
    with pytest.raises(Invalid) as refused:
        pictures.made(content)
    return refused.value.faults[0].code


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(3000, 2000), (1000, 2500), (300, 200), (201, 4000)])
def test_it_becomes_a_jpeg_that_fits(form: str, size: tuple[int, int]) -> None:
    """Two JPEGs, none larger than its bound or than it was, in the proportions it had."""
    made = pictures.made(a_picture(form, size))

    for content, side in (
        (made.large, pictures.LONGEST_SIDE),
        (made.small, pictures.SMALL_SIDE),
    ):
        one = opened(content)
        assert (one.format, one.mode) == ("JPEG", "RGB")
        assert max(one.size) == min(side, max(size))
        assert one.width * size[1] == pytest.approx(one.height * size[0], rel=0.05)
    assert opened(made.large).size == (made.width, made.height)
    assert opened(made.small).size == pictures.small_size(made.width, made.height)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_the_camera_stays(form: str) -> None:
    """Neither where it was taken, nor by what, nor any comment or profile."""
    made = pictures.made(with_place(form))

    for content in (made.large, made.small):
        one = opened(content)
        assert not one.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & one.info.keys()
        assert MARK not in content
        assert b"Exif" not in content


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_stands_upright(form: str, orientation: int) -> None:
    """The sky is above, however the camera was held: the pixels are turned, not a note in them."""
    sky, ground = (90, 140, 250), (60, 120, 40)
    scene = Image.new("RGB", (400, 300), ground)
    scene.paste(sky, (0, 0, 400, 150))
    exif = Image.Exif()
    exif[0x0112] = orientation
    held = BytesIO()
    # How a camera held so writes the scene down: the other way round of how it is read.
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation)
    turned = scene if back is None else scene.transpose(Image.Transpose(back))
    turned.save(held, form, exif=exif)

    seen = opened(pictures.made(held.getvalue()).large)

    assert seen.size == (400, 300)
    assert seen.getpixel((200, 20)) == pytest.approx(sky, abs=12)
    assert seen.getpixel((200, 280)) == pytest.approx(ground, abs=12)


def test_a_picture_that_is_a_page_too_is_only_a_picture() -> None:
    """A script in a comment, after the end or in a text field does not cross over."""
    script = b"<script>alert(document.domain)</script>"
    scene, commented = Image.new("RGB", (300, 300), "red"), BytesIO()
    scene.save(commented, "JPEG", comment=script)

    made = pictures.made(commented.getvalue() + b"<!doctype html>" + script)

    for content in (made.large, made.small):
        assert script not in content
        assert content.startswith(b"\xff\xd8\xff")
        assert content.endswith(b"\xff\xd9")


@pytest.mark.parametrize(
    "content",
    [b"", b"x", SVG, b"<?xml version='1.0'?>" + SVG, b"%PDF-1.7", b"<html>", b"\xff\xd8\xff"],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    """By its content: SVG, pages and documents are none, whatever they are called."""
    assert code(content) == "photo_format"


@pytest.mark.parametrize("form", ["GIF", "TIFF", "BMP", "ICO", "PPM", "TGA"])
def test_other_forms_are_refused(form: str) -> None:
    """Pillow knows many more forms, and with each more ways to break."""
    assert code(a_picture(form, (300, 300))) == "photo_format"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.95])
def test_a_cut_file_is_refused(form: str, part: float) -> None:
    """No half grey pictures: what ends before its end is broken."""
    whole = a_picture(form, (900, 700), noisy=True)

    assert code(whole[: int(len(whole) * part)]) in ("photo_broken", "photo_format")


@pytest.mark.parametrize("form", ["PNG", "WEBP", "JPEG"])
def test_any_broken_byte_is_refused_or_drawn(form: str) -> None:
    """Whatever byte is wrong, the answer is a picture or a refusal, never an error of ours."""
    whole = a_picture(form, (220, 210), noisy=True)
    for at in range(0, len(whole), max(1, len(whole) // 150)):
        broken = bytearray(whole)
        broken[at] ^= 0xFF
        try:
            pictures.made(bytes(broken))
        except Invalid as refused:
            assert refused.faults[0].code.startswith("photo_")


def test_a_bomb_is_not_unpacked() -> None:
    """A small file that says it is huge is refused by what it says, before a pixel is made."""
    bomb = a_bomb(30_000, 30_000)
    assert len(bomb) < 1000
    assert code(bomb) == "photo_pixels"
    assert code(a_bomb(19_000, 2_000)) == "photo_pixels"
    assert code(a_bomb(200_000, 300)) in ("photo_pixels", "photo_format")


def a_bomb(width: int, height: int) -> bytes:
    """The head of a PNG of that size, with hardly anything behind it."""
    import struct
    import zlib

    def part(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", size) + part(b"IDAT", packed) + part(b"IEND", b"")


def test_bounds_of_bytes_and_pixels() -> None:
    """Too many bytes, too few pixels: both are said as such."""
    assert code(b"\xff\xd8\xff" + b"0" * pictures.MOST_BYTES) == "photo_big"
    assert code(a_picture("PNG", (199, 400))) == "photo_small"


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_of_a_moving_picture_the_first_frame_stays(form: str) -> None:
    """It stands still."""
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "lime", "blue")]
    moving = BytesIO()
    frames[0].save(moving, form, save_all=True, append_images=frames[1:], duration=100)

    seen = opened(pictures.made(moving.getvalue()).large)

    assert seen.getpixel((150, 150)) == pytest.approx((254, 0, 0), abs=6)
    assert getattr(seen, "n_frames", 1) == 1


@pytest.mark.parametrize(
    ("mode", "fill", "seen"),
    [
        ("RGBA", (255, 0, 0, 0), (255, 255, 255)),
        ("LA", (0, 0), (255, 255, 255)),
        ("L", 128, (128, 128, 128)),
        ("P", 0, (0, 0, 0)),
        ("1", 1, (255, 255, 255)),
        ("I;16", 32_768, (128, 128, 128)),
    ],
)
def test_every_mode_of_colour_is_understood(mode: str, fill: Any, seen: tuple[int, ...]) -> None:
    """Greys, palettes, transparency (on white), scans: all of them end as sRGB."""
    made = BytesIO()
    Image.new(mode, (300, 300), fill).save(made, "PNG")

    one = opened(pictures.made(made.getvalue()).large)

    assert one.mode == "RGB"
    assert one.getpixel((150, 150)) == pytest.approx(seen, abs=3)


def test_cmyk_is_understood() -> None:
    """As a print shop sends it."""
    made = BytesIO()
    Image.new("CMYK", (300, 300), (0, 0, 0, 0)).save(made, "JPEG")
    assert opened(pictures.made(made.getvalue()).large).getpixel((9, 9)) == (255, 255, 255)


def test_colours_of_a_profile_are_brought_to_srgb() -> None:
    """The numbers change so that the colour stays; a profile that is none changes nothing."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    plain, odd, other = (
        opened(pictures.made(with_profile(one)).large).getpixel((9, 9))
        for one in (b"", b"nothing of a profile", profile)
    )

    assert plain == odd
    assert isinstance(other, tuple)


def with_profile(profile: bytes) -> bytes:
    """A picture that brings a profile."""
    made = BytesIO()
    Image.new("RGB", (300, 300), (120, 60, 200)).save(made, "JPEG", icc_profile=profile)
    return made.getvalue()


def test_the_same_picture_gives_the_same_bytes(tmp_path: Any) -> None:
    """So that its name, made of the content, is the same however often it is sent."""
    made: Callable[[], bytes] = lambda: pictures.made(a_picture("PNG", (640, 480))).large  # noqa: E731
    assert made() == made()
