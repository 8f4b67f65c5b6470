"""The reader: documents a second on one core, beside its peers, and how the cost grows."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from time import perf_counter

import trafilatura
from readability import Document
from resiliparse.extract.html2text import extract_plain_text

from bench.table import Row, core_seconds
from linli.reader import read

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "linli" / "demo" / "reports"
SHARED = ROOT.parent / "shared" / "inputs"
PAGE_BYTES = 77_000
_MEETING: list[Barrier] = []  # where the processes of one pool wait for each other
_TOPICS = ("社区服务", "职业培训", "法律援助", "文化惠民", "就业帮扶", "食品安全", "志愿服务")


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the reader's rows of the table."""
    yield _text()
    yield from _html()
    yield _growth(large=large)
    yield _two_processes()
    yield from _hostile()


def _texts() -> list[tuple[str, bytes]]:
    folder = SHARED if SHARED.is_dir() else DEMO
    return [(path.name, path.read_bytes()) for path in sorted(folder.glob("*.txt"))]


def _text() -> Row:
    files = _texts()
    rate = len(files) * 20 / core_seconds(lambda: _read_many(20))
    characters = sum(len(data.decode()) for _, data in files) / len(files)
    return Row(
        f"read a text report, all fields ({characters:,.0f} characters)",
        f"{rate:,.0f} documents/s/core",
        "",
        "",
        ">= 300 documents/s/core",
    )


def _read_many(times: int) -> None:
    """Read the reports so many times, one after the other; no reading is kept."""
    files = _texts()
    for _ in range(times):
        for name, data in files:
            read(data, name=name)


def page() -> bytes:
    """Return an HTML page of a newspaper's size: a demo report amid 300 links, scripts and comments."""
    html = (DEMO / "qilihe.html").read_bytes().decode()
    links = "".join(
        f'<li class="news-item"><a href="https://example.org/news/2018/07/{number:06}.html" '
        f'target="_blank" title="{title}">{title}</a></li>\n'
        for number in range(300)
        for title in [f"{_TOPICS[number % len(_TOPICS)]}工作推进会召开({number})"]
    )
    half = links[: len(links) // 2].rsplit("<li", 1)[0]
    html = html.replace("</head>", f"</head><div class='menu'><ul>{half}</ul></div>", 1)
    html = html.replace(
        "</body>", f"<div class='side'><ul>{links[len(half) :]}</ul></div></body>", 1
    )
    script = "<script>\nvar counter = counter || []; counter.push(['page', 1]);\n</script>\n<!-- column -->\n"
    missing = max(0, PAGE_BYTES - len(html.encode()))
    return html.replace("</body>", script * (missing // len(script)) + "</body>", 1).encode()


def _html() -> Iterator[Row]:
    data = page()
    text = data.decode()
    ours = 20 / core_seconds(_repeated(lambda: read(data, name="page.html"), 20))
    peers: dict[str, tuple[Callable[[], object], int]] = {
        "trafilatura": (lambda: trafilatura.extract(text), 3),
        "resiliparse": (lambda: extract_plain_text(text, main_content=True), 20),
        "readability-lxml": (lambda: Document(text).summary(), 3),
    }
    for name, (extract, times) in peers.items():
        rate = times / core_seconds(_repeated(extract, times))
        yield Row(
            f"read an HTML page of {len(data) // 1000} KB, all fields; {name}: its text only",
            f"{ours:,.0f} pages/s/core",
            f"{rate:,.0f} pages/s/core",
            f"{ours / rate:.2f}",
            ">= 200 pages/s/core, 3.5 x trafilatura" if name == "trafilatura" else "",
        )


def _repeated(work: Callable[[], object], times: int) -> Callable[[], None]:
    def repeat() -> None:
        for _ in range(times):
            work()

    return repeat


def _long_report(paragraphs: int) -> bytes:
    """Return a report of so many paragraphs, no two alike: repeated lines would count as furniture."""
    name, data = max(_texts(), key=lambda file: len(file[1]))
    article = [
        data.decode()[line.start : line.end]
        for line in read(data, name=name).lines
        if line.role == "body"
    ]
    return "\n".join(
        f"第{number}项工作。{article[number % len(article)]}" for number in range(paragraphs)
    ).encode()


def _growth(*, large: bool) -> Row:
    paragraphs = 160 if large else 16
    small, big = _long_report(paragraphs), _long_report(16 * paragraphs)
    one = core_seconds(lambda: read(small, name="long.txt"))
    sixteen = core_seconds(lambda: read(big, name="long.txt"), runs=3)
    return Row(
        f"time for 16 times the text ({len(small) // 1000} KB and {len(big) // 1000} KB)",
        f"{sixteen * 1000:,.0f} ms",
        f"{one * 1000:,.1f} ms for one",
        f"{sixteen / one:.1f}",
        "<= 17",
    )


def _two_processes() -> Row:
    documents, ours = _scaling(_read_many, 150)
    _, loop = _scaling(_count_up, 8_000_000)
    return Row(
        "two processes on two cores; a bare loop: what the machine gives",
        f"{300 * len(_texts()) / documents:,.0f} documents/s, {ours:.2f} x one",
        f"{loop:.2f} x one",
        f"{ours / loop:.2f}",
        ">= 1.9 x one",
    )


def _scaling(work: Callable[[int], None], size: int) -> tuple[float, float]:
    """Return the seconds that two processes take for `size` each, and how much faster than one that is.

    The best of several runs each, taken in turn, so that both meet the machine in the same mood.
    """
    alone, together = [], []
    with ProcessPoolExecutor(2, initializer=_meet, initargs=(get_context().Barrier(2),)) as pool:
        list(pool.map(_side_by_side, [work] * 2, [size // 20] * 2))  # both warm
        for _ in range(5):
            began = perf_counter()
            pool.submit(work, size).result()
            alone.append(perf_counter() - began)
            began = perf_counter()
            list(pool.map(_side_by_side, [work] * 2, [size] * 2))
            together.append(perf_counter() - began)
    return min(together), 2 * min(alone) / min(together)


def _meet(barrier: Barrier) -> None:
    _MEETING.append(barrier)


def _side_by_side(work: Callable[[int], None], size: int) -> None:
    """Work when the other process is there too: one process cannot take both parts."""
    _MEETING[-1].wait()
    work(size)


def _count_up(limit: int) -> None:
    total = 0
    for number in range(limit):
        total += number * number % 7


def _hostile() -> Iterator[Row]:
    for name in ("digits.txt", "one_line.txt", "brackets.txt", "open_tags.html", "cells.html"):
        done = subprocess.run(
            [sys.executable, "-m", "tests.reader.hostile_files", name],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        cost = json.loads(done.stdout)
        yield Row(
            f"hostile {name}",
            f"{cost['seconds']:.1f} s, {cost['megabytes']:.0f} MB",
            "",
            "",
            "< 5 s, < 500 MB",
        )
