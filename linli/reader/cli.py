"""`linli read FILE…`: readings of files as JSON, one object a line, or as text for a person.

Results come in the order of the files; a file that cannot be read is named on stderr, the rest go on. A corpus is read
by many processes or, with Ray, by many machines, into an output that may break off and go on.
"""

import argparse
import gc
import io
import json
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.pool import AsyncResult, Pool
from pathlib import Path
from typing import NamedTuple

from linli.reader import Unreadable, cluster, display, read
from linli.reader.record import as_record
from linli.reader.resuming import OtherFiles, Output
from linli.reader.sources.source import MAX_BYTES

_SUFFIXES = {".txt", ".text", ".html", ".htm", ".xhtml", ".shtml", ".pdf", ".docx"}
_SPECIMEN = "2019年，兰州市城关区民宗局在桥东社区开展“三进”活动3次，投入资金20万元，印发《方案》。"
_AHEAD = 16  # files a process may be ahead, so that finished readings never pile up


class Outcome(NamedTuple):
    """What came of one file: what to print, or why it could not be read."""

    name: str
    printed: str | None
    reason: str | None


def main(argv: Sequence[str]) -> int:
    """Run the command. Returns 0, 1 when a file could not be read, 2 when it was called wrongly."""
    parser = _parser()
    try:
        options = parser.parse_args(argv)
        names = list(_expanded(options.files))
        if options.jobs < 1:
            parser.error("--jobs must be at least 1")
        # Ray says on standard output which of its processes ended.
        if options.engine == "ray" and ("-" in names or not options.output):
            parser.error("--engine ray reads files, into --output FILE")
    except SystemExit as ended:
        return int(ended.code or 0)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        failed = _read_all(names, options)
        sys.stdout.flush()
    except (cluster.NoEngine, OtherFiles, OSError) as problem:
        if isinstance(problem, BrokenPipeError):
            return _seen_enough()
        sys.stderr.write(f"linli read: {problem}\n")
        return 2
    return 1 if failed else 0


def _seen_enough() -> int:
    """The reader of our output wants no more. Nothing may be flushed into it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="linli read",
        description="Read work reports (TXT, HTML, PDF with text, DOCX).",
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a file, a folder, or - for standard input"
    )
    parser.add_argument("--format", choices=("json", "text"), default="json")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes (default 1)")
    parser.add_argument(
        "--engine", choices=("local", "ray"), default="local",
        help="who reads: processes here, or Ray (default local)",
    )  # fmt: skip
    parser.add_argument("--address", default="", help="a Ray cluster instead of this machine")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="into a file; run again, it goes on"
    )
    return parser


def _expanded(names: Iterable[str]) -> Iterator[str]:
    """The files that are meant: of a folder all that can be read, in order of their paths."""
    for name in names:
        folder = Path(name)
        if name == "-" or not folder.is_dir():
            yield name
            continue
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in _SUFFIXES and path.is_file() and os.access(path, os.R_OK):
                yield str(path)


def _read_all(names: list[str], options: argparse.Namespace) -> int:
    """Write every reading; return how many files could not be read, this time or before."""
    if not options.output:
        return _write_all(names, options, lambda found: sys.stdout.write(found.printed or ""))
    with Output(options.output, names) as output:
        rest = names[output.done :]
        return output.failed + _write_all(rest, options, lambda found: output.add(*found))


def _write_all(
    names: list[str], options: argparse.Namespace, write: Callable[[Outcome], object]
) -> int:
    colour = not options.output and display.wants_colour(sys.stdout)
    work = partial(outcome, form=options.format, colour=colour)
    failed = 0
    with ExitStack() as stack:
        results = _engine(work, names, options, stack)
        say, step = _progress(len(names), stack)
        for result in results:
            if result.printed is None:
                failed += 1
                say(f"linli read: {result.name}: {result.reason}\n")
            write(result)
            step()
    return failed


def _engine(
    work: Callable[[str], Outcome], names: list[str], options: argparse.Namespace, stack: ExitStack
) -> Iterator[Outcome]:
    """Outcomes in the order of `names`, whoever makes them."""
    if options.engine == "ray" and names:
        given = {"jobs": options.jobs, "address": options.address, "lost": _lost}
        return cluster.in_order(work, names, stack=stack, **given)
    # Standard input is the parent's alone.
    jobs = 1 if "-" in names else min(options.jobs, len(names))
    return _in_order(work, names, jobs, stack)


def _lost(name: str) -> Outcome:
    return Outcome(name, None, "every process that read it ended")


def _progress(files: int, stack: ExitStack) -> tuple[Callable[[str], object], Callable[[], object]]:
    """How to say something on stderr and how to count a file.

    A bar is drawn only for a person who sees nothing else: readings on a terminal, or a log that
    would keep every state of the bar, do without.
    """
    if files < 2 or not sys.stderr.isatty() or sys.stdout.isatty():
        return sys.stderr.write, lambda: None
    tqdm = import_module("tqdm").tqdm
    bar = stack.enter_context(tqdm(total=files, unit="file", file=sys.stderr))
    return partial(tqdm.write, file=sys.stderr, end=""), bar.update


def _in_order(
    work: Callable[[str], Outcome], names: list[str], jobs: int, stack: ExitStack
) -> Iterator[Outcome]:
    """Outcomes in the order of `names`, made by `jobs` processes, each a few files ahead."""
    if jobs < 2:
        return map(work, names)
    # A forked process has the reader in memory already; elsewhere forking is not safe.
    forks = sys.platform == "linux"
    if forks:
        _build_tables()
    pool = get_context("fork" if forks else "spawn").Pool(jobs)
    return _ahead(stack.enter_context(pool), work, names, jobs * _AHEAD)


def _build_tables() -> None:
    """Build once what every process would build at its first file, and let them share it.

    Frozen, because a collector that goes over the tables has each process copy them.
    """
    read(_SPECIMEN.encode(), name="specimen.txt")
    gc.freeze()


def _ahead(
    pool: Pool, work: Callable[[str], Outcome], names: list[str], most: int
) -> Iterator[Outcome]:
    waiting: deque[AsyncResult[Outcome]] = deque()
    for name in names:
        waiting.append(pool.apply_async(work, (name,)))
        if len(waiting) >= most:
            yield waiting.popleft().get()
    while waiting:
        yield waiting.popleft().get()


def outcome(name: str, *, form: str, colour: bool) -> Outcome:
    """Read one file and put it in words. Never raises for a file that cannot be read."""
    try:
        reading = read(_content(name), name="standard input" if name == "-" else name)
    except Unreadable as refusal:
        return Outcome(name, None, f"{refusal.sentence} ({refusal.code})")
    except OSError as problem:
        return Outcome(name, None, f"{problem.strerror or problem}")
    if form == "text":
        return Outcome(name, display.as_text(reading, colour=colour), None)
    return Outcome(name, json.dumps(as_record(reading), ensure_ascii=False) + "\n", None)


def _content(name: str) -> bytes:
    """The bytes of a file, of standard input for -; one byte over the limit is enough to refuse."""
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MAX_BYTES + 1)
