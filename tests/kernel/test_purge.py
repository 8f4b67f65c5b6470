"""`linli purge`: what is due is gone, from the files and from every backup, however often it is stopped."""

import importlib.machinery
import shutil
import sqlite3
import sys
import threading
import types
from contextlib import closing, nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.module_loading import module_has_submodule

from linli.kernel import keystore, purging, subjects, tasks
from linli.kernel.fields import seal, unseal
from linli.kernel.keystore import KeyStore
from linli.kernel.management.commands import purge as command
from linli.kernel.models import Subject
from linli.kernel.purging import Purge
from linli.kernel.sealing import Misplaced
from linli.kernel.subjects import Gone, key_of, new_subject
from linli.kernel.turns import turn
from tests.town import slips
from tests.town.contents import contents
from tests.town.races import at_once
from tests.town.slips import Slip

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """These tests are about keys: what else is purged has tests of its own."""
    for app in apps.get_app_configs():
        if app.name.startswith("linli.") and module_has_submodule(app.module, "tasks"):
            monkeypatch.setattr(f"{app.name}.tasks.PURGES", (), raising=False)
    monkeypatch.setattr(tasks, "PURGES", (Purge("keys", subjects.destroy_due),))


@pytest.fixture
def later(noon, monkeypatch):
    """The purge runs on the day on which `planted` is due."""
    monkeypatch.setattr(command, "now", lambda: noon + timedelta(days=30))
    return noon + timedelta(days=30)


@pytest.fixture
def table(transactional_db):
    with slips.table():
        yield


@pytest.fixture(autouse=True)
def _no_spare_keys(monkeypatch):
    monkeypatch.setattr(keystore, "_SOON", 0)  # keys are counted here


def planted(noon, days=30):
    day = noon.date() + timedelta(days=days)
    return new_subject(purpose="case", purge_on=day, at=noon)


def slip(noon, number, days=30):
    subject = planted(noon, days)
    row = Slip(code=f"SLIP-{number:04}", subject=subject.code, plain=f"CNRY-plain-{number}")
    seal(row, key_of(subject, at=noon), words=f"CNRY-words-{number}")
    row.save()
    return row


def purged(capsys):
    capsys.readouterr()
    call_command("purge")
    return capsys.readouterr().out


def living():
    return keystore.store().alive("", 10_000)


def marked():
    return Subject.objects.exclude(destroyed_on=None).count()


def remove_slips(at):
    gone = Subject.objects.exclude(destroyed_on=None).values("code")
    return Slip.objects.filter(subject__in=gone).delete()[0]


def test_destroys_what_is_due_and_says_how_many(noon, later, capsys):
    for days in (29, 30, 31):
        planted(noon, days)

    assert purged(capsys) == "keys: 2\n"

    kept = list(Subject.objects.order_by("purge_on").values_list("destroyed_on", flat=True))
    assert kept == [later.date(), later.date(), None]
    assert len(living()) == 1


def test_does_nothing_a_second_time(noon, later, capsys):
    planted(noon)

    assert [purged(capsys), purged(capsys)] == ["keys: 1\n", "keys: 0\n"]


def test_goes_through_any_number_in_batches(noon, later, capsys, monkeypatch):
    monkeypatch.setattr(subjects, "_BATCH", 2)
    for days in (29, 30, 31, 30, 29, 30, 31):
        planted(noon, days)

    assert purged(capsys) == "keys: 5\n"
    assert (len(living()), marked()) == (2, 5)


@pytest.mark.usefixtures("table")
def test_asks_every_engine_for_what_it_removes(noon, later, capsys, monkeypatch):
    slip(noon, 1)
    kept = slip(noon, 2, days=31)
    planned = types.ModuleType("linli.directory.tasks")
    planned.__spec__ = importlib.machinery.ModuleSpec("linli.directory.tasks", None)
    planned.PURGES = (Purge("slips", remove_slips),)
    monkeypatch.setitem(sys.modules, "linli.directory.tasks", planned)

    assert purged(capsys) == "keys: 1\nslips: 1\n"
    assert list(Slip.objects.values_list("code", flat=True)) == [kept.code]


def test_declares_the_kernels_own_first():
    assert next(purging.declared()) == Purge("keys", subjects.destroy_due)


def test_goes_on_when_one_engine_fails_and_does_not_quote_it(noon, later, capsys, monkeypatch):
    planted(noon)

    def fail(at):
        raise ValueError("CNRY-13800000000")

    said = (Purge("broken", fail), *tasks.PURGES, Purge("counted", lambda at: 7))
    monkeypatch.setattr(tasks, "PURGES", said)

    with pytest.raises(CommandError, match="Failed: broken"):
        call_command("purge")

    shown = capsys.readouterr()
    assert shown.out == "keys: 1\ncounted: 7\n"
    assert "broken: ValueError" in shown.err
    assert "CNRY" not in shown.err
    assert living() == []


def files_of_the_database():
    name = Path(connection.settings_dict["NAME"])
    return [path for path in name.parent.glob(f"{name.name}*") if path.is_file()]


def found(needle, files):
    return [path.name for path in files if needle in contents(path)]


def only_sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its own files: what they hold of persons is sealed")


@pytest.mark.usefixtures("table")
def test_leaves_no_canary_in_the_files(noon, later, settings, capsys, monkeypatch):
    only_sqlite()
    monkeypatch.setattr(tasks, "PURGES", (*tasks.PURGES, Purge("slips", remove_slips)))
    rows = [slip(noon, number, days=30 + number % 2) for number in range(200)]
    due, kept = rows[0], rows[1]
    with closing(sqlite3.connect(settings.KEYS / "subjects.sqlite3")) as file:
        ask = "SELECT wrapped FROM keys WHERE code = ?"
        wrapped = file.execute(ask, (due.subject,)).fetchone()[0]
    needles = [b"CNRY-plain-0", bytes(due.words), wrapped]

    # The control: removed by SQL alone, they are in the files still.
    keystore.store().destroy([due.subject])
    connection.cursor().execute("PRAGMA secure_delete = OFF")
    Slip.objects.filter(pk=due.pk).delete()
    everywhere = [*files_of_the_database(), *settings.KEYS.iterdir()]
    assert all(found(needle, everywhere) for needle in needles)
    assert found(b"CNRY-words", everywhere) == []  # sealed from the first moment

    assert purged(capsys) == "keys: 99\nslips: 99\n"

    everywhere = [*files_of_the_database(), *settings.KEYS.iterdir()]
    assert [found(needle, everywhere) for needle in needles] == [[], [], []]
    assert found(kept.plain.encode(), everywhere)  # what is not due is there
    assert [p.stat().st_size for p in everywhere if p.name.endswith("-wal")] == [0, 0]


def dump():
    """Every row as a backup holds it."""
    return serializers.serialize("json", [*Subject.objects.all(), *Slip.objects.all()])


def opened(slips_of_dump, keys):
    """Return what somebody opens who has a dump, this key store and all the time they want."""
    told = []
    for row in slips_of_dump:
        try:
            key = keys.key(row.subject)
            told += [] if key is None else [unseal(row, key, "words")]
        except Misplaced:
            pass
    return told


@pytest.mark.usefixtures("table")
def test_makes_a_dump_from_before_unreadable(noon, later, settings, tmp_path, capsys):
    slip(noon, 1)
    slip(noon, 2, days=31)
    backup, from_before = dump(), list(Slip.objects.order_by("pk"))
    keystore.store().scrub()
    shutil.copytree(settings.KEYS, tmp_path / "copied")
    assert "CNRY-words" not in backup
    assert opened(from_before, keystore.store()) == ["CNRY-words-1", "CNRY-words-2"]

    purged(capsys)

    assert opened(from_before, keystore.store()) == ["CNRY-words-2"]
    # Why the keys are in no dump: whoever kept them with it reads it for ever,
    master = settings.KEYS / "master.json"
    assert opened(from_before, KeyStore(tmp_path / "copied", master)) == ["CNRY-words-1", "CNRY-words-2"]  # fmt: skip
    # until the master key changes.
    call_command("rotate_keys")
    assert opened(from_before, KeyStore(tmp_path / "copied", master)) == []
    assert opened(from_before, keystore.store()) == ["CNRY-words-2"]


@pytest.mark.usefixtures("table")
def test_makes_a_copied_database_file_unreadable(noon, later, settings, tmp_path, capsys):
    only_sqlite()
    slip(noon, 1)
    connection.ensure_connection()
    with closing(sqlite3.connect(tmp_path / "backup.sqlite3")) as backup:
        connection.connection.backup(backup)

    purged(capsys)

    with closing(sqlite3.connect(tmp_path / "backup.sqlite3")) as backup:
        code, subject, words = backup.execute(
            "SELECT code, subject, words FROM tests_slip"
        ).fetchone()
        told = backup.execute("SELECT code, destroyed_on FROM kernel_subject").fetchone()
    restored = Slip(code=code, subject=subject, words=words)
    assert told == (subject, None)  # the backup believes that the subject lives
    assert opened([restored], keystore.store()) == []
    with pytest.raises(Gone):
        key_of(Subject(code=subject, purge_on=later.date() + timedelta(days=9)), at=noon)


def test_destroys_again_what_a_restored_key_store_brings_back(noon, settings, tmp_path, capsys):
    subject = planted(noon, days=4000)
    keystore.store().scrub()
    shutil.copytree(settings.KEYS, tmp_path / "copied")
    subjects.destroy(subject=subject, at=noon)
    assert living() == []

    settings.KEYS = tmp_path / "copied"
    assert living() == [subject.code]
    assert purged(capsys) == "keys: 1\n"
    assert living() == []


def both(monkeypatch, count):
    """Purge twice at once, each having seen all that is due; return the sum of what they count."""
    seen, counts, real = threading.Barrier(2, timeout=20), [], subjects._destroy

    def destroy(codes, today):
        seen.wait()
        return real(codes, today)

    monkeypatch.setattr(subjects, "_destroy", destroy)
    monkeypatch.setattr(command, "turn", lambda path: nullcontext())
    monkeypatch.setattr(command, "scrub", lambda: True)
    monkeypatch.setattr(command.Command, "_run", lambda self, purge, at: counts.append(purge.run(at)) or True)  # fmt: skip
    assert at_once(2, lambda number: call_command("purge")) == []
    assert (living(), marked()) == ([], count)
    return sum(counts)


def test_counts_each_key_once_when_two_purge_at_once(noon, later, monkeypatch):
    for _ in range(20):
        planted(noon)

    assert both(monkeypatch, 20) == 20


def test_would_count_twice_without_the_condition(noon, later, monkeypatch):
    for _ in range(20):
        planted(noon)
    monkeypatch.setattr(
        keystore, "_DESTROY", "UPDATE keys SET wrapped = NULL, master = NULL WHERE "
    )

    assert both(monkeypatch, 20) > 20


def test_runs_whole_when_two_purge_at_once(noon, later, capsys):
    for _ in range(20):
        planted(noon)
    capsys.readouterr()

    assert at_once(2, lambda number: call_command("purge")) == []

    assert sorted(capsys.readouterr().out.split("\n")) == ["", "keys: 0", "keys: 20"]
    assert (living(), marked()) == ([], 20)


def test_waits_for_its_turn(noon, later, settings):
    planted(noon)

    def run():
        call_command("purge")
        connection.close()

    other = threading.Thread(target=run)
    with turn(settings.KEYS / "purge.lock"):
        other.start()
        other.join(timeout=0.5)
        assert other.is_alive()
        assert len(living()) == 1
    other.join()
    assert living() == []


class Killed(BaseException):
    """The process ends here."""


STEPS = {
    "before anything": (command, "declared"),
    "before the keys": (KeyStore, "destroy"),
    "between keys and rows": (Subject.objects.__class__, "filter"),
    "before the stray keys": (KeyStore, "destroy_due"),
    "before the files": (command, "scrub"),
    "before the key store's file": (KeyStore, "scrub"),
}


@pytest.mark.parametrize("step", STEPS)
def test_is_resumed_after_a_kill_at_any_step(noon, later, settings, capsys, monkeypatch, step):
    for days in (30, 30, 30, 31):
        planted(noon, days)
    where, name = STEPS[step]
    real = getattr(where, name)

    def kill(*args, **kwargs):
        if name == "filter" and "code__in" not in kwargs:
            return real(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(where, name, kill)
        with pytest.raises(Killed):
            call_command("purge")
    assert (
        marked() <= 3 - len(living()) + 1
    )  # never a row that says "destroyed" of a key that lives

    purged(capsys)

    assert (len(living()), marked()) == (1, 3)
    assert (settings.KEYS / "subjects.sqlite3-wal").stat().st_size == 0


def test_says_when_a_reader_keeps_the_file_open(noon, later):
    only_sqlite()
    planted(noon)
    connection.cursor().execute("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM kernel_subject").fetchall()

        with pytest.raises(CommandError, match="run the purge again"):
            call_command("purge")
        assert living() == []

    call_command("purge")
    connection.close()
