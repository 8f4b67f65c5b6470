"""A payment batch of a million lines, from the file that is brought to the refused money posted back.

Beside it the raw limit: the same bytes through Python's own reader of CSV, nothing checked. Each run is a process
of its own, so that its memory is its own.
"""

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.table import Row

ROOT = Path(__file__).resolve().parents[1]
LINES = 1_000_000
_REFUSED = 100  # one line in so many is refused by the bank
_HEAD, _ANSWER = ("序号", "账号", "金额"), ("序号", "账号", "金额", "结果", "原因")
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_WAYS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Line = tuple[object, ...]


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the rows of the table: SQLite with both kinds of file, PostgreSQL where it is installed."""
    command = [sys.executable, "-m", "bench.batches"]
    yield from _measured("SQLite", "csv", command)
    yield from _measured("SQLite", "xlsx", command)
    if large and any(Path("/usr/lib/postgresql").glob("*/bin")):
        yield from _measured("PostgreSQL", "csv", ["tools/with_postgres.sh", *command])


def _measured(database: str, kind: str, command: list[str]) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"LINLI_HOME": home}
        environment.pop("DATABASE_URL", None)
        paths = _written(kind, Path(home))
        done = subprocess.run(
            [*command, *map(str, paths)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
    said = json.loads(done.stdout.splitlines()[-1])
    steps = ", ".join(f"{name} {seconds:.1f}" for name, seconds in said["steps"].items())
    yield Row(
        f"batch of {LINES:,} lines, {kind}, {database}: {steps}",
        f"{said['all']:.1f} s ({said['core']:.1f} s of a core), {said['memory']:.0f} MB",
        f"{said['raw']:.1f} s (csv.reader alone)" if said["raw"] else "",
        f"{said['all'] / said['raw']:.1f}" if said["raw"] else "",
        "< 60 s",
    )


def _written(kind: str, folder: Path) -> tuple[Path, Path]:
    """Return a payment file and the bank's answer to it, written here: whoever reads them begins small."""
    write = _csv if kind == "csv" else _xlsx
    paid_by, answer = folder / f"payments.{kind}", folder / f"answers.{kind}"
    write(paid_by, _HEAD, _payments())
    write(answer, _ANSWER, _answers())
    return paid_by, answer


def _payments() -> Iterator[Line]:
    for number in range(1, LINES + 1):
        yield (
            number,
            f"62{number * 7_919_993 % 10**16:017d}",
            f"{number % 900 + 1}.{number % 100:02d}",
        )


def _answers() -> Iterator[Line]:
    for number, payee, amount in _payments():
        refused = int(str(number)) % _REFUSED == 0
        yield number, payee, amount, "退回" if refused else "成功", "AC04" if refused else ""


def _csv(path: Path, head: Line, lines: Iterator[Line]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head])
        csv.writer(file).writerows(lines)


def _xlsx(path: Path, head: Line, lines: Iterator[Line]) -> None:
    """Write a table as spreadsheet programs do: texts apart, numbers in their cells."""
    texts = dict[str, int]()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts:
        sheet = f'<sheet name="1" r:id="a" xmlns:r="{_WAYS}"/>'
        parts.writestr("xl/workbook.xml", f"<workbook {_MAIN}><sheets>{sheet}</sheets></workbook>")
        way = '<Relationship Id="a" Target="worksheets/sheet1.xml"/>'
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        parts.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}">{way}</Relationships>',
        )
        with parts.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            out.write(f"<worksheet {_MAIN}><sheetData>".encode())
            for number, line in enumerate([head, *lines], 1):
                out.write(_cells(number, line, texts).encode())
            out.write(b"</sheetData></worksheet>")
        said = "".join(f"<si><t>{text}</t></si>" for text in texts)
        parts.writestr("xl/sharedStrings.xml", f"<sst {_MAIN}>{said}</sst>")


def _cells(number: int, line: Line, texts: dict[str, int]) -> str:
    cells = []
    for letter, cell in zip("ABCDE", line, strict=False):
        plain = number > 1 and letter in "AC"
        said = str(cell) if plain else str(texts.setdefault(str(cell), len(texts)))
        kind = "" if plain else ' t="s"'
        if cell != "":
            cells.append(f'<c r="{letter}{number}"{kind}><v>{said}</v></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


def _measure(paid_by: Path, answer: Path) -> dict[str, Any]:
    """Do the whole way of a batch on this process's own database; return what each step took."""
    from django.core.management import call_command  # noqa: PLC0415 - after the settings

    call_command("migrate", verbosity=0)
    raw = _raw([paid_by, answer, paid_by]) if paid_by.suffix == ".csv" else 0.0
    before = _peak()
    watch = _way(paid_by, answer)
    grown = _peak() - before
    return {
        "steps": watch.steps,
        "all": sum(watch.steps.values()),
        "core": watch.core,
        "raw": raw,
        "memory": grown / 1024,
    }


def _peak() -> int:
    """Return how much memory this program ever held, in KB; what it was started from does not count (Linux)."""
    said = Path("/proc/self/status").read_text()
    return int(said.partition("VmHWM:")[2].split()[0])


def _raw(paths: list[Path]) -> float:
    began = time.perf_counter()
    for path in paths:
        with io.TextIOWrapper(path.open("rb"), "utf-8", newline="") as file:
            for _line in csv.reader(file):
                pass
    return time.perf_counter() - began


class _Watch:
    """How long each step took by the clock on the wall, and for how long our process was busy in all."""

    def __init__(self) -> None:
        self.steps, self.core = dict[str, float](), 0.0

    def timed(self, name: str, deed: Callable[[], Any]) -> None:
        began, busy = time.perf_counter(), time.process_time()
        deed()
        self.steps[name] = time.perf_counter() - began
        self.core += time.process_time() - busy


def _way(paid_by: Path, answer: Path) -> _Watch:
    from linli.funds.actions import batch_reading, batches, orders  # noqa: PLC0415
    from linli.funds.models import BankReply, Batch  # noqa: PLC0415

    at, watch = datetime(2026, 11, 22, 4, tzinfo=UTC), _Watch()
    first, second, ways = _town(at)
    by = {"by": first, "at": at}
    with paid_by.open("rb") as file:
        draft, fund = batches.BatchDraft(**ways, words="bench", file=file), ways["out_of"].fund
        watch.timed("bring", lambda: batches.bring(**by, fund=fund, draft=draft))
    watch.timed("read", lambda: batch_reading.read_next(at=at))
    batch = Batch.objects.get()
    order = batches.ask(**by, batch=batch)
    watch.timed("approve", lambda: orders.approve(by=second, at=at, order=order))
    with answer.open("rb") as file, paid_by.open("rb") as again:
        told = batches.ReplyDraft(file=file, paid_by=again)
        watch.timed("answer", lambda: batches.answer(**by, batch=batch, draft=told))
    watch.timed("reconcile", lambda: batch_reading.read_next(at=at))
    reply = BankReply.objects.get()
    said = (batch.lines, reply.paid_lines, reply.refused_lines)
    if said != (LINES, LINES - LINES // _REFUSED, LINES // _REFUSED):
        raise SystemExit("not every line was read")
    back = batches.ask_back(**by, reply=reply)
    watch.timed("back", lambda: orders.approve(by=second, at=at, order=back))
    return watch


def _town(at: datetime) -> tuple[Any, Any, dict[str, Any]]:
    """Return who asks, who approves, and between which accounts; there is money enough."""
    from linli.directory.models import Area, Unit  # noqa: PLC0415
    from linli.funds.actions import ledger  # noqa: PLC0415
    from linli.kernel.actors import Actor, Role  # noqa: PLC0415

    first, second = (Actor(name=name, role=Role.PLANNER, unit="局") for name in ("甲", "乙"))
    area = Area.objects.create(code="620201", name="区", level="county", from_year=1950)
    unit = Unit.objects.create(code="bench", name="局", kind="department", area=area)
    fund = ledger.open_fund(by=first, at=at, name="bench", unit=unit, area=area, alone=10**15)
    kinds = ("budget", "appropriated", "allocated", "paid")
    made = {
        kind: ledger.open_account(by=first, at=at, fund=fund, kind=kind, name=kind)
        for kind in kinds
    }
    for verb, (out_of, into) in {"appropriate": kinds[:2], "allocate": kinds[1:3]}.items():
        line = ledger.Line(made[out_of], made[into], 10**14)
        posting = ledger.Posting(verb=verb, day=at.date(), lines=[line])
        ledger.post(by=first, at=at, fund=fund, posting=posting)
    return first, second, {"out_of": made["allocated"], "into": made["paid"]}


def main() -> int:
    """Measure this process's database and print what it took as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    import django  # noqa: PLC0415 - after the setting

    django.setup()
    print(json.dumps(_measure(*map(Path, sys.argv[1:]))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
