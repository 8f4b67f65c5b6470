"""The key store: a file of its own; a destroyed key never comes back, a living one is never lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import date

import pytest

from linli.kernel import keystore, master_key
from linli.kernel.keystore import KeyLost, KeyStore
from linli.kernel.master_key import NoMasterKey
from linli.kernel.sealing import Keyring, Misplaced, Place
from tests.town.races import at_once

DAY = date(2027, 1, 1)
HERE = Place("cases_case", "7K3M-92QD", "words")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "keys"


@pytest.fixture
def keys(folder):
    return KeyStore(folder, None)


def rotate(keys, batch=500):
    keys.begin_rotation()
    last, count = "", 0
    while codes := keys.rewrap(last, batch):
        last, count = codes[-1], count + len(codes)
    return count, keys.end_rotation()


def lines(folder):
    with closing(sqlite3.connect(folder / "subjects.sqlite3")) as file:
        return file.execute(
            "SELECT code, wrapped, master, purge_on FROM keys ORDER BY 1"
        ).fetchall()


def change(folder, *statements):
    with closing(sqlite3.connect(folder / "subjects.sqlite3", isolation_level=None)) as file:
        for statement in statements:
            file.execute(statement)


def ring(folder):
    return master_key.read(folder / "master.json")


def found(folder, needle):
    return [path.name for path in folder.iterdir() if needle in path.read_bytes()]


def test_keeps_a_key_that_others_find_again(folder, keys):
    keys.add("a", DAY)
    sealed = keys.key("a").seal("秘密", HERE)

    assert KeyStore(folder, None).key("a").open(sealed, HERE) == "秘密"


def test_is_readable_by_nobody_else(folder, keys):
    keys.add("a", DAY)

    assert folder.stat().st_mode & 0o777 == 0o700
    kept = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert {name for name, mode in kept.items() if mode & 0o077} == set()
    assert {"subjects.sqlite3", "subjects.sqlite3-wal", "master.json"} <= kept.keys()


def test_gives_every_subject_a_key_of_its_own(keys):
    keys.add("a", DAY)
    keys.add("b", DAY)

    with pytest.raises(Misplaced):
        keys.key("b").open(keys.key("a").seal("秘密", HERE), HERE)


def test_refuses_a_line_moved_to_another_subject(folder, keys):
    keys.add("a", DAY)
    keys.add("b", DAY)

    change(folder, "UPDATE keys SET wrapped = (SELECT wrapped FROM keys WHERE code = 'a') WHERE code = 'b'")  # fmt: skip

    assert keys.key("a")
    with pytest.raises(Misplaced):
        keys.key("b")


def test_destroys_once_and_only_what_was_named(keys):
    for code in ("a", "b", "c"):
        keys.add(code, DAY)

    assert keys.destroy(["a", "b", "unknown"]) == 2
    assert keys.destroy(["a", "b"]) == 0
    assert (keys.key("a"), keys.key("b")) == (None, None)
    assert keys.alive("", 10) == ["c"]


def test_destroys_what_is_due_by_its_own_day(keys):
    keys.add("a", date(2027, 1, 1))
    keys.add("b", date(2027, 1, 2))

    assert [keys.destroy_due(date(2026, 12, 31)), keys.destroy_due(DAY), keys.destroy_due(DAY)] == [0, 1, 0]  # fmt: skip
    assert keys.alive("", 10) == ["b"]


def test_tells_a_lost_key_from_a_destroyed_one(keys):
    with pytest.raises(KeyLost):
        keys.key("a")


FORBIDDEN = {
    "keys_destroyed": "UPDATE keys SET wrapped = x'00', master = 1 WHERE code = 'gone'",
    "keys_replaced": "INSERT OR REPLACE INTO keys VALUES ('gone', x'00', 1, '2027-01-01')",
    "keys_dated": "UPDATE keys SET purge_on = '2027-01-02' WHERE code = 'here'",
    "keys_removed": "DELETE FROM keys WHERE code = 'gone'",
}


@pytest.mark.parametrize("trigger", FORBIDDEN)
def test_never_lets_a_destroyed_key_come_back(folder, keys, trigger):
    keys.add("gone", DAY)
    keys.add("here", DAY)
    keys.destroy(["gone"])
    before = lines(folder)

    with pytest.raises(sqlite3.IntegrityError):
        change(folder, FORBIDDEN[trigger])
    assert lines(folder) == before

    # The control: it is the trigger that keeps it so.
    change(folder, f"DROP TRIGGER {trigger}", FORBIDDEN[trigger])
    assert lines(folder) != before


def test_leaves_no_trace_of_a_destroyed_key(folder, keys):
    for number in range(300):
        keys.add(f"s{number:03}", DAY)
    needles = [wrapped for _, wrapped, *_ in lines(folder)]

    keys.destroy([f"s{number:03}" for number in range(0, 300, 3)])
    left_before = [needle for needle in needles[::3] if found(folder, needle)]
    assert keys.scrub()

    assert len(left_before) == 100  # the control: destroying alone leaves them in the log
    assert [needle for needle in needles[::3] if found(folder, needle)] == []
    assert all(found(folder, needle) for needle in needles[1::3])
    assert (folder / "subjects.sqlite3-wal").stat().st_size == 0


def destroyed(folder, keys, secure_delete):
    """Destroy 300 keys, empty the log, and return those of which the file itself holds a trace."""
    keys._open.execute(f"PRAGMA secure_delete = {secure_delete}")
    codes = [f"s{number:03}" for number in range(300)]
    for code in codes:
        keys.add(code, DAY)
    needles = [wrapped[40:90] for _, wrapped, *_ in lines(folder)]
    keys.destroy(codes)
    keys._open.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return [needle for needle in needles if found(folder, needle)]


def test_leaves_no_trace_between_destroying_and_scrubbing(folder, keys):
    (as_opened,) = keys._open.execute("PRAGMA secure_delete").fetchone()

    assert destroyed(folder, keys, as_opened) == []


def test_scrubs_what_the_database_forgot_to_overwrite(folder, keys):
    """SQLite's own secure_delete overlooks a few keys in ten thousand, where pages were split."""
    traces = destroyed(folder, keys, "OFF")
    assert traces  # the control

    assert keys.scrub()

    assert [needle for needle in traces if found(folder, needle)] == []


def test_says_when_a_reader_keeps_it_from_scrubbing(folder, keys):
    keys.add("a", DAY)
    keys._open.execute("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(folder / "subjects.sqlite3", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM keys").fetchall()
        keys.destroy(["a"])

        assert keys.scrub() is False
    assert keys.scrub() is True


def test_makes_one_master_key_for_all_who_begin_at_once(folder):
    failures = at_once(8, lambda number: KeyStore(folder, None).add(f"s{number}", DAY))

    assert failures == []
    assert {master for _, _, master, _ in lines(folder)} == ring(folder).ids
    assert len(ring(folder).ids) == 1


def test_makes_one_key_for_each_who_asks_in_their_time(folder, keys, monkeypatch):
    monkeypatch.setattr(keystore, "_SOON", 0)

    made = [keys.fresh(DAY)[0] for _ in range(20)]

    assert sorted(made) == [code for code, *_ in lines(folder)]


def test_makes_many_keys_at_a_time_in_a_hurry_and_gives_each_once(folder, keys, monkeypatch):
    monkeypatch.setattr(keystore, "_SOON", 3600)
    made = {}

    def ask(number):
        for _ in range(10):
            code, key = keys.fresh(DAY)
            made.setdefault(code, []).append(key.seal(number, HERE))

    assert at_once(8, ask) == []

    assert len(made) == 80
    kept = lines(folder)
    assert len(kept) < 80 + keystore._AT_ONCE
    assert {when for *_, when in kept} == {DAY.isoformat()}
    for code, (sealed,) in made.items():
        assert keys.key(code).open(sealed, HERE) in range(8)


def test_keeps_spare_keys_of_each_day_apart_and_lets_them_go_on_it(folder, keys, monkeypatch):
    monkeypatch.setattr(keystore, "_SOON", 3600)
    later = date(2027, 6, 1)
    for _ in range(keystore._CALM + 1):
        keys.fresh(DAY)
    keys.fresh(later)

    days = {code: when for code, _, _, when in lines(folder)}
    assert days[keys.fresh(DAY)[0]] == DAY.isoformat()
    assert days[keys.fresh(later)[0]] == later.isoformat()

    keys.destroy_due(DAY)
    assert {when for _, wrapped, _, when in lines(folder) if wrapped} == {later.isoformat()}
    # Whoever asks for that day all the same, by a clock that is behind, is given a key that opens.
    assert keys.key(keys.fresh(DAY)[0]) is not None


def test_makes_no_new_master_key_when_the_old_one_is_missing(folder, keys):
    keys.add("a", DAY)
    (folder / "master.json").unlink()

    for deed in (lambda: keys.add("b", DAY), lambda: keys.key("a"), keys.begin_rotation):
        with pytest.raises(NoMasterKey, match="is missing"):
            deed()
    assert not (folder / "master.json").exists()


def test_makes_a_named_master_key_only_when_asked_to(folder, tmp_path):
    named = tmp_path / "safe" / "master.json"
    named.parent.mkdir()
    keys = KeyStore(folder, named)

    with pytest.raises(NoMasterKey):
        keys.add("a", DAY)
    assert not named.exists()

    rotate(keys)
    keys.add("a", DAY)
    assert keys.key("a")
    assert named.stat().st_mode & 0o777 == 0o600


def test_rotates_and_keeps_every_living_key(folder, keys):
    for number in range(25):
        keys.add(f"s{number:02}", DAY)
    keys.destroy(["s07"])
    sealed = keys.key("s03").seal("秘密", HERE)
    old = ring(folder)

    assert rotate(keys, batch=10) == (24, True)

    assert ring(folder).ids.isdisjoint(old.ids)
    assert KeyStore(folder, None).key("s03").open(sealed, HERE) == "秘密"
    assert keys.key("s07") is None
    assert {master for _, wrapped, master, _ in lines(folder) if wrapped} == ring(folder).ids


def test_keeps_the_old_master_key_until_all_is_done(folder, keys):
    for number in range(5):
        keys.add(f"s{number}", DAY)
    keys.begin_rotation()
    keys.rewrap("", 3)

    assert keys.end_rotation() is False
    assert len(ring(folder).ids) == 2
    assert all(keys.key(f"s{number}") for number in range(5))

    keys.begin_rotation()  # takes up what was begun: no third key
    assert len(ring(folder).ids) == 2
    assert rotate(keys) == (2, True)
    assert len(ring(folder).ids) == 1


KILLED = """
import os, sys
from pathlib import Path
from linli.kernel import keystore, master_key
keys, step = keystore.KeyStore(Path(sys.argv[1]), None), int(sys.argv[2])
count = 0
def dies(real):
    def call(*args, **kwargs):
        global count
        count += 1
        if count == step:
            os._exit(9)
        return real(*args, **kwargs)
    return call
os.fsync = dies(os.fsync)
os.replace = dies(os.replace)
keystore.Keyring.rewrap = dies(keystore.Keyring.rewrap)
keys.begin_rotation()
last = ""
while codes := keys.rewrap(last, 2):
    last = codes[-1]
keys.end_rotation()
os._exit(0)
"""


def test_takes_up_a_rotation_killed_at_any_step(folder, keys):
    sealed = {}
    for number in range(6):
        keys.add(f"s{number}", DAY)
        sealed[f"s{number}"] = keys.key(f"s{number}").seal(number, HERE)
    kept = folder.with_name("kept")
    keys.scrub()
    shutil.copytree(folder, kept)

    ends = []
    for step in range(1, 14):
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)
        said = subprocess.run(
            [sys.executable, "-c", KILLED, str(folder), str(step)],
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "linli.config.settings", "LINLI_HOME": str(kept.parent)},
            check=False,
        )  # fmt: skip
        ends.append(said.returncode)
        again = KeyStore(folder, None)
        assert all(
            again.key(code).open(value, HERE) == int(code[1]) for code, value in sealed.items()
        )
        assert rotate(again)[1] is True
        assert len(ring(folder).ids) == 1
        assert all(
            again.key(code).open(value, HERE) == int(code[1]) for code, value in sealed.items()
        )

    assert ends == [9] * 12 + [0]  # it was killed at each of its steps, and once at none


def test_loses_no_key_that_is_made_while_it_rotates(folder, keys):
    keys.add("first", DAY)
    done = threading.Event()

    def deed(number):
        if number == 0:
            for _ in range(6):
                rotate(keys)
            done.set()
            return
        while not done.is_set():
            code = f"{number}-{threading.get_ident()}-{os.urandom(4).hex()}"
            keys.add(code, DAY)
            assert keys.key(code)

    assert at_once(3, deed) == []
    made = keys.alive("", 100_000)
    assert len(made) > 6
    assert all(keys.key(code) for code in made)


def test_would_lose_one_if_the_master_key_were_read_before_the_lock(folder, keys, monkeypatch):
    keys.add("first", DAY)
    early = ring(folder)
    rotate(keys)
    monkeypatch.setattr(keystore.KeyStore, "_keyring", lambda *_, **__: early)

    keys.add("lost", DAY)

    with pytest.raises(Misplaced):
        keys.key("lost")


def test_opens_a_key_whose_master_key_retires_while_it_is_read(folder, keys, monkeypatch):
    keys.add("a", DAY)
    sealed = keys.key("a").seal("秘密", HERE)
    real = master_key.read

    def read(path):
        monkeypatch.setattr(master_key, "read", real)
        rotate(KeyStore(folder, None))
        return real(path)

    monkeypatch.setattr(master_key, "read", read)

    assert keys.key("a").open(sealed, HERE) == "秘密"


def test_makes_an_older_copy_useless_by_rotating(folder, keys):
    keys.add("a", DAY)
    keys.scrub()
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    keys.destroy(["a"])

    # The control, and the reason for rotating: a copy of the store outlives what the store destroys.
    assert KeyStore(copy, folder / "master.json").key("a")

    rotate(keys)
    with pytest.raises(Misplaced):
        KeyStore(copy, folder / "master.json").key("a")


def test_leaves_no_old_master_key_beside_the_new(folder, keys):
    keys.add("a", DAY)
    master_key.write(folder / "master.json", ring(folder))
    (folder / "master.json.new").write_text(Keyring.fresh().text)  # what a killed writer leaves

    rotate(keys)

    assert not (folder / "master.json.new").exists()


ANOTHER_PROCESS = """
import sys
from datetime import date
from pathlib import Path
from linli.kernel.keystore import KeyStore
KeyStore(Path(sys.argv[1]), None).add(sys.argv[2], date(2027, 1, 1))
"""


def known_after(folder, keys, disturb):
    """Let a second thread come, then another process come and go; return the codes that are really there."""
    keys.add("AAAA-AAAA", DAY)
    there, gone = threading.Event(), threading.Event()
    second = threading.Thread(
        target=lambda: (keys.key("AAAA-AAAA"), disturb(), there.set(), gone.wait())
    )
    second.start()
    there.wait()
    done = subprocess.run(
        [sys.executable, "-c", ANOTHER_PROCESS, str(folder), "BBBB-BBBB"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    try:
        keys.add("CCCC-CCCC", DAY)
        return [code for code, *_ in lines(folder)]
    except sqlite3.Error:
        return []  # the log under our connection was removed
    finally:
        gone.set()
        second.join()


def test_keeps_what_threads_and_processes_add_beside_each_other(folder, keys):
    known = known_after(folder, keys, disturb=lambda: None)

    assert known == ["AAAA-AAAA", "BBBB-BBBB", "CCCC-CCCC"]


def test_would_lose_keys_if_the_file_were_opened_beside_sqlite(folder, keys):
    def open_and_close():
        os.close(os.open(folder / "subjects.sqlite3", os.O_RDWR))

    known = known_after(folder, keys, disturb=open_and_close)

    assert known != ["AAAA-AAAA", "BBBB-BBBB", "CCCC-CCCC"]
