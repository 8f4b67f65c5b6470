"""Eight ways to tamper with a log, by whoever holds its key: what its signature alone shows, what a
witness shows, and (the control) what goes unseen without one.
"""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.__main__ import main as linli
from linli.kernel.checkpoints import Checkpoint, Request, cosign, sign_checkpoint, witness
from linli.kernel.log_audit import Keys, read_keys, verify
from linli.kernel.log_file import (
    Entry,
    Header,
    Signed,
    checkpoint_line,
    commitment,
    entry_line,
    header_line,
    read_line,
    row_key,
)
from linli.kernel.merkle import EMPTY, Frontier, Head, consistency_proof, leaf_hash
from linli.kernel.note_keys import Kind, Malformed, Signer, new_signer
from linli.kernel.notes import Note, signed
from linli.kernel.verify_log import main
from tests.architecture.source import ROOT

ORIGIN = "chengguan.example/looks"
EVERY = 5


def rows(size, word="read"):
    return [f'{{"n":{n},"what":"{word}"}}' for n in range(size)]


def entered(row):
    key = row_key(b"a subject's key", row)
    return Entry(commitment(key, row), row, key)


@dataclass
class Log:
    """A log with the key that its operator holds, and the state that an honest witness holds of it."""

    signer: Signer = field(default_factory=lambda: new_signer(ORIGIN, Kind.NOTE))
    watcher: Signer = field(default_factory=lambda: new_signer("court.example/w", Kind.COSIGNATURE))
    entries: list[Entry] = field(default_factory=list)
    notes: dict[int, Note] = field(default_factory=dict)
    frontier: Frontier = field(default_factory=Frontier)
    hashes: dict = field(default_factory=dict)
    held: Head = field(default_factory=lambda: Head(0, EMPTY))

    def append(self, *entries):
        for entry in entries:
            self.entries.append(entry)
            self.frontier, completed = self.frontier.append(leaf_hash(entry.leaf))
            self.hashes.update(completed)
            if len(self.entries) % EVERY == 0:
                self.checkpoint()
        return self

    def checkpoint(self):
        head = Head(self.frontier.size, self.frontier.root())
        note = sign_checkpoint(Checkpoint(ORIGIN, *head), self.signer)
        self.notes[head.size] = note
        return head, note

    def witnessed(self):
        """Let the witness cosign the last checkpoint, as the protocol demands: with proof."""
        head, note = self.checkpoint()
        proof = tuple(consistency_proof(self.held.size, head.size, self.hashes.__getitem__))
        at = 1_763_000_000 + head.size
        keys = [self.signer.key]
        line = witness(
            Request(self.held.size, proof, note), self.watcher, at, logs=keys, held=self.held
        )
        self.notes[head.size] = note._replace(signatures=(*note.signatures, line))
        self.held = head
        return self

    def lines(self, *, opened=False):
        yield header_line(ORIGIN)
        if note := self.notes.get(0):
            yield checkpoint_line(note)
        for size, entry in enumerate(self.entries, start=1):
            yield entry_line(entry if opened else Entry(entry.leaf))
            if note := self.notes.get(size):
                yield checkpoint_line(note)

    def rewritten(self, entries):
        """The operator's other version, signed with the log's own key."""
        return Log(self.signer, self.watcher).append(*entries)


@pytest.fixture(scope="module")
def log():
    """40 entries, a checkpoint every five, cosigned after 20 and at the end."""
    made = Log().append(*map(entered, rows(20))).witnessed()
    return made.append(*map(entered, rows(40)[20:])).witnessed()


def codes(lines, keys, seen=()):
    return {fault.code for fault in verify(lines, keys, seen=seen).faults}


def alone(log):
    return Keys(logs=(log.signer.key,))


def watched(log):
    return Keys(logs=(log.signer.key,), witnesses=(log.watcher.key,))


def places(lines, start):
    return [n for n, line in enumerate(lines) if line.startswith(start)]


# Attacks: from the lines of an honest file to those that the operator hands out.


def edit(log, lines, dice):
    lines[dice.choice(places(lines, '{"leaf'))] = entry_line(entered("edited"))


def delete(log, lines, dice):
    del lines[dice.choice(places(lines, '{"leaf'))]


def insert(log, lines, dice):
    # Anywhere above the last checkpoint: below it stands whatever is not yet signed.
    lines.insert(dice.randrange(1, len(lines)), entry_line(entered("inserted")))


def swap(log, lines, dice):
    one, other = dice.sample(places(lines, '{"leaf'), 2)
    lines[one], lines[other] = lines[other], lines[one]


def rechain(log, lines, dice):
    """Edit, then write every root anew under the old signatures."""
    edit(log, lines, dice)
    frontier = Frontier()
    for n, line in enumerate(map(read_line, lines)):
        if isinstance(line, Entry):
            frontier = frontier.append(leaf_hash(line.leaf)).frontier
        elif isinstance(line, Signed):
            _, _, signatures = line.note.rpartition("\n\n")
            text = Checkpoint(ORIGIN, frontier.size, frontier.root()).text()
            lines[n] = json.dumps(
                {"checkpoint": f"{text}\n{signatures}"}, ensure_ascii=False, separators=(",", ":")
            )


def truncate(log, lines, dice):
    """Drop entries from the end and leave the checkpoints."""
    gone = places(lines, '{"leaf')[-dice.randrange(1, 40) :]
    lines[:] = [line for n, line in enumerate(lines) if n not in gone]


def truncate_and_resign(log, lines, dice):
    """Keep less, sign a fresh end, and keep the witness's old words where they still fit."""
    size = dice.choice([n for n in range(1, 40) if n != 20])
    shorter = log.rewritten(log.entries[:size])
    shorter.checkpoint()
    shorter.notes.update({n: note for n, note in log.notes.items() if n < size})
    lines[:] = shorter.lines()


def split_view(log, lines, dice):
    """Show this reader a history of their own, fully signed, with the witness's words that still fit."""
    entries = list(log.entries)
    entries[dice.randrange(40)] = entered("for your eyes only")
    other = log.rewritten(entries)
    genuine = {note.text: note for note in log.notes.values()}
    other.notes = {n: genuine.get(note.text, note) for n, note in other.notes.items()}
    lines[:] = other.lines()


NOTICED_ALONE = [edit, delete, insert, swap, rechain, truncate]
NEEDS_A_WITNESS = [truncate_and_resign, split_view]
ROUNDS = 60


def tampered(log, attack, seed):
    lines = list(log.lines())
    attack(log, lines, Random(seed))
    assert lines != list(log.lines())
    return lines


@pytest.mark.parametrize("attack", [*NOTICED_ALONE, *NEEDS_A_WITNESS])
def test_notices_every_attack_with_a_witness(log, attack):
    unseen = [n for n in range(ROUNDS) if not codes(tampered(log, attack, n), watched(log))]

    assert unseen == []


@pytest.mark.parametrize("attack", NOTICED_ALONE)
def test_notices_what_the_signature_alone_can_show(log, attack):
    unseen = [n for n in range(ROUNDS) if not codes(tampered(log, attack, n), alone(log))]

    assert unseen == []


@pytest.mark.parametrize("attack", NEEDS_A_WITNESS)
def test_cannot_notice_what_the_keyholder_signs_anew_without_a_witness(log, attack):
    """The control: were this to fail, the tests above would show nothing about witnesses."""
    seen = [n for n in range(ROUNDS) if codes(tampered(log, attack, n), alone(log))]

    assert seen == []


@pytest.mark.parametrize("attack", [truncate_and_resign, split_view])
def test_notices_a_new_signature_by_a_checkpoint_that_somebody_kept(log, attack):
    """A photograph of the public page does what a witness does."""
    kept = [str(log.notes[40]._replace(signatures=log.notes[40].signatures[:1]))]
    unseen = [n for n in range(ROUNDS) if not codes(tampered(log, attack, n), alone(log), kept)]

    assert unseen == []


def test_finds_an_honest_log_sound(log):
    findings = verify(log.lines(), watched(log))

    assert findings.sound
    assert findings.head == log.held
    assert (findings.checkpoints, findings.rows, findings.seen) == (8, 0, 0)
    assert [(key, tuple(words)) for key, words in findings.witnessed] == [
        (log.watcher.key, (40, 1_763_000_040))
    ]


def test_rolls_back_unseen_to_an_old_cosigned_state_unless_the_witness_is_asked(log):
    """The file as it honestly was at 20 entries: only who knows of 40 can tell."""
    old = list(log.lines())[: 1 + 20 + 4]

    assert codes(old, watched(log)) == set()
    assert codes(old, watched(log), [str(log.notes[40])]) == {"cut_short"}


def test_names_the_fork_when_both_versions_are_shown(log):
    other = log.rewritten([entered("another"), *log.entries[1:]])

    found = codes(other.lines(), alone(log), [str(log.notes[40])])

    assert {"forked", "seen_differs"} <= found


def test_takes_the_witness_word_from_a_checkpoint_kept_elsewhere(log):
    bare = log.rewritten(log.entries)

    assert codes(bare.lines(), watched(log)) == {"end_unwitnessed"}
    assert codes(bare.lines(), watched(log), [str(log.notes[40])]) == set()


def test_says_which_part_is_as_signed(log):
    lines = list(log.lines())
    lines[places(lines, '{"leaf')[12]] = entry_line(entered("edited"))

    first = verify(lines, watched(log)).faults[0]

    assert (first.code, first.line) == ("root_differs", 1 + 15 + 3)
    assert "The first 10 are as signed." in first.sentence


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda lines: lines.append(entry_line(entered("new"))), "end_unsigned"),
        (lambda lines: lines.insert(3, header_line(ORIGIN)), "line_unreadable"),
        (lambda lines: lines.insert(3, "{}\n"), "line_unreadable"),
        (lambda lines: lines.insert(3, lines[3].replace('":"', '": "')), "line_unreadable"),
        (lambda lines: lines.append(lines[-1][:-9]), "line_unreadable"),
        (lambda lines: lines.append('{"checkpoint":"?"}\n'), "checkpoint_unreadable"),
        (lambda lines: lines.insert(8, lines[-1]), "misplaced"),
    ],
)
def test_names_what_is_wrong(log, change, code):
    lines = list(log.lines())
    change(lines)

    assert code in codes(lines, watched(log))


def test_reads_nothing_below_a_line_that_it_cannot_read(log):
    lines = list(log.lines())
    lines.insert(14, "?\n")

    findings = verify(lines, watched(log))

    assert findings.head.size == 11
    assert [fault.code for fault in findings.faults] == [
        "line_unreadable",
        "end_unsigned",
        "end_unwitnessed",
    ]


def test_accepts_a_log_that_changed_its_key(log):
    """Both keys carry the log's name; each checkpoint is signed by one of them."""
    newer = Log(new_signer(ORIGIN, Kind.NOTE), log.watcher).append(*log.entries)
    newer.notes |= {n: note for n, note in log.notes.items() if n < 25}
    third = new_signer(ORIGIN, Kind.NOTE).key

    findings = verify(newer.lines(), Keys((log.signer.key, newer.signer.key, third)))

    assert findings.sound
    assert findings.logs == (log.signer.key, newer.signer.key)
    assert codes(newer.lines(), alone(newer)) == {"not_signed"}


def test_trusts_no_key_that_the_caller_did_not_name(log):
    stranger = Log(new_signer(ORIGIN, Kind.NOTE)).append(*log.entries)

    assert codes(stranger.lines(), alone(log)) == {"not_signed", "end_unsigned"}
    assert codes(log.lines(), alone(stranger)) == {"not_signed", "end_unsigned"}
    assert codes(log.lines(), Keys()) == {"end_unsigned"}


def test_trusts_a_log_key_for_its_own_log_only(log):
    """A key of another log, though trusted there, signs nothing here."""
    other = new_signer("lanzhou.example/looks", Kind.NOTE)
    lines = list(log.lines())
    note = sign_checkpoint(Checkpoint(other.key.name, *log.held), other)
    lines[-1] = checkpoint_line(note)

    keys = Keys((log.signer.key, other.key))
    assert codes(lines, keys) == {"other_log", "end_unsigned"}
    lines[-1] = checkpoint_line(signed(Checkpoint(ORIGIN, *log.held).text(), [other]))
    assert codes(lines, keys) == {"not_signed", "end_unsigned"}


def test_notices_a_signature_pasted_from_another_state(log):
    lines = list(log.lines())
    pasted = log.notes[35]._replace(signatures=log.notes[40].signatures)
    at = places(lines, '{"checkpoint')[-2]
    lines[at] = checkpoint_line(pasted)

    assert codes(lines, watched(log)) == {"signature_wrong"}


def test_counts_a_witness_alone_when_no_log_key_is_known(log):
    findings = verify(log.lines(), Keys(witnesses=(log.watcher.key,)))

    assert findings.sound
    assert findings.checkpoints == 2
    assert any("--key" in words for words in findings.unproven())


def test_wants_every_named_witness(log):
    absent = new_signer("audit.example/w", Kind.COSIGNATURE)
    keys = Keys((log.signer.key,), (log.watcher.key, absent.key))

    faults = verify(log.lines(), keys).faults

    assert [fault.code for fault in faults] == ["end_unwitnessed"]
    assert "audit.example/w" in faults[0].sentence


def test_ignores_a_witness_that_signed_the_end_of_another_history(log):
    """A dishonest witness helps to hide a cut, but cannot make altered entries fit."""
    bad = log.rewritten([entered("another"), *log.entries[1:]])
    _, note = bad.checkpoint()
    line = cosign(note, log.watcher, at=9)
    lines = list(log.lines())
    lines[-1] = checkpoint_line(note._replace(signatures=(*note.signatures, line)))

    assert codes(lines, watched(log)) == {"root_differs", "end_unsigned", "end_unwitnessed"}


def test_refuses_a_kept_checkpoint_that_nobody_trusted_signed(log):
    stranger = Log(new_signer(ORIGIN, Kind.NOTE)).append(*log.entries)

    assert codes(log.lines(), alone(log), [str(stranger.notes[40])]) == {"not_signed"}
    assert codes(log.lines(), Keys(witnesses=(log.watcher.key,)), [str(stranger.notes[40])]) == {
        "not_signed"
    }
    assert codes(log.lines(), alone(log), ["a note?"]) == {"checkpoint_unreadable"}


def test_shows_that_each_opened_row_was_entered(log):
    findings = verify(log.lines(opened=True), watched(log))

    assert findings.sound
    assert findings.rows == 40


@pytest.mark.parametrize("change", [("row", "another"), ("key", "AAAA")])
def test_notices_an_opened_row_that_was_never_entered(log, change):
    lines = list(log.lines(opened=True))
    fields = json.loads(lines[7])
    name, value = change
    lines[7] = json.dumps(fields | {name: value}, ensure_ascii=False, separators=(",", ":"))

    faults = verify(lines, watched(log)).faults

    assert [(fault.code, fault.line) for fault in faults] == [("row_altered", 8)]


def test_holds_on_when_keys_and_rows_are_destroyed(log):
    """Erasure: the commitments alone give the same root as with every row shown."""
    bare, opened = log.lines(), log.lines(opened=True)

    assert verify(bare, watched(log)).head == verify(opened, watched(log)).head


def test_commits_as_the_public_page_says():
    """The second case of RFC 4231; and the row's key, so that others can open what we export."""
    assert commitment(b"Jefe", "what do ya want for nothing?").hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
    assert row_key(b"Jefe", "17") == commitment(b"Jefe", "linli log row\n17")


def test_opens_one_row_without_opening_another():
    assert row_key(b"subject", "1") != row_key(b"subject", "2")
    assert row_key(b"subject", "1") != row_key(b"another", "1")
    assert commitment(row_key(b"subject", "1"), "row") != commitment(
        row_key(b"subject", "2"), "row"
    )


def test_wants_a_signature_even_over_nothing():
    empty = Log()

    assert codes(empty.lines(), alone(empty)) == {"end_unsigned"}
    empty.witnessed()
    assert codes(empty.lines(), watched(empty)) == set()


def test_says_first_of_all_whether_this_is_a_log(log):
    strange = ['{"linli-log":2,"origin":"a"}', '{"linli-log":true,"origin":"a"}', '{"origin":"a"}']
    for lines in ([], ["\n"], [entry_line(log.entries[0])], *([line] for line in strange)):
        with pytest.raises(Malformed):
            verify(lines, alone(log))


@given(st.text(max_size=60), st.binary(min_size=1, max_size=64), st.text(max_size=20) | st.none())
def test_reads_back_every_line(origin, leaf, row):
    entry = Entry(leaf, row, b"" if row is None else leaf)

    assert read_line(entry_line(entry)) == entry
    if origin:
        assert read_line(header_line(origin)) == Header(origin)


@given(
    st.text(max_size=80)
    | st.dictionaries(
        st.sampled_from(["leaf", "row", "key", "checkpoint"]), st.text() | st.none()
    ).map(lambda fields: json.dumps(fields, ensure_ascii=False, separators=(",", ":")))
)
def test_refuses_politely_whatever_line_it_is_given(line):
    try:
        read = read_line(line)
    except Malformed:
        return
    assert isinstance(read, Entry | Signed)


@pytest.mark.parametrize("line", ["[" * 100_000, '{"leaf":"AAAA","leaf":"AAAA"}', '{"leaf":""}'])
def test_refuses_lines_made_to_hurt(line):
    with pytest.raises(Malformed):
        read_line(line)


def test_refuses_half_characters_in_a_row():
    with pytest.raises(Malformed):
        read_line('{"leaf":"AAAA","row":"\udc80","key":"AAAA"}')


def test_reads_keys_of_the_right_kind_only(log):
    key, watcher = str(log.signer.key), str(log.watcher.key)

    assert read_keys([key], [watcher]) == watched(log)
    for logs, witnesses in (([watcher], []), ([], [key]), ([], []), (["?"], [])):
        with pytest.raises(Malformed):
            read_keys(logs, witnesses)


def test_explains_every_fault_in_the_public_page():
    page = (ROOT / "docs/log.md").read_text(encoding="utf-8")
    source = (ROOT / "linli/kernel/log_audit.py").read_text(encoding="utf-8")
    explained = set(re.findall(r"`([a-z]+_?[a-z]+)`", page.partition("stable codes:")[2]))

    assert set(re.findall(r'fault\(\s*"(\w+)"', source)) <= explained
    assert [code for code in explained if f'"{code}"' not in source] == []


# The command line.


@pytest.fixture
def exported(log, tmp_path):
    path = tmp_path / "looks.jsonl"
    path.write_text("".join(log.lines()), encoding="utf-8")
    (tmp_path / "kept.txt").write_text(str(log.notes[40]), encoding="utf-8")
    return path


def words(log, path):
    return [
        *("--key", str(log.signer.key), "--witness", str(log.watcher.key)),
        *("--seen", str(path.with_name("kept.txt")), str(path)),
    ]


def test_tells_what_holds_and_ends_with_0(log, exported, capsys):
    assert main(words(log, exported)) == 0

    told = capsys.readouterr().out
    assert told.splitlines() == [
        f"Holds: The file holds 40 entries of {ORIGIN} under 8 checkpoints.",
        "Holds: Each checkpoint is the state of exactly the entries above it, and the last covers all.",
        "Holds: Nothing was removed, altered, added or moved since they were signed.",
        f"Holds: Every checkpoint is signed by the log (key {log.signer.key.id.hex()}).",
        "Holds: court.example/w cosigned all 40 entries at 2025-11-13 02:14:00 UTC.",
        "Holds: So far as a witness cosigned, the log only grew and nothing longer was shown to it.",
        "Holds: Every checkpoint kept elsewhere is a state of this same log (1).",
        "The log holds.",
    ]


def test_tells_what_is_not_proven_without_a_witness(log, exported, capsys):
    assert main(["--key", str(log.signer.key), str(exported)]) == 0

    told = capsys.readouterr().out
    assert told.count("Not proven:") == 2
    assert "--witness" in told
    assert "--seen" in told
    assert told.endswith("The log holds, as far as proven.\n")


def test_tells_what_does_not_hold_and_ends_with_1(log, exported, capsys):
    lines = exported.read_text(encoding="utf-8").splitlines(keepends=True)
    exported.write_text("".join([*lines[:4], *lines[5:]]), encoding="utf-8")

    assert main(words(log, exported)) == 1

    told = capsys.readouterr().out
    assert (
        "FAULT: A checkpoint covers 5 entries, but 4 stand above it: some were removed. (line 6)"
        in told
    )
    assert "Holds:" not in told
    assert "Not proven:" not in told
    assert told.endswith("THE LOG DOES NOT HOLD.\n")


def test_shortens_a_long_list_of_faults(log, exported, capsys):
    long = Log(log.signer, log.watcher).append(*map(entered, rows(150)))
    lines = list(long.lines())
    del lines[1]
    exported.write_text("".join(lines), encoding="utf-8")

    assert main(["--key", str(log.signer.key), str(exported)]) == 1

    told = capsys.readouterr().out
    assert told.count("FAULT:") == 21
    assert "11 more" in told


def test_lets_no_name_in_the_file_speak_for_it(log, exported, capsys):
    lying = Checkpoint("a\x9b2J\u202eb", *log.held)
    key = new_signer("elsewhere.example", Kind.NOTE)
    note = Note(lying.text(), (sign_checkpoint(Checkpoint(key.key.name, 0, EMPTY), key).signatures))
    lines = [*log.lines(), checkpoint_line(note)]
    exported.write_text("".join(lines), encoding="utf-8")

    assert main(["--key", str(log.signer.key), str(exported)]) == 1

    assert "A checkpoint is of another log: a?2J?b." in capsys.readouterr().out


def test_stumbles_over_bytes_that_are_no_text(log, exported):
    data = exported.read_bytes()
    exported.write_bytes(data[:300] + b"\xff" + data[301:])

    assert main(words(log, exported)) == 1


def test_ends_with_2_when_nothing_can_be_said(log, exported, capsys):
    key = ["--key", str(log.signer.key)]

    assert main([]) == 2
    assert main([str(exported)]) == 2
    assert main(["--key", "?", str(exported)]) == 2
    assert main([*key, str(exported.with_name("nowhere"))]) == 2
    assert main([*key, str(exported.with_name("kept.txt"))]) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith("linli verify-log: ")
    assert main(["--help"]) == 0


def test_answers_to_its_name_with_a_dash(log, exported, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["linli", "verify-log", *words(log, exported)])

    with pytest.raises(SystemExit) as ended:
        linli()

    assert ended.value.code == 0
    assert capsys.readouterr().out.endswith("The log holds.\n")


def test_needs_neither_database_nor_settings(log, exported):
    """An auditor's machine: no Django is loaded, no folder made, no setting read."""
    code = (
        "import sys; from linli.kernel.verify_log import main; ended = main(sys.argv[1:]);"
        "assert not [name for name in sys.modules if name.startswith('django')]; sys.exit(ended)"
    )
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DJANGO", "LINLI"))
    }

    done = subprocess.run(
        [sys.executable, "-c", code, *words(log, exported)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
