"""A disk that is full (R6): whoever asks is refused with 503 and nothing is half done; reading goes on; when there
is room again, asking goes on, without a repair.
"""

import json
import os
import shutil
import subprocess
from contextlib import ExitStack
from http.client import HTTPException
from uuid import uuid4

import pytest

from tests.faults.server import Sent, copied, count, faults_of

SIZE = "24m"


@pytest.fixture
def small(tmp_path):
    """A disk of its own, as small as a town's first hour."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    if (
        os.geteuid()
        or not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("only root may make a small disk: that a full one refuses was not tried")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder):
    """Leave no byte free; return what takes the room."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue
    return filler


def asked(server):
    one = Sent(str(uuid4()), len(server.sent))
    server.sent.append(one)
    return server.send(one)


def test_refuses_when_the_disk_is_full_and_goes_on_when_it_is_not(prepared, small):
    with ExitStack() as stack:
        server = stack.enter_context(copied(prepared, small / "home"))
        server.start()
        assert [asked(server) for _ in range(5)] == [201] * 5
        taken = [one for one in server.sent if one.code]
        filler = fill(small)

        answers = {asked(server) for _ in range(60)}
        assert 503 in answers
        assert answers <= {201, 503}  # what there was room for in the files was taken
        status, body = server.ask(
            "POST",
            "/api/cases",
            {"words": "路灯"},
            **server.key,
            **{"Idempotency-Key": str(uuid4())},
        )
        assert (status, json.loads(body)["code"]) == (503, "no_room")
        assert server.ask("GET", "/api/desk/cases", **server.key)[0] == 200
        assert server.lost() == []
        assert server.open(taken[0].code) in {200, 503}  # a look that finds no room shows nothing

        filler.unlink()
        assert server.send(next(one for one in server.sent if not one.code)) == 201
        assert asked(server) == 201
        assert server.lost() == []
        server.kill()
        assert faults_of(server.home) == {}
        assert count(server.home, "cases_case") == server.taken > len(taken)


def test_control_takes_everything_while_there_is_room(prepared, small):
    with copied(prepared, small / "home") as server:
        server.start()

        assert {asked(server) for _ in range(60)} == {201}
        server.kill()
        with pytest.raises((OSError, HTTPException)):
            asked(server)
