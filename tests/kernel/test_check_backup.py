"""A backup is one only when it was put back: made while the house works, tried out, restored; never a key in it."""

import io
import os
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from linli.kernel import files
from linli.kernel.backups import archive
from linli.kernel.backups.key_copy import fingerprint_of_master, open_keys, seal_keys
from linli.kernel.backups.record import record
from linli.kernel.keystore import KeyStore
from linli.kernel.looks import sequence
from linli.kernel.refusals import Refused
from tests.architecture.source import ROOT
from tests.town import directory
from tests.town.looks import looked, subject

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
PASSPHRASE = "eight green lanterns at noon"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    settings.HOME = tmp_path / "home"
    settings.KEYS, settings.MEDIA_ROOT = settings.HOME / "keys", settings.HOME / "files"
    settings.MASTER_KEY_FILE = None


@pytest.fixture
def lived():
    """A house with a unit, a file, and looks in its log."""
    directory.unit()
    files.keep(b"a photo drawn anew")
    of = subject(NOON)
    for _ in range(5):
        looked(of, NOON)
    sequence(NOON + timedelta(minutes=1))


def ran(*given):
    out = io.StringIO()
    call_command(*given, stdout=out)
    return out.getvalue()


def rebuilt(path, change):
    """Write the backup anew with one thing changed; every digest stands as it was."""
    with archive.opened(path) as (_contents, aside):
        change(aside)
        with tarfile.open(path, "w") as packed:
            for one in sorted(aside.rglob("*")):
                if one.is_file():
                    packed.add(one, one.relative_to(aside).as_posix())


def test_puts_back_what_it_took_and_compares(lived, tmp_path):
    said = ran("backup", str(tmp_path / "there"), "--drill")

    [path] = (tmp_path / "there").iterdir()
    done = archive.tried(path)
    assert (done.wrong, done.contents.counted.log_size) == ([], 5)
    assert done.contents.counted.rows["directory_unit"] == 1
    assert path.stat().st_mode & 0o777 == 0o600
    assert "5 entries of the look log" in said
    assert (record().wrong, bool(record().made_at), bool(record().tried_at)) == ([], True, True)
    with connection.cursor() as cursor:
        assert not [
            name for name in connection.introspection.table_names(cursor) if "drill" in name
        ]


def test_holds_no_key(lived, settings, tmp_path):
    kept = [path for path in Path(settings.KEYS).rglob("*") if path.is_file()]
    assert {"subjects.sqlite3", "master.json", "log.key"} <= {path.name for path in kept}

    path = archive.make(tmp_path / "there", at=NOON)

    whole = path.read_bytes()
    with tarfile.open(path) as packed:
        assert not [name for name in packed.getnames() if "key" in name or "master" in name]
    for one in kept:
        if one.name in {"master.json", "log.key"}:
            assert one.read_bytes().strip() not in whole


def test_finds_a_backup_that_is_not_what_it_says(lived, tmp_path):
    """The controls: a file changed, a row lost, a leaf of the log altered, half a file, none at all."""
    path = archive.make(tmp_path / "there", at=NOON)

    def file_changed(aside):
        next((aside / "files").rglob("*/*")).write_bytes(b"other")

    rebuilt(path, file_changed)
    assert [name.partition("/")[0] for name in archive.tried(path).wrong] == ["files"]

    if connection.vendor == "sqlite":
        path = archive.make(tmp_path / "there", at=NOON + timedelta(seconds=1))

        def leaf_altered(aside):
            with closing(sqlite3.connect(aside / "database.sqlite3")) as copy, copy:
                for (name,) in copy.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'trigger'"
                ).fetchall():
                    copy.execute(f"DROP TRIGGER {name}")
                copy.execute("UPDATE kernel_logleaf SET leaf = ? WHERE position = 2", (b"x" * 32,))
                copy.execute("DELETE FROM kernel_checkpoint WHERE size = 5")

        rebuilt(path, leaf_altered)
        assert archive.tried(path).wrong == ["database.sqlite3", "kernel_checkpoint", "look log"]

    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(archive.Damaged):
        archive.tried(path)
    with pytest.raises(CommandError):
        ran("restore", str(path), "--check")


def test_puts_nothing_over_a_house_that_holds_something(lived, tmp_path):
    path = archive.make(tmp_path / "there", at=NOON)

    with pytest.raises(CommandError):
        ran("restore", str(path))
    assert "whole:" in ran("restore", str(path), "--check")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="here an empty house is a folder")
def test_restores_into_an_empty_house(lived, settings, tmp_path):
    path = archive.make(tmp_path / "there", at=NOON)
    there = tmp_path / "new"
    env = {"LINLI_HOME": str(there), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}

    done = subprocess.run(
        [sys.executable, "-m", "linli", "restore", str(path)],
        env=env, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(there / "linli.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM kernel_logleaf").fetchone() == (5,)
    kept = files.digest_of(b"a photo drawn anew")
    assert (there / "files" / kept[:2] / kept).read_bytes() == b"a photo drawn anew"
    assert not list((there / "keys").glob("*.key"))


def test_copies_the_keys_sealed_and_apart(lived, settings, tmp_path):
    of = subject(NOON)
    to = tmp_path / "safe" / "keys.sealed"
    to.parent.mkdir()

    names = seal_keys(to, PASSPHRASE)
    assert "subjects.sqlite3" in names
    assert "master.json" not in names
    assert of.code.encode() not in to.read_bytes()

    master = Path(settings.KEYS) / "master.json"
    settings.KEYS = tmp_path / "again"
    with pytest.raises(Refused) as wrong:
        open_keys(to, "another passphrase of length")
    assert wrong.value.code == "wrong_passphrase"
    assert not Path(settings.KEYS).exists()
    open_keys(to, PASSPHRASE)
    assert KeyStore(settings.KEYS, master).key(of.code) is not None
    with pytest.raises(Refused) as there:
        open_keys(to, PASSPHRASE)
    assert there.value.code == "keys_there"


def test_keeps_keys_never_beside_data(lived, settings, tmp_path):
    path = archive.make(tmp_path / "there", at=NOON)
    for to in path.parent / "keys.sealed", Path(settings.HOME) / "keys.sealed":
        with pytest.raises(Refused) as refused:
            seal_keys(to, PASSPHRASE)
        assert refused.value.code == "beside_data"
        assert not to.exists()
    with pytest.raises(Refused) as short:
        seal_keys(tmp_path / "keys.sealed", "short")
    assert short.value.code == "short_passphrase"


def test_confirms_that_just_this_master_key_is_kept(lived):
    ran("backup", "--master-key-kept")
    confirmed = record().master
    ran("rotate_keys")

    assert confirmed
    assert fingerprint_of_master() not in {"", confirmed}
