"""Several processes write to one SQLite at once (R12): nobody is shut out. `make faults` alone runs it.

LINLI_WRITERS says how many (4), LINLI_WRITES how often each (25).
"""

import json
import os
import subprocess
import sys
from contextlib import ExitStack

from tests.faults.contender import CARELESS, HOUSES
from tests.faults.server import ROOT, copied, count, faults_of

WRITERS = int(os.environ.get("LINLI_WRITERS", "4"))
WRITES = int(os.environ.get("LINLI_WRITES", "25"))


def contended(server, mode):
    """Let all of them write together; return what each said."""
    with ExitStack() as stack:
        writers = []
        for _ in range(WRITERS):
            writer = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.contender", str(WRITES), mode],
                cwd=ROOT, env=server._surroundings, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip
            stack.callback(writer.wait)
            stack.callback(writer.kill)
            writers.append(writer)
        for writer in writers:
            assert writer.stdout.readline() == "ready\n"
        for writer in writers:
            writer.stdin.write("go\n")
            writer.stdin.flush()
        return [json.loads(writer.communicate()[0]) for writer in writers]


def test_lets_every_writer_in(prepared, tmp_path, record_property):
    with copied(prepared, tmp_path / "home") as server:
        said = contended(server, HOUSES)

        worst = max(one["worst"] for one in said)
        record_property("shut out", f"0 of {WRITERS * WRITES}, longest wait {worst:.1f} s")
        assert [(one["done"], one["locked"]) for one in said] == [(WRITES, 0)] * WRITERS
        assert count(server.home, "cases_case") == WRITERS * WRITES
        assert faults_of(server.home) == {}


def test_control_shuts_writers_out_that_read_first(prepared, tmp_path, record_property):
    with copied(prepared, tmp_path / "home") as server:
        said = contended(server, CARELESS)

        locked = sum(one["locked"] for one in said)
        record_property("shut out", f"{locked} of {WRITERS * WRITES}")
        assert locked > 0
