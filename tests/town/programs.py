"""A program that a test runs, and whatever that program starts: none of them outlives the test."""

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(command, surroundings):
    """Run a program until it ends well, and return what it said; at the end kill what it left behind.

    Left alive, its children would write to the database of the tests that follow.
    """
    program = subprocess.Popen(
        command,
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        said, complained = program.communicate(timeout=600)
        assert program.returncode == 0, complained[-4000:]
        return said
    finally:
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()
