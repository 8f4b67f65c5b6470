"""The files by which processes take turns."""

import os

from linli.kernel.checking.findings import State
from linli.kernel.checking.judging import key_files
from linli.kernel.turns import turn


def test_keeps_its_file_to_its_own_account(tmp_path):
    before = os.umask(0o022)
    try:
        with turn(tmp_path / "keys" / "subjects.lock"):
            pass
    finally:
        os.umask(before)

    made = [tmp_path / "keys", tmp_path / "keys" / "subjects.lock"]
    assert key_files(path.stat().st_mode for path in made).state == State.OK
