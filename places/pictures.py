"""A picture somebody sent, made into two JPEGs of our own: nothing of the file itself is kept.

Only the pixels of the first frame cross over.  What the camera or anybody else wrote into the file
(where it was taken, when, comments, scripts, colour profiles) stays behind.  What it is, is read
from its content; how big, before a pixel is unpacked; one at a time, because a small file may
unpack into hundreds of megabytes.
"""

import logging
import struct
import threading
import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageFile, ImageOps

from places.errors import Fault, Invalid

MOST_BYTES = 8_000_000
LONGEST_SIDE, SMALL_SIDE = 1600, 480
SHORTEST_SIDE = 200
# JPEG unpacks straight into a smaller picture, PNG only whole, WebP whole and twice.
_MOST_PIXELS = {"JPEG": 51_000_000, "MPO": 51_000_000, "PNG": 25_000_000, "WEBP": 16_000_000}
_LONGEST_GIVEN = 20_000
_LONGEST_PROFILE = 1_000_000
_BROKEN = (
    OSError, EOFError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError,
    AttributeError, MemoryError, struct.error, zlib.error,
    Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip
"""What Pillow raises at files that are not what they seem."""
_ONE_AT_A_TIME = threading.Lock()
# At its most talkative Pillow writes down what the camera wrote: who, where.
logging.getLogger("PIL").setLevel(logging.INFO)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept."""

    large: bytes
    small: bytes
    width: int
    """Of the large one."""
    height: int


def made(content: bytes) -> Picture:
    """The picture in those bytes, upright, in sRGB, at most LONGEST_SIDE pixels a side.

    Raises Invalid: "photo_big", "photo_format", "photo_pixels", "photo_small", "photo_broken".
    """
    if len(content) > MOST_BYTES:
        raise _refused("photo_big", str(MOST_BYTES // 1_000_000))
    with _ONE_AT_A_TIME:
        upright = _upright(content)
        large, small = _within(upright, LONGEST_SIDE), _within(upright, SMALL_SIDE)
        return Picture(_jpeg(large), _jpeg(small), *large.size)


def small_size(width: int, height: int) -> tuple[int, int]:
    """How big the small one of a picture is."""
    return _fitting((width, height), SMALL_SIDE)


def _upright(content: bytes) -> Image.Image:
    try:
        opened = Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _refused("photo_pixels", str(max(_MOST_PIXELS.values()) // 1_000_000)) from error
    except _BROKEN as error:
        raise _refused("photo_format") from error
    with opened:
        _check_size(opened)
        try:
            # A little bigger than needed: the last step down is ours, and sharper.
            opened.draft("RGB", _fitting(opened.size, LONGEST_SIDE * 5 // 4))
            opened.seek(0)
            opened.load()
            return _in_srgb(ImageOps.exif_transpose(_scaled(opened, LONGEST_SIDE)))
        except _BROKEN as error:
            raise _refused("photo_broken") from error


def _check_size(opened: ImageFile.ImageFile) -> None:
    width, height = opened.size
    most = _MOST_PIXELS.get(opened.format or "", 0)
    if width * height > most or max(width, height) > _LONGEST_GIVEN:
        raise _refused("photo_pixels", str(most // 1_000_000))
    if min(width, height) < SHORTEST_SIDE:
        raise _refused("photo_small", str(SHORTEST_SIDE))


def _in_srgb(upright: Image.Image) -> Image.Image:
    """The colours as every screen shows them, on white where there are none."""
    profile = upright.info.get("icc_profile", b"")
    if upright.mode == "I;16":  # A scan in 65,536 greys.
        upright = upright.point(lambda value: value / 256).convert("L")
    if upright.has_transparency_data:
        flat = upright.convert("RGBA")
        upright = Image.new("RGB", flat.size, "white")
        upright.paste(flat, mask=flat.getchannel("A"))
    if profile and len(profile) <= _LONGEST_PROFILE and upright.mode in ("RGB", "CMYK", "L"):
        try:
            theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            found = ImageCms.profileToProfile(upright, theirs, ours, outputMode="RGB")
            upright = found or upright
        except (ImageCms.PyCMSError, *_BROKEN):
            pass  # A profile that says nothing: the numbers are taken as they stand.
    return upright.convert("RGB")


def _within(whole: Image.Image, side: int) -> Image.Image:
    """The picture in a side of that many pixels, and nothing with it."""
    scaled = _scaled(whole, side)
    bare = Image.new("RGB", scaled.size)
    bare.paste(scaled)
    return bare


def _scaled(whole: Image.Image, side: int) -> Image.Image:
    """The same in a side of that many pixels; as it is where its colours cannot be mixed."""
    if max(whole.size) <= side or whole.mode not in ("RGB", "RGBA", "L", "LA", "CMYK"):
        return whole
    size = _fitting(whole.size, side)
    return whole.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _fitting(size: tuple[int, int], side: int) -> tuple[int, int]:
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _jpeg(bare: Image.Image) -> bytes:
    written = BytesIO()
    bare.save(written, "JPEG", quality=82, optimize=True, progressive=True)
    return written.getvalue()


def _refused(code: str, limit: str = "") -> Invalid:
    return Invalid([Fault("photos", code, limit=limit)])
