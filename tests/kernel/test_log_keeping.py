"""The tree in the database: every look once, in order; states signed in time; never two that contradict."""

import json
import subprocess
import sys
from datetime import timedelta
from random import Random

import pytest
from django.db import DatabaseError, connection, transaction

from linli.kernel import log_keeping, looks
from linli.kernel.checkpoints import read_checkpoint
from linli.kernel.log_keeping import newest, published
from linli.kernel.log_key import NoLogKey, own_key, signer
from linli.kernel.log_proofs import growth, proof_of
from linli.kernel.looks import entry_of, sequence, sequence_if_due
from linli.kernel.merkle import (
    EMPTY,
    Frontier,
    Head,
    Place,
    extends,
    includes,
    leaf_hash,
    unpacked,
)
from linli.kernel.models import Checkpoint, LogHead, LogLeaf, LogNode, Look
from linli.kernel.note_keys import read_base64
from linli.kernel.notes import read_note, signed_by
from tests.architecture.source import ROOT
from tests.town.looks import looked, subject
from tests.town.races import at_once

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None
    settings.LOG_ORIGIN = "chengguan.example/log"


@pytest.fixture
def of(noon, transactional_db):
    return subject(noon)


def wait(of, at, count):
    return [looked(of, at) for _ in range(count)]


def sizes():
    return list(Checkpoint.objects.order_by("size").values_list("size", flat=True))


def leaves():
    return [
        bytes(leaf) for leaf in LogLeaf.objects.order_by("position").values_list("leaf", flat=True)
    ]


def heads():
    """Size and root of every checkpoint, each held against its signature."""
    notes = [read_note(one.note) for one in Checkpoint.objects.order_by("size")]
    assert all(signed_by(note, [own_key()]) for note in notes)
    return [read_checkpoint(note.text).head for note in notes]


def grown(entered):
    frontier = Frontier()
    for leaf in entered:
        frontier = frontier.append(leaf_hash(leaf)).frontier
    return frontier


def test_enters_looks_in_their_order(of, noon):
    rows = wait(of, noon, 5)

    assert sequence(noon) == 5
    assert sequence(noon) == 0

    assert leaves() == [bytes(row.leaf) for row in rows]
    assert list(Look.objects.order_by("id").values_list("position", flat=True)) == [0, 1, 2, 3, 4]


def test_goes_on_across_gaps_and_batches(of, noon, monkeypatch):
    """What was rolled back leaves gaps in the ids."""
    monkeypatch.setattr(looks, "_BATCH", 3)
    rows = wait(of, noon, 4)
    with transaction.atomic():
        wait(of, noon, 2)
        transaction.set_rollback(True)
    rows += wait(of, noon, 6)

    assert sequence(noon) == 10

    placed = Look.objects.order_by("id").values_list("position", flat=True)
    assert list(placed) == list(range(10))
    assert leaves() == [bytes(row.leaf) for row in rows]


def test_keeps_the_tree_that_the_leaves_make(of, noon):
    for count in (1, 6, 4, 11):
        wait(of, noon, count)
        sequence(noon)

    frontier = grown(leaves())
    assert unpacked(bytes(LogHead.objects.get().frontier)) == frontier
    complete = {
        (at.level, at.position): top
        for end in range(22)
        for at, top in grown(leaves()[:end]).append(leaf_hash(leaves()[end])).completed
        if at.level
    }
    kept = {(node.level, node.position): bytes(node.hash) for node in LogNode.objects.all()}
    assert kept == complete
    assert [head.root for head in heads()] == [grown(leaves()[:size]).root() for size in sizes()]


def test_begins_with_a_checkpoint_of_nothing(noon, transactional_db):
    assert sequence(noon) == 0

    assert heads() == [Head(0, EMPTY)]
    assert str(own_key()).startswith("chengguan.example/log+")
    assert published(newest()) == Checkpoint.objects.get().note


def test_signs_at_ten_entries(of, noon):
    sequence(noon)
    wait(of, noon, 9)
    sequence(noon + SECOND)
    assert sizes() == [0]

    wait(of, noon, 1)
    sequence(noon + SECOND)

    assert sizes() == [0, 10]
    assert heads()[-1] == Head(10, grown(leaves()).root())


def test_signs_after_ten_seconds(of, noon):
    sequence(noon)
    wait(of, noon, 1)
    sequence(noon + 9 * SECOND)
    assert sizes() == [0]

    sequence(noon + 10 * SECOND)
    sequence(noon + 99 * SECOND)  # nothing new: no new state to sign

    assert sizes() == [0, 1]


@pytest.mark.parametrize(
    ("waiting", "seconds", "entered"), [(0, 60, 0), (9, 9, 0), (10, 0, 10), (1, 10, 1)]
)
def test_does_nothing_before_it_is_due(
    of, noon, waiting, seconds, entered, django_assert_max_num_queries
):
    sequence(noon)
    wait(of, noon, waiting)

    with django_assert_max_num_queries(30 if entered else 2):
        assert sequence_if_due(noon + seconds * SECOND) == entered

    assert sizes() == ([0, waiting] if entered else [0])


def test_counts_what_is_entered_and_not_yet_signed(of, noon):
    sequence(noon)
    wait(of, noon, 6)
    sequence(noon)
    wait(of, noon, 4)

    assert sequence_if_due(noon) == 4
    assert sizes() == [0, 10]


def test_enters_and_signs_together_or_not_at_all(of, noon, monkeypatch):
    wait(of, noon, 3)

    def stopped(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(log_keeping, "sign_checkpoint", stopped)
        with pytest.raises(KeyboardInterrupt):
            sequence(noon)

    assert (leaves(), sizes(), LogNode.objects.count(), LogHead.objects.count()) == ([], [], 0, 0)
    assert Look.objects.filter(position=None).count() == 3
    assert sequence(noon) == 3


def test_enters_each_look_once_when_several_sequence_at_once(of, noon):
    rows = wait(of, noon, 60)
    sequence(noon)
    rows += wait(of, noon, 60)

    assert at_once(6, lambda number: sequence(noon + number * SECOND)) == []

    assert leaves() == [bytes(row.leaf) for row in rows]
    assert [head.root for head in heads()] == [
        grown(leaves()[: head.size]).root() for head in heads()
    ]


def test_goes_wrong_without_the_lock(of, noon, monkeypatch):
    """The control: two who read the same head enter the same looks, and only the database stops them."""
    sequence(noon)
    wait(of, noon, 5)
    stale = LogHead.objects.get()
    sequence(noon)
    monkeypatch.setattr(looks, "held_head", lambda: stale)
    wait(of, noon, 5)

    with pytest.raises(DatabaseError):
        sequence(noon)

    assert len(leaves()) == 5


def test_looks_while_others_sequence(of, noon):
    def act(number):
        for _ in range(10):
            looked(of, noon) if number else sequence(noon)

    assert at_once(4, act) == []
    sequence(noon)

    assert len(leaves()) == Look.objects.count() == 30
    assert sorted(Look.objects.values_list("position", flat=True)) == list(range(30))


def test_proves_every_entry_and_every_growth(of, noon):
    rows = []
    for count in (3, 10, 1, 12):
        rows += wait(of, noon, count)
        sequence(noon + len(rows) * 10 * SECOND)
    states = heads()
    assert [head.size for head in states] == [3, 13, 14, 26]

    for position, row in enumerate(rows):
        proof = proof_of(position)
        assert proof.leaf == bytes(row.leaf)
        assert includes(Place(position, *states[-1]), leaf_hash(proof.leaf), proof.hashes)
    for n, first in enumerate(states):
        for second in states[n:]:
            assert extends(first, second, growth(first.size, second.size))
    assert growth(0, 26) == ()


def test_proves_with_few_queries(of, noon, django_assert_max_num_queries):
    wait(of, noon, 200)
    sequence(noon)

    for position in Random(1).sample(range(200), 5):
        with django_assert_max_num_queries(5):
            proof_of(position)


@pytest.mark.parametrize("position", [-1, 3, 4, 10**12])
def test_proves_nothing_that_is_not_signed(of, noon, position):
    wait(of, noon, 3)
    sequence(noon)
    wait(of, noon, 2)
    sequence(noon + SECOND)

    assert proof_of(position) is None


def test_hands_the_person_an_entry_that_anybody_can_check(of, noon):
    row = wait(of, noon, 7)[4]
    assert entry_of(row, at=noon).proof is None
    sequence(noon)
    row.refresh_from_db()

    opened = entry_of(row, at=noon)

    told = opened.proof.told()
    place = Place(told["position"], told["size"], read_base64(told["root"]))
    proof = [read_base64(one) for one in told["proof"]]
    assert opened.entry.holds()
    assert json.loads(opened.entry.row)["look"] == row.code
    assert includes(place, leaf_hash(opened.entry.leaf), proof)
    assert told["checkpoint"] == newest().note


def test_keeps_its_name_whatever_the_settings_say_later(of, noon, settings):
    sequence(noon)
    settings.LOG_ORIGIN = "another.example/log"
    wait(of, noon, 1)

    sequence(noon + 10 * SECOND)

    assert own_key().name == "chengguan.example/log"
    assert [
        read_checkpoint(read_note(one.note).text).origin for one in Checkpoint.objects.all()
    ] == ["chengguan.example/log"] * 2


def test_signs_with_no_other_key_when_its_own_is_lost(of, noon, settings):
    sequence(noon)
    (settings.KEYS / "log.key").unlink()
    wait(of, noon, 10)

    with pytest.raises(NoLogKey):
        sequence(noon + SECOND)

    assert (sizes(), leaves(), own_key()) == ([0], [], None)
    assert looked(of, noon)  # looks go on, and wait


def test_keeps_its_key_to_itself(noon, settings, transactional_db):
    sequence(noon)

    kept = settings.KEYS / "log.key"
    assert kept.stat().st_mode & 0o077 == 0
    assert [path.name for path in settings.KEYS.glob("log.key*")] == ["log.key"]
    assert kept.read_text().strip() not in repr(signer(first=False))


def test_makes_one_key_when_several_begin_at_once(settings):
    made = []
    assert at_once(6, lambda number: made.append(signer(first=True).key)) == []

    assert len(set(made)) == 1


KILLED = """
import os, sys, django
django.setup()
from datetime import datetime, UTC
from linli.kernel import log_keeping, looks
at = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
def stop(*_):
    os.kill(os.getpid(), 9)
setattr(looks if sys.argv[1] in vars(looks) else log_keeping, sys.argv[1], stop)
looks.sequence(at)
"""


@pytest.mark.parametrize("moment", ["_place", "_count", "sign_checkpoint", "sign_if_due"])
def test_is_whole_after_a_kill_at_any_moment(of, noon, settings, moment, tmp_path):
    rows = wait(of, noon, 12)
    database = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        address = f"sqlite:///{connection.settings_dict['NAME']}"
    else:
        held = connection.settings_dict
        address = f"postgres://{held['USER']}@/{held['NAME']}?host={held['HOST'] or database['OPTIONS'].get('host', '')}"
    home = {"LINLI_HOME": str(settings.KEYS.parent), "DATABASE_URL": address, "PATH": ""}
    connection.close()

    ended = subprocess.run(
        [sys.executable, "-c", KILLED, moment],
        env=home | {"DJANGO_SETTINGS_MODULE": "linli.config.settings"},
        cwd=ROOT,
        check=False,
        capture_output=True,
    )

    assert ended.returncode == -9, ended.stderr.decode()
    assert (leaves(), sizes()) == ([], [])
    assert sequence(noon) == 12
    assert leaves() == [bytes(row.leaf) for row in rows]
    assert heads() == [Head(12, grown(leaves()).root())]
