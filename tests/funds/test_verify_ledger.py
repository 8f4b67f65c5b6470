"""One file alone computes a ledger again, and finds whatever was changed in it."""

import json
import string
from datetime import date

import pytest

from linli.funds.models import Root
from linli.funds.rules import chain
from linli.funds.schemas import verify_ledger
from linli.kernel import city_key
from linli.kernel.note_keys import Kind, new_signer
from linli.kernel.notes import signed
from tests.town.ledgers import file_of, signed_fund

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(noon, settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    return file_of(signed_fund(noon))


def failing(lines, **known):
    """Return the checks that fail; "unread" when it is no ledger at all."""
    try:
        return set(verify_ledger.verify(lines, **known).faults)
    except (LookupError, TypeError, ValueError, AttributeError):
        return {"unread"}


def of_kind(lines, kind):
    return [place for place, line in enumerate(lines) if line.startswith(f'{{"{kind}"')]


def other(character):
    for kind in (string.digits, string.ascii_letters):
        if character in kind:
            return kind[(kind.index(character) + 1) % len(kind)]
    return "7"


def test_finds_every_character_that_was_changed(lines):
    assert failing(lines) == set()
    for place in of_kind(lines, "entry"):
        line = lines[place]
        for at, character in enumerate(line[:-1]):
            changed = line[:at] + other(character) + line[at + 1 :]
            assert failing([*lines[:place], changed, *lines[place + 1 :]]), changed


def test_finds_what_was_taken_out_added_and_moved(lines):
    entries = of_kind(lines, "entry")
    for place in entries:
        assert failing([*lines[:place], *lines[place + 1 :]])
        assert failing([*lines[:place], lines[place], *lines[place:]])
        for elsewhere in entries:
            if elsewhere != place:
                moved = [*lines[:place], *lines[place + 1 :]]
                moved.insert(elsewhere, lines[place])
                assert failing(moved)
    assert failing(lines[:-1]) == {"balances"}
    for place in of_kind(lines, "account"):
        assert "balances" in failing([*lines[:place], *lines[place + 1 :]])


def test_finds_what_was_added_and_made_to_fit(lines):
    """A line of twice the money, with its account's balance: the sums fit, the day does not."""
    place = of_kind(lines, "entry")[-2]
    entry = json.loads(lines[place])
    ((giver, taker, amount),) = entry["lines"]
    entry["lines"] = [[giver, taker, 2 * amount]]
    forged = [*lines]
    forged[place] = chain.written(entry)
    for at in of_kind(lines, "account"):
        said = json.loads(lines[at])
        said["balance"] += {giver: -amount, taker: amount}.get(said["account"], 0)
        forged[at] = chain.written(said)

    assert failing(forged) == {"days"}


def rewritten(lines, signer=None):
    """Take the last entry of the second day out and make everything fit again: sums, heads, trees, roots."""
    gone = json.loads(lines.pop(of_kind(lines, "entry")[3]))
    ((giver, taker, amount),) = gone["lines"]
    head, before, day = chain.NOTHING, chain.NOTHING, []
    for place, line in enumerate(lines):
        said = json.loads(line)
        if "entry" in said:
            day.append(line)
        elif "account" in said:
            said["balance"] += {giver: amount, taker: -amount}.get(said["account"], 0)
        elif "root" in said:
            text, _blank, signature = said["note"].partition("\n\n")
            words = text.split("\n")
            fund = json.loads(lines[0])["fund"]
            digest = chain.head_of(fund, date.fromisoformat(words[3]), head, day)
            head, day = digest, []
            words[5], words[7] = before, chain.leaf(fund, head).hex()
            text = "\n".join([*words, ""])
            before = chain.digest_of(text)
            note = str(signed(text, [signer])) if signer else f"{text}\n{signature}"
            said |= {"head": head, "note": note}
        lines[place] = chain.written(said)
    return lines


def test_finds_a_ledger_that_was_written_anew(lines):
    key, kept = str(city_key.signer().key), [Root.objects.get(number=2).note]
    stranger = new_signer("elsewhere.example", Kind.NOTE)

    assert failing(rewritten([*lines]), key=key) == {"key"}
    assert failing(rewritten([*lines], stranger), key=key) == {"key"}
    assert failing(rewritten([*lines]), kept=kept) == {"chain"}
    # Even the house itself cannot, where somebody kept a root.
    own = rewritten([*lines], city_key.signer())
    assert failing([*own], key=key, kept=kept) == {"chain"}


def test_control_without_key_and_root_a_ledger_written_anew_passes(lines):
    assert failing(rewritten([*lines])) == set()
    assert failing(rewritten([*lines], city_key.signer()), key=str(city_key.signer().key)) == set()


def test_finds_a_ledger_that_ends_too_early(lines):
    """Without its last day all fits, but for whoever kept that day's root."""
    last = of_kind(lines, "root")[-1]
    entries = [place for place in of_kind(lines, "entry") if place > of_kind(lines, "root")[-2]]
    (back,) = (json.loads(lines[place]) for place in entries)
    ((giver, taker, amount),) = back["lines"]
    shorter = []
    for place, line in enumerate(lines):
        said = json.loads(line)
        if "account" in said:
            said["balance"] += {giver: amount, taker: -amount}.get(said["account"], 0)
        if place not in {last, *entries}:
            shorter.append(chain.written(said))

    assert failing([*shorter], key=str(city_key.signer().key)) == set()
    assert failing([*shorter], kept=[Root.objects.first().note]) == {"chain"}


def test_finds_roots_out_of_order_and_proofs_that_lead_nowhere(lines):
    first, second, *_ = of_kind(lines, "root")
    assert failing([*lines[:second], *lines[second + 1 :]])
    said = json.loads(lines[first])
    said["position"] = 1
    assert failing([*lines[:first], chain.written(said), *lines[first + 1 :]]) == {"trees"}
    said["position"], said["proof"] = 0, ["00" * 32]
    assert failing([*lines[:first], chain.written(said), *lines[first + 1 :]]) == {"trees"}


def test_finds_what_no_ledger_holds():
    header = chain.written({"linli-ledger": 1, "fund": "F"})

    def entry(code, *lines, **more):
        said = {
            "entry": code,
            "verb": "allocate",
            "day": "2026-11-20",
            "at": "x",
            "size": len(lines),
        }
        return chain.written(said | {"lines": lines} | more)

    def checked(*entries):
        ledger = verify_ledger.verify([header, *entries])
        return sorted(set(ledger.faults) - {"balances"})

    fine = entry("A", ("budget 1", "paid 2", 5))
    assert checked(fine) == []
    assert checked(fine, fine) == ["entries"]
    assert checked(entry("A", ("budget 1", "paid 2", 0))) == ["entries"]
    assert checked(entry("A", ("budget 1", "budget 1", 5))) == ["entries"]
    assert checked(entry("A", ("budget 1", "paid 2", 5), ("gift 1", "paid 2", 5))) == ["entries"]
    assert checked(entry("A", ("budget 1", "paid 2", 5), size=2)) == ["entries"]
    assert checked(entry("A")) == ["entries"]
    back = {"verb": "reverse", "reverses": "A"}
    again = entry("C", ("paid 2", "budget 1", 5), **back)
    assert checked(fine, entry("B", ("paid 2", "budget 1", 5), **back)) == []
    assert checked(fine, entry("B", ("paid 2", "budget 1", 4), **back)) == ["reversals"]
    assert checked(fine, entry("B", ("paid 2", "budget 1", 5), **back), again) == ["reversals"]


def test_ends_with_what_it_found(lines, tmp_path, capsys):
    file, key = tmp_path / "ledger.jsonl", str(city_key.signer().key)
    file.write_text("".join(lines), encoding="utf-8")
    assert verify_ledger.main([str(file), "--key", key]) == 0
    assert verify_ledger.main([str(file)]) == 0
    assert "not asked  the key signed every root" in capsys.readouterr().out

    file.write_text("".join(lines).replace("112524000", "112524001"), encoding="utf-8")
    assert verify_ledger.main([str(file)]) == 1
    assert "FAILS  the days hold what was signed" in capsys.readouterr().out

    file.write_text("{}", encoding="utf-8")
    assert verify_ledger.main([str(file)]) == 2
    assert verify_ledger.main([str(tmp_path / "nothing")]) == 2
    assert verify_ledger.main(["--what"]) == 2
    unsigned = [line for line in lines if not line.startswith('{"root"')]
    assert failing(unsigned, key=key) == {"key"}
