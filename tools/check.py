"""Everything that must hold before a commit, in the order in which it fails fastest.

`python -m tools.check` runs all; names choose some: format lint floors migrations types tests postgres. Of what is asked
of very many, and of the files that ask PostgreSQL, a part: sweeps.py says which, LINLI_SWEEP=all asks everything.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from tools import sweeps

BIN = Path(sys.executable).parent
TEMPLATES = subprocess.run(
    ["git", "ls-files", "linli/**/*.html", ":!linli/demo/reports"],
    capture_output=True,
    text=True,
    check=True,
).stdout.split()

# What the two databases could answer differently: what is done, asked and never false; a third of the files in each
# run. Permissions and the demo run on SQLite alone, and so does what asks for pages, opens a browser or asks no
# database. `make test-postgres` asks for all of it, and for pages too.
ENGINES = (
    *("kernel", "directory", "facts", "flows"),
    *("assessments", "atlas", "cases", "funds", "offers", "plans", "reports", "trace"),
)
TOUCH_THE_DATABASE = sweeps.part(
    sorted(str(path) for name in ENGINES for path in Path("tests", name).glob("test_*.py")), 3
)

CHECKING = {
    "PYTHONWARNINGS": "default",
    "PYTHONDONTWRITEBYTECODE": "",  # compiled once, not in each of the hundreds of programs that tests start
    # pytest asks all of the files that it is given; those named below are a part all the same.
    "LINLI_SWEEP": os.environ.get("LINLI_SWEEP", str(sweeps.chosen())),
}

# All tests of a file in one process: what they share is built once. Some wait for other programs: two processes more
# than there are cores.
CORES = os.cpu_count() or 1
BY_FILE = ["--dist", "loadfile", "--no-loadscope-reorder"]
PARALLEL = ["-n", str(CORES + 2), *BY_FILE]
BESIDE = ["-n", str(max(1, CORES // 2)), *BY_FILE]
TABLES = "tests/architecture/test_tables.py"
ASKS_THE_DATABASE = ["-m", "database and not browser and not page"]

STEPS: dict[str, list[list[str]]] = {
    "format": [["ruff", "format", "--check", "."], ["djangofmt", "check", *TEMPLATES]],
    "lint": [["ruff", "check", "."]],
    "floors": [["lint-imports", "--no-cache"]],
    "migrations": [["linli", "makemigrations", "--check", "--dry-run"]],
    "types": [["mypy"]],
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
            env=os.environ | CHECKING,
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
    """Run the tests on both databases and look at the types at once: while one waits, the others work."""
    with tempfile.TemporaryFile("w+") as said, ThreadPoolExecutor(2) as beside:
        others = [
            beside.submit(run, step, said) for step in ("types", "postgres") if step in chosen
        ]
        went_well = [run("tests"), *(one.result() for one in others)]
        said.seek(0)
        print(said.read(), flush=True)
    return all(went_well)


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
        elif not (making and step in {"types", "postgres"}) and not run(step):
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
