"""A server that is told to stop while it still loads its pages stops: nobody waits for it until they kill it."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOON, LONG = 10, 3  # seconds from the word: all that it may take; after which it does not listen


def children(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


@pytest.fixture
def begun(tmp_path):
    """Begin a server that loads `target`, and return it when its worker has begun to."""
    begun = []

    def begin(target):
        server = subprocess.Popen(
            [Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--port", "0", "--workers", "1", target],
            cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=os.environ | {"LINLI_HOME": str(tmp_path), "LINLI_DEBUG": "1", "LINLI_SERVES": "2", "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        begun.append(server)
        until = time.monotonic() + 60
        while not children(server.pid) and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.5)  # it loads
        return server

    yield begin
    for server in begun:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def ended(server, seconds):
    server.terminate()
    with suppress(subprocess.TimeoutExpired):
        server.wait(seconds)
        return True
    return False


def test_stops_while_it_still_loads(begun):
    assert ended(begun("linli.config.wsgi:porch"), SOON)


def test_control_goes_on_with_the_ears_that_it_was_born_with(begun):
    assert not ended(begun("tests.town.slow_to_load:application"), LONG)
