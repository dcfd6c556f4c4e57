"""Real pictures for tests, made by Pillow: as a phone, a scanner or somebody hostile would."""

from io import BytesIO
from typing import Any

from PIL import Image

MARK = b"Aparat-Kowalskiego"
"""What the camera wrote into the picture."""


def a_picture(
    form: str = "JPEG", size: tuple[int, int] = (800, 600), *, noisy: bool = False, **more: Any
) -> bytes:
    """A picture in that form."""
    if noisy:
        one = Image.effect_noise(size, 80).convert("RGB")
    else:
        one = Image.linear_gradient("L").resize(size).convert("RGB")
    written = BytesIO()
    one.save(written, form, **more)
    return written.getvalue()


def with_place(form: str = "JPEG", size: tuple[int, int] = (800, 600)) -> bytes:
    """A picture that tells where it was taken, and by what."""
    exif = Image.Exif()
    exif[0x010F] = MARK.decode()
    exif[0x013B] = MARK.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 1.0, 18.0), 3: "E", 4: (19.0, 58.0, 13.0)})
    more: dict[str, Any] = {"exif": exif}
    if form == "JPEG":
        more["comment"] = MARK
    if form in ("JPEG", "WEBP"):
        more["xmp"] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + MARK + b"</x:xmpmeta>"
    return a_picture(form, size, **more)
