"""`make faults`: every row of the catalogue of faults is done in earnest, and one table says what came of it.

ROWS=8,9 does these, whatever is known of them; else what has held at this commit and size is not done again. SIZE=small
is for a cup of tea, SIZE=full (the rule) for a night. What each row said lies in build/faults, the table's in build/faults.json.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from xml.etree import ElementTree as Xml

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "tools" / "faults.toml"
SAID, KEPT = ROOT / "build" / "faults", ROOT / "build" / "faults.json"
PYTEST = [
    str(Path(sys.executable).parent / "pytest"),
    *["-q", "-p", "no:randomly", "-o", "junit_family=xunit1"],
]
_MAKES = {
    "MAKEFLAGS",
    "MAKEOVERRIDES",
    "MFLAGS",
    "MAKELEVEL",
    "SIZE",
    "ROWS",
}  # of the make that runs this
HELD, FAILED, NOT_RUN = "held", "FAILED", "not run"
PATIENCE = 600  # seconds for a house to begin


@dataclass(frozen=True)
class Fault:
    """One row of the catalogue. `proofs`, `controls`: pytest ids or commands of make; `full`, `small`: what SIZE sets.

    `says`, `seen`: which lines of a command are its result and its control, where it prints no `fault 13: …` itself.
    `why_not`: why it is not done at all. `{port}` in a command is where a house of the row's own answers.
    """

    number: int
    name: str
    how: str
    target: str
    proofs: list[str]
    controls: list[str] = field(default_factory=list)
    full: dict[str, str] = field(default_factory=dict)
    small: dict[str, str] = field(default_factory=dict)
    says: str = ""
    seen: str = ""
    why_not: str = ""


ROWS = [Fault(**row) for row in tomllib.loads(CATALOGUE.read_text())["faults"]]


@dataclass(frozen=True)
class Outcome:
    """What came of some tests or commands: held, failed or not run, and what they had to say."""

    state: str
    said: str

    def __str__(self) -> str:
        return f"{self.state}: {self.said}" if self.said else self.state


def main() -> int:
    """Do the rows that were asked for, show all; 1 when one of them has not held."""
    size = os.environ.get("SIZE") or "full"
    named = {int(one) for one in os.environ.get("ROWS", "").replace(",", " ").split()}
    known: dict[str, dict[str, Any]] = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    here = f"{_commit()} {size}"
    SAID.mkdir(parents=True, exist_ok=True)
    for row in ROWS:
        before = known.get(str(row.number), {})
        if row.number in named or (
            not named and (before.get("at") != here or before.get("state") != HELD)
        ):
            print(f"{row.number}. {row.name} …", flush=True)
            known[str(row.number)] = _done(row, size) | {"at": here}
            KEPT.write_text(json.dumps(known, indent=1, ensure_ascii=False))
    _show(known)
    wanted = [known[str(row.number)] for row in ROWS if not named or row.number in named]
    return int(any(one["state"] == FAILED for one in wanted))


def _done(row: Fault, size: str) -> dict[str, Any]:
    """Do one row: its proofs, then its controls; a fault that its control does not see is not proven."""
    if row.why_not:
        return _never(row)
    began = time.perf_counter()
    here = {name: said for name, said in os.environ.items() if name not in _MAKES}
    surroundings = here | (row.full if size == "full" else row.small)
    with (SAID / f"{row.number:02}.txt").open("w") as said:
        result = _outcome(row, "proofs", surroundings, said.fileno())
        control = _outcome(row, "controls", surroundings, said.fileno())
    states = [result.state, *([control.state] if row.controls else [])]
    return {
        "state": next((one for one in (FAILED, NOT_RUN) if one in states), HELD),
        "result": str(result),
        "control": str(control) if row.controls else "in the same",
        "seconds": round(time.perf_counter() - began),
    }


def _never(row: Fault) -> dict[str, Any]:
    """Return what is known of a row that was not done, or never is."""
    why = f"{NOT_RUN}: {row.why_not}" if row.why_not else NOT_RUN
    return {"state": NOT_RUN, "result": why, "control": NOT_RUN, "seconds": 0}


def _outcome(row: Fault, part: str, surroundings: dict[str, str], said: int) -> Outcome:
    """Run the proofs of a row, or its controls; of several outcomes the worst decides."""
    named: list[str] = getattr(row, part)
    tests = [one for one in named if not one.startswith("make ")]
    found = [_commanded(one, row, part, surroundings) for one in named if one not in tests]
    if tests:
        found.append(_tested(tests, surroundings, said, f"{row.number:02}-{part}"))
    worst = next((s for s in (FAILED, NOT_RUN) if s in {one.state for one in found}), HELD)
    return Outcome(worst, "; ".join(one.said for one in found if one.said))


def _commanded(command: str, row: Fault, part: str, surroundings: dict[str, str]) -> Outcome:
    """Return what a command of make has to say of a row; who says nothing of it has not done it."""
    there = subprocess.run(
        ["make", "-n", command.split()[1]], cwd=ROOT, capture_output=True, check=False
    )
    if there.returncode:
        return Outcome(NOT_RUN, f"there is no `{command}` here")
    code, lines = _run(command, frozenset(surroundings.items()))
    own = own_lines(lines, row, part)
    if code or not own:
        return Outcome(
            FAILED if code else NOT_RUN, "; ".join([f"`{command}`", *(own or lines[-1:])])
        )
    missed = [one for one in own if one.startswith(NOT_RUN)]
    return Outcome(NOT_RUN if missed == own else HELD, "; ".join(own))


def own_lines(lines: list[str], row: Fault, part: str) -> list[str]:
    """Return what the lines of a command say of a row: `fault 13: …`, for its controls `fault 13: control: …`."""
    head, control = f"fault {row.number}: ", "control: "
    pattern = row.says if part == "proofs" else row.seen
    if pattern:
        return [" ".join(line.split()) for line in lines if re.search(pattern, line)]
    said = [line.removeprefix(head).strip() for line in lines if line.startswith(head)]
    wanted = [one for one in said if one.startswith(control) == (part == "controls")]
    return [one.removeprefix(control) for one in wanted]


@cache
def _run(command: str, surroundings: frozenset[tuple[str, str]]) -> tuple[int, list[str]]:
    """Run a command once for all rows that it proves, beside a house if it needs one; return how it ended, and what it said."""
    with ExitStack() as stack:
        there = command
        if "{port}" in command:
            try:
                port = stack.enter_context(_house(dict(surroundings)))
            except (RuntimeError, subprocess.CalledProcessError) as error:
                return 1, [f"the house of its own did not begin (build/faults/house.txt): {error}"]
            there = command.replace("{port}", str(port))
        done = subprocess.run(
            there.split(), cwd=ROOT, env=dict(surroundings), text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
    (SAID / f"{re.sub('[^a-z0-9]+', '-', command.lower())}.txt").write_text(done.stdout)
    return done.returncode, [line for line in done.stdout.splitlines() if line.strip()]


@contextmanager
def _house(surroundings: dict[str, str]) -> Iterator[int]:
    """Fill a small demo and serve it on a free port; it goes when the command has ended."""
    with (
        tempfile.TemporaryDirectory(prefix="linli-fault-") as home,
        (SAID / "house.txt").open("w") as said,
    ):
        linli = [str(Path(sys.executable).parent / "linli")]
        there = surroundings | {"LINLI_HOME": home, "LINLI_DEMO": "1"}
        there.pop("DATABASE_URL", None)
        subprocess.run([*linli, "demo"], cwd=ROOT, env=there, check=True, stdout=said, stderr=said)
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        serves = subprocess.Popen(
            [*linli, "serve", "--port", str(port)], cwd=ROOT, env=there, start_new_session=True,
            stdout=said, stderr=said,
        )  # fmt: skip
        try:
            _await(f"http://localhost:{port}/health", serves)
            yield port
        finally:
            with suppress(ProcessLookupError):
                os.killpg(serves.pid, signal.SIGKILL)
            serves.wait()


def _await(address: str, serves: subprocess.Popen[bytes]) -> None:
    for _ in range(PATIENCE):
        if serves.poll() is not None:
            break
        with suppress(OSError), closing(urlopen(address)):
            return
        time.sleep(1)
    raise RuntimeError("it does not answer")


def _tested(tests: list[str], surroundings: dict[str, str], said: int, name: str) -> Outcome:
    """Run tests; what they recorded is what they have to say."""
    report = SAID / f"{name}.xml"
    report.unlink(missing_ok=True)
    subprocess.run(
        [*PYTEST, f"--junitxml={report}", *tests], cwd=ROOT, env=surroundings, check=False,
        stdout=said, stderr=said,
    )  # fmt: skip
    if not report.exists():
        return Outcome(FAILED, "the tests did not begin")
    return read(Xml.fromstring(report.read_text()))


def read(report: Xml.Element) -> Outcome:
    """Return what a report of pytest says: one failure is a failure, nothing but skipped is not run."""
    cases = list(report.iter("testcase"))
    broken = [
        one for one in cases if one.find("failure") is not None or one.find("error") is not None
    ]
    skipped = [one for one in cases if one.find("skipped") is not None]
    told = [
        f"{one.get('name')} {one.get('value')}" for case in cases for one in case.iter("property")
    ]
    if broken or not cases:
        names = ", ".join(str(one.get("name")) for one in broken) or "no test was found"
        return Outcome(FAILED, "; ".join([names, *told]))
    if len(skipped) == len(cases):
        why = skipped[0].find("skipped")
        return Outcome(NOT_RUN, str(why.get("message")) if why is not None else "")
    count = len(cases) - len(skipped)
    more = [f"{len(skipped)} skipped"] if skipped else []
    return Outcome(HELD, "; ".join([f"{count} test{'s' * (count > 1)}", *more, *told]))


def _show(known: dict[str, dict[str, Any]]) -> None:
    """Print all rows, those too that were never done."""
    print("| # | fault | how | target | result | control |\n| --- | --- | --- | --- | --- | --- |")
    for row in ROWS:
        was = known.get(str(row.number)) or _never(row)
        cells = (row.number, row.name, row.how, row.target, was["result"], was["control"])
        print(f"| {' | '.join(str(one).replace('|', '/') for one in cells)} |")
    states = [known.get(str(row.number), {"state": NOT_RUN})["state"] for row in ROWS]
    counted = ", ".join(f"{states.count(one)} {one}" for one in (HELD, FAILED, NOT_RUN))
    print(f"Of {len(ROWS)}: {counted}. build/faults has what each said.")


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )  # fmt: skip
    return done.stdout.strip() or "no commit"


if __name__ == "__main__":
    sys.exit(main())
