"""One file alone computes a draw again, and finds whatever was changed in it."""

import json
import shutil
import subprocess
import sys
from datetime import timedelta
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import verify_draw
from linli.kernel.log_keeping import append, held_head
from linli.kernel.looks import sequence
from linli.kernel.note_keys import Kind, new_signer
from linli.offers.actions import draws
from linli.offers.queries.draws import told
from linli.offers.rules import drawing
from linli.offers.rules.drawing import Ticket
from tests.town import draws as town
from tests.town import offers

db = pytest.mark.django_db
SIZES = (2, 1, 3, 1, 2, 1)


@pytest.fixture
def file(noon):
    """Return a draw of six groups for four places, mixed with what a witness signed."""
    planned = town.planned(at=noon, witness=town.WITNESS.key.name)
    for size in SIZES:
        town.entered(planned, at=noon, size=size)
    append(held_head(), [bytes(32)] * 5)
    closed = town.close(planned)
    append(held_head(), [bytes(32)] * 3)
    sequence(closed.closed_at + timedelta(seconds=10))
    town.cosign()
    return told(draws.draw(by=offers.officer(), at=closed.closed_at, session=planned.session))


def failing(file, **known):
    """Return what does not hold: the numbers of the checks; "unread" when it is no such file at all."""
    try:
        found = verify_draw.findings(file, **known)
    except (KeyError, TypeError, ValueError):
        return "unread"
    return [number for number, one in enumerate(found) if not one.holds]


@db
def test_holds_for_what_was_published(file):
    known = {"commitment": file["commitment"], "witness": str(town.WITNESS.key)}

    assert failing(file, **known) == []
    assert failing(file, commitment="0" * 64) == [4]
    other = new_signer("w.example", Kind.COSIGNATURE)
    assert failing(file, witness=str(other.key)) == [4]


def late_entry(file):
    entries = verify_draw.read(file["entries"])
    return {"entries": drawing.written([*map(tuple_of, entries), Ticket("ZZZZ-ZZZZ", 1)])}


def left_out(file):
    return {"entries": drawing.written(map(tuple_of, verify_draw.read(file["entries"])[1:]))}


def resized(file):
    first, *rest = map(tuple_of, verify_draw.read(file["entries"]))
    return {"entries": drawing.written([Ticket(first.number, first.size + 1), *rest])}


def tuple_of(one):
    return Ticket(*one)


def other_seed(file):
    """Another seed, with the hash that fits it."""
    return {"seed": "00" * 32, "commitment": sha256(b"00" * 32).hexdigest()}


def other_beacon(file):
    at = file["beacon"].index("— w.example ") + 40
    changed = "B" if file["beacon"][at] == "A" else "A"
    return {"beacon": f"{file['beacon'][:at]}{changed}{file['beacon'][at + 1 :]}"}


CHANGES = {
    "a late entry": (late_entry, {1, 3}), "one left out": (left_out, {1, 3}),
    "another size": (resized, {1}), "another seed": (lambda file: {"seed": "00" * 32}, {0, 3}),
    "another seed and hash": (other_seed, {1, 3}), "more places": (lambda file: {"places": 5}, {1}),
    "another beacon": (other_beacon, {3}), "no witness": (lambda file: {"witness": ""}, {1, 2}),
    "another result": (lambda file: {"placed": file["behind"], "behind": file["placed"]}, {3}),
    "another session": (lambda file: {"session": "0000-0000"}, {1}),
}  # fmt: skip


def with_result(file):
    """Let the result be what the changed file computes, as whoever changed it would."""
    seed = sha256(f"{file['seed']}\n{file['beacon']}".encode()).hexdigest()
    placed, behind = verify_draw.draw(seed, verify_draw.read(file["entries"]), file["places"])
    return file | {"placed": placed, "behind": behind}


@db
@pytest.mark.parametrize("name", CHANGES)
def test_finds_what_was_changed(file, name):
    change, found = CHANGES[name]
    changed = file | change(file)

    assert set(failing(changed)) >= found
    if name not in {"another result", "another beacon"}:
        assert failing(with_result(changed)), "the result was made to fit"


@db
def test_finds_another_beacon_by_the_witness_s_key_alone(file):
    """The control: whoever makes the result fit another signature is found by the key, and by nothing else."""
    changed = with_result(file | other_beacon(file))

    assert failing(changed) == []
    assert failing(changed, witness=str(town.WITNESS.key)) == [4]


@db
@pytest.mark.parametrize("name", ["entries", "beacon", "seed", "proof", "places", "position"])
def test_reads_nothing_that_is_no_draw(file, name, tmp_path, capsys):
    for wrong in (None, [], {}, "x\n\n", -1):
        assert failing(file | {name: wrong}) not in ([], None)
    kept = tmp_path / "draw.json"
    for text in ("", "[]", "{", '{"linli-draw":1}', "[" * 100_000):
        kept.write_text(text)
        assert verify_draw.main([str(kept)]) == 2
    assert "FAILS" not in capsys.readouterr().out


@db
def test_runs_alone_without_anything_of_ours(file, tmp_path):
    alone, kept = tmp_path / "verify_draw.py", tmp_path / "draw.json"
    shutil.copy(verify_draw.__file__, alone)
    kept.write_text(json.dumps(file))
    ticket = file["placed"][0]

    def run(*words):
        return subprocess.run(
            [sys.executable, "-I", "-S", alone, kept, *words],
            capture_output=True, text=True, check=False, cwd=tmp_path,
        )  # fmt: skip

    done = run("--ticket", ticket)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{ticket} drew lot 1 of 6 and has its places" in done.stdout
    kept.write_text(json.dumps(file | {"places": 5}))
    done = run()
    assert done.returncode == 1
    assert "FAILS" in done.stdout


def test_has_its_command(tmp_path):
    kept = tmp_path / "draw.json"
    kept.write_text("{}")

    done = subprocess.run(
        [sys.executable, "-m", "linli", "verify-draw", kept],
        capture_output=True, text=True, check=False,
        env={"DATABASE_URL": "sqlite:////nowhere/at/all", "LINLI_HOME": str(tmp_path)},
    )  # fmt: skip

    assert (done.returncode, "not drawn yet" in done.stderr) == (2, True)


@given(
    sizes=st.lists(st.integers(1, 6), max_size=30),
    places=st.integers(0, 40),
    seed=st.text(max_size=20),
    order=st.randoms(use_true_random=False),
)
def test_agrees_with_the_draw_in_whatever_order_people_entered(sizes, places, seed, order):
    tickets = [Ticket(f"{number:04}", size) for number, size in enumerate(sizes)]
    drawn = drawing.draw(seed, tickets, places)
    order.shuffle(tickets)

    told_alone = verify_draw.draw(seed, tickets, places)

    assert told_alone == (
        [one.number for one in drawn.placed],
        [one.number for one in drawn.behind],
    )
    assert drawing.draw(seed, tickets, places) == drawn


def chances(drawn_by, seeds=3000):
    """Return how often each of twelve groups gets in, in so many draws for ten places."""
    tickets = [Ticket(f"{number:02}", 1 + number % 3) for number in range(12)]
    random = Random(7)
    won = dict.fromkeys((one.number for one in tickets), 0)
    for _ in range(seeds):
        for one in drawn_by(str(random.random()), tickets, 10).placed:
            won[one.number] += 1
    return [won[one.number] / seeds for one in tickets]


def unequal(rates):
    """Say whether groups of one size differ by more than four standard errors of 3,000 draws."""
    by_size = [rates[size::3] for size in range(3)]
    return any(max(same) - min(same) > 4 * (0.25 * 2 / 3000) ** 0.5 for same in by_size)


def test_gives_groups_of_one_size_the_same_chance():
    assert not unequal(chances(drawing.draw))


def test_control_finds_a_draw_that_prefers_who_entered_first():
    def first_come(seed, tickets, places):
        favoured = tickets[:1] if float(seed) < 0.2 else []
        others = drawing.draw(seed, [one for one in tickets if one not in favoured], places - 1)
        return drawing.Drawn(favoured + others.placed, others.behind) if favoured else (
            drawing.draw(seed, tickets, places)
        )  # fmt: skip

    assert unequal(chances(first_come))
