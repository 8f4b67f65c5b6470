"""Written reports as files: seconds for one of sixty pages in each format, and for ten times as many pages."""

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import django
import pypdfium2
from django.core.management import call_command

from bench.table import Row
from linli.kernel.codes import code_of
from linli.reports.rules.paper import (
    Block,
    Figure,
    Heading,
    Listed,
    Paper,
    Paragraph,
    Plain,
    Table,
)

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = 27  # of two pages and more, each with a list, a table and 20 figures
GOAL = 5  # seconds for sixty pages as PDF
_SENTENCE = "各级各部门认真落实各项任务，密切配合，方便各族群众办事，群众满意程度不断提高。"


def rows(*, large: bool) -> Iterator[Row]:
    """Yield a row for each format."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"LINLI_HOME": home}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "bench.written", str(CHAPTERS * (10 if large else 1))]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
    said = json.loads(done.stdout.splitlines()[-1])
    for kind, (first, again, size) in said["kinds"].items():
        yield Row(
            f"a written report of {said['pages']} pages and {said['figures']:,} figures as {kind.upper()}, {size / 1024:,.0f} KiB",
            f"{first:.2f} s",
            f"{again:.2f} s for the same again",
            "",
            f"<= {GOAL} s" if kind == "pdf" else "",
        )


def _paper(chapters: int) -> Paper:
    """Return a report of so many chapters: prose, a list and a table in each, all with figures."""
    blocks: list[Block] = []
    for chapter in range(chapters):
        number = iter(range(chapter * 100, chapter * 100 + 100))

        def figure(number: Iterator[int] = number) -> Figure:
            place = next(number)
            value = str(place * 37 % 9973 + 1)
            return Figure(f"近{value}人次", code_of(place), "培训人次，鹤岭市，2025年", value)

        blocks.append(Heading(1, (Plain(f"第{chapter + 1}章"),)))
        blocks += [
            Paragraph((Plain(_SENTENCE * 5), figure(), Plain(_SENTENCE * 2))) for _ in range(8)
        ]
        blocks.append(Listed(tuple((Plain(_SENTENCE), figure()) for _ in range(4)), numbered=True))
        cells = tuple(((Plain("东城区"),), (figure(),), (figure(),)) for _ in range(4))
        blocks.append(
            Table("分区情况", ((Plain("地区"),), (Plain("今年"),), (Plain("去年"),)), cells)
        )
    return Paper("鹤岭市工作报告", "zh-hans", "鹤岭市人民政府", "2026年1月15日", tuple(blocks))


def _timed(make: Callable[[], bytes]) -> tuple[float, bytes]:
    began = time.perf_counter()
    data = make()
    return time.perf_counter() - began, data


def main() -> None:
    """Write one report in every format, twice."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "linli.config.settings"
    django.setup()
    from linli.reports.exchange.written import KINDS  # noqa: PLC0415 - after the settings

    call_command("migrate", verbosity=0)
    paper = _paper(int(sys.argv[1]))
    kinds: dict[str, tuple[float, float, int]] = {}
    pages = 0
    for kind, (_type, make) in KINDS.items():
        work = partial(make, paper, "https://linli.example")
        (first, _), (again, data) = _timed(work), _timed(work)
        kinds[kind] = (first, again, len(data))
        if kind == "pdf":
            pages = len(pypdfium2.PdfDocument(io.BytesIO(data)))
    print(json.dumps({"pages": pages, "figures": len(paper.figures()), "kinds": kinds}))


if __name__ == "__main__":
    main()
