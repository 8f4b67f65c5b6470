"""A server that is told to stop while it still loads its pages stops: nobody waits for it until they kill it."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOON, LONG = 10, 3  # seconds from the word: all that it may take; after which it does not listen


def worker_of(server):
    return next(
        iter(Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()), None
    )


def listens_itself(pid):
    """Whether the process catches SIGTERM, so that the system does not end it."""
    caught = re.search(r"SigCgt:\s*(\w+)", Path(f"/proc/{pid}/status").read_text())[1]
    return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1)


def waited(reached):
    until = time.monotonic() + 60
    while not reached() and time.monotonic() < until:
        time.sleep(0.02)
    return reached()


@pytest.fixture
def begun(tmp_path):
    """Begin a server that loads `target`, and return it when its worker is born."""
    begun = []

    def begin(target):
        server = subprocess.Popen(
            [Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--port", "0", "--workers", "1", target],
            cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=os.environ | {"LINLI_HOME": str(tmp_path), "LINLI_DEBUG": "1", "LINLI_SERVES": "2", "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        begun.append(server)
        assert waited(lambda: worker_of(server))
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
    server = begun("linli.config.wsgi:porch")
    assert waited(lambda: not listens_itself(worker_of(server)))
    assert ended(server, SOON)


def test_control_goes_on_with_the_ears_that_it_was_born_with(begun):
    server = begun("tests.town.slow_to_load:application")
    time.sleep(0.5)
    assert listens_itself(worker_of(server))
    assert not ended(server, LONG)
