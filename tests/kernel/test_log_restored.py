"""A database file put back from a backup: seen at once, no second history signed, a new log begun that says so."""

import io
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from linli.kernel.checkpoints import Checkpoint as State
from linli.kernel.checkpoints import sign_checkpoint
from linli.kernel.log_export import lines
from linli.kernel.log_keeping import newest
from linli.kernel.log_key import own_key, signer
from linli.kernel.log_past import last_signed, lost, pasts
from linli.kernel.log_renewal import begin_new_log
from linli.kernel.looks import sequence
from linli.kernel.models import Checkpoint
from linli.kernel.refusals import Refused
from linli.kernel.verify_log import main as verify_log
from tests.architecture.source import ROOT
from tests.town import tables
from tests.town.looks import looked, subject
from tests.town.races import at_once

OLD, NEW = "chengguan.example/log", "chengguan.example/log-2"
GROW = """
import sys
import django
django.setup()
from datetime import timedelta
from linli.kernel.clock import now
from linli.kernel.log_keeping import newest, published
from linli.kernel.looks import sequence
from tests.town.looks import looked, subject
at = now()
of = subject(at)
for _ in range(int(sys.argv[1])):
    looked(of, at)
sequence(at + timedelta(minutes=1))
sys.stdout.write(published(newest()))
"""


class House:
    """A house with a database in a file of its own, that is copied and put back."""

    def __init__(self, home):
        self.home = home
        kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
        self.env = kept | {
            "LINLI_HOME": str(home), "LINLI_LOG_ORIGIN": OLD, "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "linli.config.settings",
        }  # fmt: skip
        if not tables.copied(home / "linli.sqlite3"):
            self.linli("migrate", "--verbosity", "0")
        (self.file,) = home.glob("*.sqlite3")

    def run(self, *command):
        done = subprocess.run(
            [sys.executable, *command], env=self.env, cwd=ROOT, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    def linli(self, *command, fails=0):
        code, out, wrong = self.run("-m", "linli", *command)
        assert code == fails, wrong
        return out + wrong

    def grow(self, count):
        """Look so often; return the newest checkpoint."""
        code, note, wrong = self.run("-c", GROW, str(count))
        assert code == 0, wrong
        return note

    def copied(self, to):
        with closing(sqlite3.connect(self.file)) as here, closing(sqlite3.connect(to)) as there:
            here.backup(there)
        return to

    def put_back(self, backup):
        for beside in ("-wal", "-shm"):
            self.file.with_name(self.file.name + beside).unlink(missing_ok=True)
        shutil.copy(backup, self.file)

    def key(self):
        self.linli("export", "log", str(self.home))
        return (self.home / "log.vkey").read_text().strip()

    def exported(self, folder):
        self.linli("export", "log", str(folder))
        return folder / "looks.jsonl"


def size_of(note):
    return int(note.splitlines()[1])


def verified(file, capsys, *options):
    code = verify_log([str(file), *map(str, options)])
    return code, capsys.readouterr()


def put_back(house, folder):
    """Sign 20 entries, copy the file, sign 15 more, put the copy back; return both checkpoints."""
    first = house.grow(20)
    backup = house.copied(folder / "backup.sqlite3")
    last = house.grow(15)
    house.put_back(backup)
    assert [size_of(first), size_of(last)] == [20, 35]
    return first, last


def test_begins_a_new_log_after_a_file_was_put_back(tmp_path, capsys):
    house = House(tmp_path / "home")
    first, last = put_back(house, tmp_path)
    assert f"{OLD} signed 35 entries" in house.linli("new-log", fails=1)
    old = house.key()

    assert house.grow(15) == first  # what was entered since is kept, and not signed
    said = house.linli("new-log", "--origin", NEW)

    assert "begun with 36 entries" in said  # 20, 15 since, and the one that names the old log
    newest = house.grow(11)
    assert newest.splitlines()[:2] == [NEW, "47"]
    file = house.exported(tmp_path)
    new = (tmp_path / "log.vkey").read_text().strip()
    assert new.startswith(f"{NEW}+")
    seen = []
    for name, note in (("first", first), ("last", last), ("newest", newest)):
        (tmp_path / name).write_text(note)
        seen += ["--seen", tmp_path / name]
    code, told = verified(file, capsys, "--key", new, "--key", old, *seen)
    assert code == 0, told.out
    assert f"It goes on from {OLD}: entry 36 says that it signed 35." in told.out
    assert f"Checkpoints kept of {OLD} are states of this log (1)." in told.out
    assert "no state of this log (1)" in told.out


def test_signs_a_second_history_without_what_is_remembered(tmp_path, capsys):
    """The control: the guard gone, the same key signs another tree of 35 entries, and whoever looks sees it."""
    house = House(tmp_path / "home")
    _first, last = put_back(house, tmp_path)
    (house.home / "keys" / "log.signed").unlink()

    forked = house.grow(15)

    assert forked.splitlines()[:2] == last.splitlines()[:2]
    assert forked.splitlines()[2] != last.splitlines()[2]
    (tmp_path / "kept.txt").write_text(last)
    file = house.exported(tmp_path)
    key = (tmp_path / "log.vkey").read_text().strip()
    code, told = verified(file, capsys, "--key", key, "--seen", tmp_path / "kept.txt")
    assert code == 1
    assert "two different histories" in told.out.lower()


# The same in one database: what was signed last is one that it does not know


SECOND = timedelta(seconds=1)


@pytest.fixture
def log(noon, settings, tmp_path, transactional_db):
    """A log of 20 entries."""
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None
    settings.LOG_ORIGIN = OLD
    grow(noon, 20)


def grow(at, count):
    of = subject(at)
    for _ in range(count):
        looked(of, at)
    sequence(at)


def signed(size=35, root=b"r" * 32):
    key = signer(first=False)
    return str(sign_checkpoint(State(key.key.name, size, root), key))


@pytest.fixture
def behind(log, settings):
    """The log had signed 35 entries, and its database has the first 20."""
    note = signed()
    (settings.KEYS / "log.signed").write_text(note)
    return note


def sizes():
    return list(Checkpoint.objects.order_by("size").values_list("size", flat=True))


def export(folder):
    file = folder / "looks.jsonl"
    file.write_text("".join(lines()))
    return file


def test_remembers_what_it_signed(log, noon):
    assert last_signed() == newest().note
    grow(noon + SECOND, 10)

    assert last_signed() == newest().note
    assert (lost(), size_of(last_signed())) == (None, 30)


def test_remembers_the_longest_when_several_sign_at_once(log, noon):
    assert at_once(4, lambda number: grow(noon + number * SECOND, 10)) == []

    assert size_of(last_signed()) == max(sizes()) > 20


def test_signs_nothing_while_it_is_behind_and_enters_all_the_same(behind, noon):
    grow(noon + SECOND, 20)

    assert lost() == behind
    assert sizes() == [20]
    assert size_of(last_signed()) == 35


def test_is_behind_a_state_of_the_same_size_too(log, settings, noon):
    (settings.KEYS / "log.signed").write_text(signed(20))

    grow(noon + SECOND, 10)

    assert sizes() == [20]


def test_begins_no_new_log_while_the_old_one_stands(log, settings, noon):
    key = own_key()

    with pytest.raises(Refused) as refused:
        begin_new_log(at=noon, origin=NEW)

    assert refused.value.code == "log_stands"
    assert (own_key(), pasts(), sizes()) == (key, (), [20])


def test_gives_no_name_twice(behind, noon):
    with pytest.raises(Refused) as refused:
        begin_new_log(at=noon, origin=OLD)

    assert refused.value.code == "same_name"
    assert (own_key().name, pasts(), sizes()) == (OLD, (), [20])


def test_goes_by_what_somebody_has_kept_when_nothing_is_remembered(log, settings, noon):
    (settings.KEYS / "log.signed").unlink()
    stands, kept = newest().note, signed()
    forged = kept.replace("\n35\n", "\n99\n", 1)
    for seen, code in ((stands, "log_stands"), (forged, "not_ours"), ("nonsense", "not_ours")):
        with pytest.raises(Refused) as refused:
            begin_new_log(at=noon, origin=NEW, seen=seen)
        assert refused.value.code == code
        assert (own_key().name, sizes()) == (OLD, [20])

    assert begin_new_log(at=noon, origin=NEW, seen=kept).size == 21
    assert (own_key().name, pasts()[0].note) == (NEW, kept)


def test_goes_on_where_it_was_stopped(behind, settings, noon, monkeypatch):
    """The key was made and the transaction was lost: begun again, it is the same log."""

    def stopped(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("linli.kernel.log_renewal.partial", stopped)
        with pytest.raises(KeyboardInterrupt):
            begin_new_log(at=noon, origin=NEW)
    key, ended = own_key(), pasts()
    assert (key.name, len(ended), sizes(), lost()) == (NEW, 1, [20], behind)
    grow(noon + SECOND, 10)
    assert sizes() == [20]

    begin_new_log(at=noon, origin=NEW)

    assert (own_key(), pasts(), lost()) == (key, ended, None)
    assert sizes() == [20, 31]


def test_knows_a_new_log_that_was_not_remembered_yet(behind, settings, noon):
    begin_new_log(at=noon, origin=NEW)
    (settings.KEYS / "log.signed").write_text(behind)

    grow(noon + SECOND, 10)

    assert lost() is None
    assert sizes() == [20, 21, 31]


def test_is_put_back_twice(behind, settings, noon, tmp_path, capsys):
    begin_new_log(at=noon, origin=NEW)
    (settings.KEYS / "log.signed").write_text(signed(50))

    begin_new_log(at=noon, origin="chengguan.example/log-3")

    assert [one.state.origin for one in pasts()] == [OLD, NEW]
    assert [one.start for one in pasts()] == [20, 21]
    code, told = verified(export(tmp_path), capsys, "--key", own_key())
    assert code == 0, told.out
    assert f"It goes on from {NEW}: entry 22 says that it signed 50." in told.out


def test_says_less_to_who_has_no_key_of_the_old_log(behind, noon, tmp_path, capsys):
    begin_new_log(at=noon, origin=NEW)

    code, told = verified(export(tmp_path), capsys, "--key", own_key())

    assert code == 0, told.out
    assert f"That {OLD} signed the state named: name its key with --key too." in told.out
    assert f"What became of 15 entries or more of {OLD}" in told.out


@pytest.mark.parametrize("knows", [False, True])
def test_sees_that_another_state_is_named(behind, noon, tmp_path, capsys, knows):
    old = own_key()
    begin_new_log(at=noon, origin=NEW)
    file = export(tmp_path)
    file.write_text(file.read_text().replace("\\n35\\n", "\\n36\\n", 1))
    keys = ["--key", own_key(), *(["--key", old] if knows else [])]

    code, told = verified(file, capsys, *keys)

    if knows:
        assert (code, "has not signed the state" in told.err) == (2, True)
    else:
        assert (code, f"No entry names the log before it, {OLD}." in told.out) == (1, True)


def test_tells_on_the_command_line(behind, noon):
    with pytest.raises(CommandError, match=f"{OLD} signed 35 entries"):
        call_command("new_log")
    with translation.override("en"), pytest.raises(CommandError, match="bears this name already"):
        call_command("new_log", origin=OLD)
    said = io.StringIO()
    call_command("new_log", origin=NEW, stdout=said)
    assert str(own_key()) in said.getvalue()
    call_command("new_log", stdout=said)
    assert "knows everything" in said.getvalue()
