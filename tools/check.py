"""Everything that must hold before a commit, in the order in which it fails fastest.

`python tools/check.py` runs all; names choose some: format lint floors types migrations tests postgres.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

BIN = Path(sys.executable).parent
TEMPLATES = subprocess.run(
    ["git", "ls-files", "linli/**/*.html", ":!linli/demo/reports"],
    capture_output=True,
    text=True,
    check=True,
).stdout.split()

# What the two databases could answer differently: what is done, asked and never false. Permissions and the demo run
# on SQLite alone, and so does what asks for pages, opens a browser or asks no database. `make test-postgres` asks for
# pages too.
TOUCH_THE_DATABASE = [
    f"tests/{name}"
    for name in (
        *("kernel", "directory", "facts", "flows"),
        *("assessments", "atlas", "cases", "funds", "offers", "plans", "reports", "trace"),
    )
]

# All tests of a file in one process: what they share is built once. Some wait for other programs: one process more
# than there are cores.
CORES = os.cpu_count() or 1
BY_FILE = ["--dist", "loadfile", "--no-loadscope-reorder"]
PARALLEL = ["-n", str(CORES + 1), *BY_FILE]
BESIDE = ["-n", str(max(1, CORES // 2)), *BY_FILE]
TABLES = "tests/architecture/test_tables.py"
ASKS_THE_DATABASE = ["-m", "database and not browser and not page"]

STEPS: dict[str, list[list[str]]] = {
    "format": [["ruff", "format", "--check", "."], ["djangofmt", "check", *TEMPLATES]],
    "lint": [["ruff", "check", "."]],
    "floors": [["lint-imports", "--no-cache"]],
    "types": [["mypy"]],
    "migrations": [["linli", "makemigrations", "--check", "--dry-run"]],
    "tests": [["pytest", *PARALLEL]],
    "postgres": [
        [
            "../../tools/with_postgres.sh",
            *("sh", "-c", f'{BIN}/linli migrate -v 0 && exec {BIN}/pytest -q "$@"', "pytest"),
            *(*BESIDE, *ASKS_THE_DATABASE, *TOUCH_THE_DATABASE),
        ]
    ],
}


def run(step: str, said: IO[str] | None = None) -> bool:
    """Run one step; print its name, time and, when it fails, what it said. `said`: where a test run writes."""
    began = time.perf_counter()
    for command in STEPS[step]:
        shown = step in {"tests", "postgres"}
        done = subprocess.run(
            [str(BIN / command[0]), *command[1:]],
            # Compiled once, not in each of the hundreds of programs that tests start.
            env=os.environ | {"PYTHONWARNINGS": "default", "PYTHONDONTWRITEBYTECODE": ""},
            stdout=said if shown else subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            print(f"{step}: FAILED\n{done.stdout or ''}", flush=True)
            return False
    print(f"{step}: ok ({time.perf_counter() - began:.0f} s)", flush=True)
    return True


def run_tests(chosen: list[str]) -> bool:
    """Run the tests on both databases at once: while one waits for a browser or a disk, the other works."""
    with tempfile.TemporaryFile("w+") as said, ThreadPoolExecutor(1) as beside:
        other = beside.submit(run, "postgres", said) if "postgres" in chosen else None
        good = run("tests")
        if other:
            good = other.result() and good
            said.seek(0)
            print(said.read(), flush=True)
    return good


def main() -> int:
    """Run the named steps, or all, and stop at the first that fails."""
    chosen = sys.argv[1:] or list(STEPS)
    making = None
    if "tests" in chosen:
        # The tables with which all tests begin keep one core busy for half a minute: the other does the rest.
        making = subprocess.Popen([BIN / "pytest", "-q", TABLES], stdout=subprocess.DEVNULL)
    for step in chosen:
        if step == "tests" and making:
            making.wait()
            if not run_tests(chosen):
                return 1
        elif not (step == "postgres" and making) and not run(step):
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
