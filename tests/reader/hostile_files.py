"""Files that mean harm or came to harm, by name. Run as a script to read one and report its cost."""

import io
import json
import random
import sys
import time
import zipfile
from pathlib import Path

from tests.reader.hostile_pages import news_page
from tests.reader.pdf_pages import pdf

TEN_MB = 10_000_000
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(document, **parts):
    """A zip with `document` as its main part; other parts by name with _ for /."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        if document is not None:
            archive.writestr("word/document.xml", document)
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def body(inside, prologue=""):
    """A main part of a Word document around `inside`."""
    return f'{prologue}<w:document xmlns:w="{_WORD}"><w:body>{inside}</w:body></w:document>'


def _bomb():
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(300):
            part.write(b" " * 1_000_000)
    return file.getvalue()


def _entities():
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE w [<!ENTITY e0 "ha">{levels}]>'


PROSE = (
    "各街道立足实际，坚持以居民需求为导向，不断完善工作机制，推动资源下沉、力量下沉，"
    "把服务送到家门口，让邻里关系更加和睦，全年走访困难家庭500户，"
)
PDF = pdf([[(86, 700 - 20 * n, f"第{n}项工作已经完成") for n in range(20)]])
DOCX = docx(body("<w:p><w:r><w:t>社区工作</w:t></w:r></w:p>" * 30))

FILES = {
    "digits.txt": lambda: b"1234567890" * (TEN_MB // 10),
    "one_character.txt": lambda: "一".encode() * (TEN_MB // 3),
    "brackets.txt": lambda: b"(" * TEN_MB,
    "quotes.txt": lambda: "（《“".encode() * 200_000,
    "one_line.txt": lambda: PROSE.encode() * (TEN_MB // 2 // len(PROSE.encode())),
    "line_ends.txt": lambda: b"\n" * TEN_MB,
    "random.bin": lambda: random.Random(1).randbytes(TEN_MB),
    "cut.pdf": lambda: PDF[: len(PDF) * 2 // 3],
    "locked.pdf": lambda: pdf([[(86, 700, "工作")]], encrypt=True),
    "bomb.docx": _bomb,
    "entities.docx": lambda: docx(body("<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>", _entities())),
    "partless.docx": lambda: docx(None, word__styles="<a/>"),
    "deep.docx": lambda: docx(body("<w:p>" * 200_000 + "</w:p>" * 200_000)),
    "cut.docx": lambda: docx(body("<w:p><w:r><w:t>工作</w:t></w:r></w:p>"))[:-40],
    "nested.html": lambda: b"<html>" + b"<div>" * 100_000 + "工作".encode() + b"</div>" * 100_000,
    "nested_mixed.html": lambda: b"<html>" + b"<ul><li><p>" * 30_000 + b"x" + b"</div></p>" * 30_000,
    "attributes.html": lambda: b"<html><p " + b'a="b" ' * 1_000_000 + "hidden>工作</p>".encode(),
    "open_comment.html": lambda: "<html><p>工作</p>".encode() + b"<!-- <p>" * 1_000_000,
    "open_quotes.html": lambda: "<html><p>工作</p>".encode() + b"<a b=\"<a \"c='" * 100_000,
    "open_tags.html": lambda: "<html><p>工作</p>".encode() + b"<a " * 450_000,
    "open_scripts.html": lambda: "<html><p>工作</p>".encode() + b"<script>" * 1_000_000,
    "many_tags.html": lambda: b"<html>" + b"<b>" * 3_000_000,
    "ampersands.html": lambda: b"<html><p>" + b"& " * (TEN_MB // 2),
    "entities.html": lambda: b"<html><p>" + b"&amp;&#x5de5; " * 149_000,
    "hidden.html": lambda: b"<html>" + b"<p hidden>a" * 100_000,
    "cells.html": lambda: b"<html><table>" + b"<tr><td>1<td>2" * 49_000,
    "wrong_charset.html": lambda: news_page().replace("charset=utf-8", "charset=big5").encode("gb18030"),
}  # fmt: skip


def main(name):
    """Read one file; print its outcome, its seconds of work and the megabytes that were ever resident."""
    from linli.reader import Unreadable, read

    data = FILES[name]()
    start = time.process_time()
    try:
        outcome = f"{len(read(data, name=name).text)} characters"
    except Unreadable as refusal:
        outcome = refusal.code
    seconds = time.process_time() - start
    # Of this program alone: ru_maxrss begins at what the test's own process held when it forked.
    status = Path("/proc/self/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    sys.stdout.write(json.dumps({"outcome": outcome, "seconds": seconds, "megabytes": peak}))


if __name__ == "__main__":
    main(sys.argv[1])
