"""Photos that mean harm, or say more than they show. Where they hide something, it is CANARY."""

import io
import struct
import zlib

from PIL import Image, ImageDraw, PngImagePlugin

CANARY = b"CNRY-7f3a-place-and-name"
SCRIPT = b"<script>" + CANARY + b"</script>"
GPS = {1: "N", 2: (43.0, 48.0, 1.0), 3: "E", 4: (87.0, 36.0, 1.0), 29: CANARY.decode()}


def picture(size=(60, 40), mode="RGB"):
    """A picture that shows where its top left is."""
    drawn = Image.new(mode, size, 200)
    ImageDraw.Draw(drawn).rectangle((0, 0, size[0] // 4, size[1] // 4), fill=0)
    return drawn


def saved(kind, drawn=None, **options):
    out = io.BytesIO()
    (drawn or picture()).save(out, kind, **options)
    return out.getvalue()


def exif(orientation=1):
    told = Image.Exif()
    told[0x0112], told[0x010F], told[0x8825] = orientation, CANARY.decode(), GPS
    return told.tobytes()


def segment(marker, content):
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def in_jpeg(marker, content):
    whole = saved("JPEG")
    return whole[:2] + segment(marker, content) + whole[2:]


def chunk(kind, content):
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def png(wide, high, rows, depth=1, colours=0, more=b""):
    head = struct.pack(">IIBBBBB", wide, high, depth, colours, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + more
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def in_png(kind, content):
    """A small picture with one more chunk, before its pixels."""
    return png(8, 8, zlib.compress(b"\0\xaa" * 8), more=chunk(kind, content))


def zeros(length):
    """So many bytes of nothing, packed."""
    packer = zlib.compressobj(9)
    parts = [
        packer.compress(bytes(min(1_000_000, length - at))) for at in range(0, length, 1_000_000)
    ]
    return b"".join(parts) + packer.flush()


def claimed(data, marker, wide, high, shape=">HH"):
    """The same file, saying that it is so large."""
    at = data.index(marker) + len(marker)
    return data[:at] + struct.pack(shape, wide, high) + data[at + struct.calcsize(shape) :]


def many_scans(count):
    """A progressive JPEG whose last scan comes again and again: each goes over all of a large picture."""
    whole = saved("JPEG", Image.new("RGB", (6000, 6000), "red"), progressive=True, quality=30)
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * count + b"\xff\xd9"


def text_chunks(zipped):
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", CANARY.decode(), zip=zipped)
    told.add_itxt("XML:com.adobe.xmp", CANARY.decode(), zip=zipped)
    return saved("PNG", pnginfo=told)


def frames():
    first, second = picture(mode="P"), picture(mode="P")
    return saved("GIF", first, save_all=True, append_images=[second], comment=CANARY, loop=0)


# What is drawn anew, and no longer says what it said.
TALKING = {
    "place in exif.jpg": lambda: saved("JPEG", exif=exif()),
    "thumbnail in exif.jpg": lambda: saved("JPEG", exif=exif() + saved("JPEG", comment=CANARY)),
    "xmp.jpg": lambda: in_jpeg(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + CANARY),
    "iptc.jpg": lambda: in_jpeg(0xED, b"Photoshop 3.0\0" + CANARY),
    "comment.jpg": lambda: saved("JPEG", comment=CANARY),
    "profile.jpg": lambda: saved("JPEG", icc_profile=CANARY * 20),
    "html behind.jpg": lambda: saved("JPEG") + SCRIPT,
    "zip behind.jpg": lambda: saved("JPEG") + b"PK\x03\x04" + CANARY,
    "php in comment.jpg": lambda: in_jpeg(0xFE, b"<?php " + CANARY + b" ?>"),
    "second picture.jpg": lambda: saved(
        "MPO", save_all=True, append_images=[picture()], comment=CANARY
    ),
    "broken exif.jpg": lambda: in_jpeg(0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff" + CANARY),
    "text.png": lambda: text_chunks(zipped=False),
    "packed text.png": lambda: text_chunks(zipped=True),
    "exif.png": lambda: saved("PNG", exif=exif()),
    "profile.png": lambda: saved("PNG", icc_profile=CANARY * 20),
    "html behind.png": lambda: saved("PNG") + SCRIPT,
    "chunk of its own.png": lambda: in_png(b"caNy", CANARY),
    "html within.gif": lambda: saved("GIF", picture(mode="P"), comment=SCRIPT),
    "html behind.gif": lambda: saved("GIF", picture(mode="P")) + SCRIPT,
    "more frames.gif": frames,
    "exif.webp": lambda: saved("WEBP", exif=exif()),
    "xmp.webp": lambda: saved("WEBP", xmp=CANARY),
    "profile.webp": lambda: saved("WEBP", icc_profile=CANARY * 20),
}

# What is refused: too large to decode, cut off, damaged.
BROKEN = {
    "thirty thousand square.png": lambda: png(30_000, 30_000, zeros(30_000 * 3751)),
    "just too large.png": lambda: png(8001, 8000, zeros(8000 * 1001)),
    "says too much.jpg": lambda: claimed(saved("JPEG"), b"\xff\xc0\0\x11\x08", 65_500, 65_500),
    "says too much.gif": lambda: claimed(saved("GIF"), b"GIF87a", 65_535, 65_535, "<HH"),
    "packed text of 100 MB.png": lambda: in_png(b"zTXt", b"Comment\0\0" + zeros(100_000_000)),
    "packed profile of 100 MB.png": lambda: in_png(b"iCCP", b"icc\0\0" + zeros(100_000_000)),
    "a thousand scans.jpg": lambda: many_scans(1000),
    "cut.jpg": lambda: saved("JPEG", picture((900, 900)))[:3000],
    "cut.png": lambda: saved("PNG", picture((900, 900)))[:-300],
    "cut.webp": lambda: saved("WEBP", picture((900, 900)))[:-200],
    "head alone.gif": lambda: b"GIF89a" + SCRIPT,
    "wrong sum.png": lambda: saved("PNG").replace(b"IHDR\0", b"IHDR\1", 1),
}
