"""Files that are neither photo nor PDF, whatever they are called."""

import io
import zipfile

from tests.town.hostile_photos import CANARY, SCRIPT, claimed, picture, saved, zeros

_EICAR = r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
_HAHA = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
_ENTITIES = f'<!DOCTYPE w [<!ENTITY e0 "ha">{_HAHA}]><w>&e9;</w>'


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def docx(**more):
    types = b"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
    return zipped(**{"[Content_Types].xml": types, "word__document.xml": CANARY, **more})


OTHERS = {
    "nothing.jpg": lambda: b"",
    "page.jpg": lambda: b"<!doctype html>" + SCRIPT,
    "page.html": lambda: b"<!doctype html>" + SCRIPT,
    "drawing.svg": lambda: _SVG,
    "drawing.png": lambda: _SVG,
    "entities.pdf": _ENTITIES.encode,
    "letter.docx": docx,
    "letter.pdf": docx,
    "macro.docm": lambda: docx(word__vbaProject__bin=b"\xd0\xcf\x11\xe0" + CANARY),
    "archive.zip": lambda: zipped(a=CANARY),
    "archive of archives.zip": lambda: zipped(a=zipped(b=zipped(c=CANARY))),
    "swelling.zip": lambda: zipped(a=bytes(100_000_000)),
    "packed nothing.png": lambda: zeros(1_000_000_000),
    "test virus.txt": _EICAR.encode,
    "test virus.jpg": _EICAR.encode,
    "program.jpg": lambda: b"MZ\x90\0" + CANARY,
    "program.pdf": lambda: b"\x7fELF\x02\x01\x01" + CANARY,
    "script.png": lambda: b"#!/bin/sh\necho " + CANARY,
    "table.csv": lambda: b"=HYPERLINK(" + CANARY + b")",
    "letter.jpg": lambda: rb"{\rtf1 " + CANARY + b"}",
    "print job.jpg": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n" + CANARY,
    "old picture.jpg": lambda: saved("BMP"),
    "fax.jpg": lambda: saved("TIFF", description=CANARY.decode()),
    "icon.png": lambda: saved("ICO"),
    "new picture.jpg": lambda: saved("AVIF"),
    "telephone's picture.heic": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + CANARY,
    "layers.jpg": lambda: claimed(
        b"8BPS\0\1" + bytes(6) + b"\0\3" + bytes(12), b"\0\3", 9, 9, ">II"
    ),
    "film.jpg": lambda: b"\0\0\0\x18ftypmp42" + CANARY,
    "font.png": lambda: b"wOF2" + CANARY,
    # Sound photos, called something that a browser or a desk would run.
    "photo.html": lambda: saved("PNG"),
    "photo.jpg.exe": lambda: saved("PNG"),
    "photo.php": lambda: saved("JPEG", comment=CANARY),
    "photo\u202egpj.svg": lambda: saved("JPEG", picture()),
}
