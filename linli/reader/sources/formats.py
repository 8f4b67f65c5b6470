"""Which format a file has: what is declared, else what its bytes show, else what its name says."""

import re
import zipfile
from io import BytesIO

from linli.reader.reading import Unreadable

TEXT, HTML, PDF = "text/plain", "text/html", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_DECLARED = {TEXT: TEXT, HTML: HTML, "application/xhtml+xml": HTML, PDF: PDF, DOCX: DOCX}
_SUFFIXES = {"txt": TEXT, "text": TEXT, "htm": HTML, "html": HTML, "xhtml": HTML, "shtml": HTML}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SEALED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_BINARY = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf",
    b"\x7fELF", b"OggS", b"II*\0", b"MM\0*", b"SQLite format 3", b"\xca\xfe\xba\xbe",
)  # fmt: skip
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title)[\s>/]", re.IGNORECASE)
_SAMPLE = 16_384
_TAG = re.compile(
    rb"</?(?:p|div|span|a|br|td|tr|table|li|ul|h[1-6]|img|script|font)\b", re.IGNORECASE
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_UNSUPPORTED = "This kind of file cannot be read. Use TXT, HTML, PDF or DOCX."


def choose(data: bytes, *, name: str, media_type: str | None) -> str:
    """Return TEXT, HTML, PDF or DOCX. Raises Unreadable (unsupported, encrypted, damaged)."""
    declared = (media_type or "").split(";", 1)[0].strip().lower()
    if declared in _DECLARED:
        return _DECLARED[declared]
    head = data[:2048]
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(data)
    _refuse_binary(data, head)
    return _text_or_markup(data, name)


def charset_of(media_type: str | None) -> str | None:
    """Return the charset parameter of a media type: `text/html; charset=gbk` gives gbk."""
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", media_type or "", re.IGNORECASE)
    return found[1] if found else None


def _inside_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as problem:
        raise Unreadable(
            "damaged", "This file is damaged: its archive cannot be opened."
        ) from problem
    if any(part.startswith("word/") for part in names):
        return DOCX
    raise Unreadable("unsupported", _UNSUPPORTED)


def _refuse_binary(data: bytes, head: bytes) -> None:
    if head.startswith(_OLE):
        if _SEALED_OFFICE in data:
            raise Unreadable("encrypted", "This document is protected by a password.")
        raise Unreadable(
            "unsupported", "This is an old Word, Excel or PowerPoint file. Save it as DOCX or PDF."
        )
    if head.startswith(_BINARY):
        raise Unreadable("unsupported", _UNSUPPORTED)
    # Text has no control characters; UTF-16 has zero bytes, but only on one side of each pair.
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > len(sample) // 50 and not _looks_like_utf16(sample):
        raise Unreadable("unsupported", _UNSUPPORTED)


def _looks_like_utf16(sample: bytes) -> bool:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    for order in ("utf-16-le", "utf-16-be"):
        text = sample.decode(order, "replace")
        plain = sum(c < "\u0250" or "\u2010" <= c < "\u9fff" or c >= "\uff00" for c in text)
        odd = sum(c < " " and c not in "\t\n\r" for c in text) + text.count("\ufffd")
        if plain > 0.97 * len(text) and odd <= 1:
            return True
    return False


def _text_or_markup(data: bytes, name: str) -> str:
    head = data[:4096].replace(b"\0", b"")
    if _MARKUP.search(head):
        return HTML
    by_name = _SUFFIXES.get(name.rsplit(".", 1)[-1].lower(), TEXT) if "." in name else TEXT
    if by_name == HTML:
        return HTML
    tags = len(_TAG.findall(data[:65536].replace(b"\0", b"")))
    return HTML if tags > 10 else TEXT
