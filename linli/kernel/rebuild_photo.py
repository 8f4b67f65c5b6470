"""A photo drawn anew: its pixels are decoded, turned upright and written out by us. Whatever else was in
the file (place, camera, comments, scripts, a second file behind the first) is not carried over.
"""

import io
import warnings

from PIL import Image, WebPImagePlugin

FORMATS = ("JPEG", "PNG", "GIF", WebPImagePlugin.WebPImageFile.format)
MAX_PIXELS = 64_000_000
MAX_SIDE = 4000
_HALVED = (
    2500  # a JPEG twice as wide is decoded at half its size, which takes a quarter of the work
)
_MOST_SCANS = 100  # a progressive JPEG has ten or so; each goes over the whole picture
_FEW_COLOURS = 64
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def rebuilt_photo(data: bytes) -> tuple[bytes, str]:
    """Return the photo of the file, of an animation the first, and its media type. Raises whatever Pillow does.

    Drawings of few colours become PNG, in which letters stay crisp; all else becomes JPEG.
    """
    if data.startswith(b"\xff\xd8") and data.count(b"\xff\xda") > _MOST_SCANS:
        message = "too many scans"
        raise ValueError(message)
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        turned = _orientation(opened)
        wide, high = opened.size
        shrink = _HALVED / max(wide, high, _HALVED)
        opened.draft("RGB", (int(wide * shrink), int(high * shrink)))
        drawn = _on_white(opened)
    drawn.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.BICUBIC, reducing_gap=2.0)
    if turned in _UPRIGHT:
        drawn = drawn.transpose(_UPRIGHT[turned])
    drawn.info = {}
    out = io.BytesIO()
    if drawn.getcolors(_FEW_COLOURS) is None:
        drawn.save(out, "JPEG", quality=88)
        return out.getvalue(), "image/jpeg"
    drawn.save(out, "PNG")
    return out.getvalue(), "image/png"


def smaller_photo(data: bytes, side: int) -> bytes:
    """Return a photo of our own making in the same format, its longer side at most so many pixels.

    Never for a stranger's bytes: those go through `uploads.rebuild` first, in a process of their own.
    """
    with Image.open(io.BytesIO(data), formats=FORMATS[:2]) as opened:
        if max(opened.size) <= side:
            return data
        form = opened.format
        drawn = opened.copy()
    drawn.thumbnail((side, side), Image.Resampling.BICUBIC, reducing_gap=2.0)
    drawn.info = {}
    out = io.BytesIO()
    drawn.save(out, form, quality=82)
    return out.getvalue()


def _orientation(opened: Image.Image) -> int:
    try:
        return int(opened.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - many cameras write what no standard knows; the picture is fine
        return 1


def _on_white(opened: Image.Image) -> Image.Image:
    """Return the picture in eight bits a colour; where it is transparent, paper shows."""
    if opened.mode.startswith("I"):  # sixteen bits of grey
        return opened.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if not opened.has_transparency_data:
        return opened.convert("L" if opened.mode in ("1", "L") else "RGB")
    above = opened.convert("RGBA")
    paper = Image.new("RGB", above.size, "white")
    paper.paste(above, mask=above.getchannel("A"))
    return paper
