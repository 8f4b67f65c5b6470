"""Tampering with the log in its database, past every trigger: what the exported file then shows (P12, P7)."""

from datetime import timedelta
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from linli.kernel import exporting, log_export
from linli.kernel.log_audit import Keys, read_keys, verify
from linli.kernel.log_export import lines
from linli.kernel.log_keeping import newest, published
from linli.kernel.log_key import own_key
from linli.kernel.log_proofs import proof_of
from linli.kernel.looks import entry_of, looks_of, purge_looks, sequence
from linli.kernel.merkle import Place, includes, leaf_hash
from linli.kernel.models import Checkpoint, LogLeaf, Look
from linli.kernel.note_keys import read_base64
from linli.kernel.subjects import Gone, destroy
from linli.kernel.verify_log import main
from linli.kernel.witnesses import ask_witnesses
from tests.town.looks import looked, subject, witness
from tests.town.tampering import NEED_A_WITNESS, NOTICED_ALONE, past_the_triggers
from tools import sweeps

SECOND = timedelta(seconds=1)
ROUNDS = sweeps.rounds(12, 3)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None
    settings.LOG_ORIGIN = "chengguan.example/log"


@pytest.fixture
def court(noon, settings, tmp_path):
    """A witness of the log, named in the settings."""
    sequence(noon)
    with witness(tmp_path / "court", own_key()) as (watcher, named):
        settings.WITNESSES = [named]
        yield watcher.signer.key


@pytest.fixture
def log(noon, court):
    """Forty looks at eight subjects, a checkpoint every ten, the second and the last cosigned."""
    people = [subject(noon) for _ in range(8)]
    for n in range(40):
        looked(people[n % 8], noon)
        if n % 10 == 9:
            sequence(noon + n * SECOND)
        if n in {19, 39}:
            ask_witnesses()
    return people


def codes(keys, seen=()):
    return {fault.code for fault in verify(lines(), keys, seen=seen).faults}


def tampered(attack, read):
    """What is read after each of many attacks, each undone."""
    said = []
    for seed in ROUNDS:
        with transaction.atomic():
            with past_the_triggers():
                attack(Random(seed))
            said.append(read())
            transaction.set_rollback(True)
    return said


def test_finds_the_honest_log_sound(log, court):
    findings = verify(lines(), Keys((own_key(),), (court,)))

    assert findings.sound
    assert (findings.head.size, findings.checkpoints, findings.rows) == (40, 5, 0)


@pytest.mark.parametrize("attack", [*NOTICED_ALONE, *NEED_A_WITNESS])
def test_notices_every_attack_with_a_witness(log, court, attack):
    keys = Keys((own_key(),), (court,))

    assert [seen for seen in tampered(attack, lambda: codes(keys)) if not seen] == []


@pytest.mark.parametrize("attack", NOTICED_ALONE)
def test_notices_what_the_signature_alone_can_show(log, attack):
    keys = Keys((own_key(),))

    assert [seen for seen in tampered(attack, lambda: codes(keys)) if not seen] == []


@pytest.mark.parametrize("attack", NEED_A_WITNESS)
def test_cannot_notice_what_is_signed_anew_without_a_witness(log, attack):
    """The control: were this to fail, the tests above would show nothing about witnesses."""
    keys = Keys((own_key(),))

    assert tampered(attack, lambda: codes(keys)) == [set()] * len(ROUNDS)


@pytest.mark.parametrize("attack", NEED_A_WITNESS)
def test_notices_a_new_signature_by_a_photograph_of_the_page(log, attack):
    keys, photograph = Keys((own_key(),)), Checkpoint.objects.get(size=40).note

    assert [seen for seen in tampered(attack, lambda: codes(keys, [photograph])) if not seen] == []


@pytest.mark.parametrize("attack", NEED_A_WITNESS)
def test_gets_no_cosignature_for_a_rewritten_log(log, noon, attack):
    """The keeper goes on after it: the witness, who remembers, signs nothing more."""

    def went_on():
        for _ in range(10):
            looked(log[0], noon)
        sequence(noon + 99 * SECOND)
        return ask_witnesses(), newest().cosignatures.count()

    assert tampered(attack, went_on) == [(0, 0)] * len(ROUNDS)


@pytest.mark.parametrize("attack", [*NOTICED_ALONE, *NEED_A_WITNESS])
def test_stops_each_attack_at_the_triggers(log, attack):
    """The control of `past_the_triggers`: without it the database itself says no."""
    before = list(lines())

    with pytest.raises(DatabaseError), transaction.atomic():
        attack(Random(1))

    assert list(lines()) == before


def test_shows_the_person_a_row_that_was_altered(log, noon):
    with past_the_triggers():
        Look.objects.filter(position=8).update(by_unit="另一个单位")

    held = {row.position: entry_of(row, at=noon).entry.holds() for row in looks_of(log[0])}

    assert held == {0: True, 8: False, 16: True, 24: True, 32: True}


def test_proves_every_entry_after_fifty_subjects_are_gone(noon, court):
    people = [subject(noon) for _ in range(60)]
    for n in range(180):
        looked(people[n % 60], noon, about=f"CNRY-{n % 60:04}")
    sequence(noon + SECOND)
    rows = {row.position: entry_of(row, at=noon) for row in Look.objects.all()}
    for person in people[:50]:
        destroy(subject=person, at=noon)
    assert purge_looks(noon + SECOND) == 150
    ask_witnesses()

    assert {row.about for row in Look.objects.all()} == {f"CNRY-{n:04}" for n in range(50, 60)}
    assert verify(lines(), Keys((own_key(),), (court,))).sound
    for position, opened in rows.items():
        told = proof_of(position).told()
        place = Place(position, told["size"], read_base64(told["root"]))
        leaf = leaf_hash(opened.entry.leaf)
        assert includes(place, leaf, [read_base64(one) for one in told["proof"]])
    with pytest.raises(Gone):
        looked(people[0], noon)
    assert LogLeaf.objects.count() == 180


# The command, and the file.


def test_exports_what_the_verifier_takes(log, court, tmp_path, capsys):
    folder = tmp_path / "given" / "out"

    call_command("export", "log", folder)

    names = ["looks.jsonl", "checkpoint.txt", "log.vkey"]
    assert capsys.readouterr().out.split() == [str(folder / name) for name in names]
    assert (folder / "checkpoint.txt").read_text() == published(newest())
    words = ["--key", (folder / "log.vkey").read_text(), "--witness", str(court)]
    seen = ["--seen", str(folder / "checkpoint.txt")]
    assert main([str(folder / "looks.jsonl"), *words, *seen]) == 0
    assert "cosigned all 40 entries" in capsys.readouterr().out


def test_exports_no_row_and_no_key(log, tmp_path):
    text = "".join(lines())

    assert text.count('{"leaf":') == 40
    assert '"row"' not in text
    assert '"key"' not in text
    assert "民族宗教事务局" not in text


def test_exports_in_batches_what_it_exports_at_once(log, monkeypatch):
    whole = list(lines())
    for size in (1, 3, 10, 40):
        monkeypatch.setattr(log_export, "_BATCH", size)
        assert list(lines()) == whole


def test_exports_up_to_the_newest_checkpoint(log, noon, court):
    looked(log[0], noon)
    sequence(noon + 40 * SECOND)
    assert LogLeaf.objects.count() == 41

    assert verify(lines(), Keys((own_key(),), (court,))).head.size == 40


def test_exports_in_few_queries(log, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        list(lines())


def test_has_nothing_to_export_before_the_log_has_begun(tmp_path, settings):
    with pytest.raises(CommandError, match="not begun"):
        call_command("export", "log", tmp_path / "out")


def test_says_which_standards_there_are(tmp_path):
    with pytest.raises(CommandError, match=r"No such standard: xyz\. Known: .*log"):
        call_command("export", "xyz", tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_finds_what_an_engine_declares(tmp_path, monkeypatch):
    def write(folder, at):
        (folder / "a.txt").write_text(f"{at:%Y}")
        return [folder / "a.txt"]

    declared = [exporting.Export("planted", write)]
    monkeypatch.setattr("linli.facts.exchange.EXPORTS", declared, raising=False)

    call_command("export", "planted", tmp_path)

    assert (tmp_path / "a.txt").exists()
    # Two engines may write files of one standard; none is declared twice.
    assert len({one.write for one in exporting.declared()}) == len(list(exporting.declared()))


def test_reads_the_keys_that_it_publishes(log, court):
    assert read_keys([str(own_key())], [str(court)]) == Keys((own_key(),), (court,))
