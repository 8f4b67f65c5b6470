"""`linli verify-draw FILE`: compute a draw again from what was published, and say whether it holds.

Needs Python and nothing else, nothing of ours either: take this one file along and run it. Only to check a
witness's signature (--witness) it asks for the `cryptography` package.
"""

import argparse
import base64
import json
import sys
from collections import deque
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

Barred: TypeAlias = dict[str, set[str]]
_WRONG = OSError, ImportError, AttributeError, LookupError, TypeError, ValueError, RecursionError


class Finding(NamedTuple):
    """One thing that was checked."""

    holds: bool
    words: str


class Ticket(NamedTuple):
    """One entry: its public number, and for how many."""

    number: str
    size: int


def findings(file: dict[str, Any], *, commitment: str = "", witness: str = "") -> list[Finding]:
    """Check all that a file says. `commitment`: as noted before entering. `witness`: a key (vkey).

    Raises KeyError, TypeError or ValueError for what is no such file.
    """
    told = sha256(_text(file["seed"]).encode()).hexdigest()
    found = [
        Finding(told == file["commitment"], "the seed is that whose hash was told before the list"),
        Finding(_in_log(file), "the list and that hash stood in the log before what was mixed in"),
        _mixed_in(_text(file["beacon"]), _text(file["witness"])),
        _same_result(file),
    ]
    if noted := commitment.strip().lower():
        found.append(Finding(noted == file["commitment"], "the hash is the one that you noted"))
    if witness:
        signed = _cosigned(_text(file["beacon"]), witness)
        found.append(Finding(signed, "the witness's key made its signature"))
    return found


def _same_result(file: dict[str, Any]) -> Finding:
    seed, entries, kind = _seed(file), _text(file["entries"]), file.get("kind", "places")
    if kind == "places":
        tickets = read(entries)
        same = list(draw(seed, tickets, int(file["places"]))) == [file["placed"], file["behind"]]
        return Finding(same, f"the lots of all {len(tickets)} tickets give the published result")
    said = json.loads(entries)
    if json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")) != entries:
        raise ValueError("the list is not written as lists are")
    drawn = {"checks": checks, "sites": sites, "samples": samples}[kind](seed, said)
    return Finding(drawn == file["result"], f"the lots give the published {kind}, all {len(drawn)}")


def read(entries: str) -> list[Ticket]:
    """Read a published list: "number size" a line, each number once, in their order. Raises ValueError."""
    lines = (line.split(" ") for line in entries.splitlines())
    tickets = [Ticket(number, int(size)) for number, size in lines]
    again = "".join(f"{one.number} {one.size}\n" for one in sorted(tickets))
    if again != entries or len(dict(tickets)) < len(tickets) or any(n < 1 for _, n in tickets):
        raise ValueError("the list is not written as lists are")
    return tickets


def draw(seed: str, tickets: Sequence[Ticket], places: int) -> tuple[list[str], list[str]]:
    """Return the numbers that have places, and those that have none, in the order of their lots."""
    sizes, placed, behind = dict(tickets), list[str](), list[str]()
    for number in in_order(seed, sizes):
        fits = sizes[number] <= places
        places -= sizes[number] * fits
        (placed if fits else behind).append(number)
    return placed, behind


def checks(seed: str, said: dict[str, Any]) -> list[list[str]]:
    """Return who is checked by whom, and what a second check repeats, in the order of the lots."""
    units = in_order(seed + ":checked", said["checked"])
    twice = in_order(seed + ":twice", said["checked"])[: said["twice"]]
    wants = {unit: said["each"] + (unit in twice) for unit in units}
    pairs = [*said["barred"], *(pair[::-1] for pair in said["barred"])]
    barred = {unit: {other for one, other in pairs if one == unit} for unit in units}
    result, each = [], said["each"]
    for unit, found in deal(seed, wants, said["pool"], barred).items():
        by = in_order(f"{seed}:{unit}", found)
        result += [[unit, one, "" if place < each else by[0]] for place, one in enumerate(by)]
    return result


def sites(seed: str, said: dict[str, Any]) -> list[list[Any]]:
    """Return the premises that are visited, each with its inspectors, in the order of the lots."""
    strata = ((take, in_order(seed + ":sites", listed)) for _name, take, listed in said["strata"])
    taken = [site for take, listed in strata for site in listed[:take]]
    wants = dict.fromkeys(in_order(seed + ":sites", taken), said["crew"])
    barred = {site: set(said["barred"].get(site, [])) for site in wants}
    dealt = deal(seed, wants, said["inspectors"], barred)
    return [[site, in_order(f"{seed}:{site}", crew)] for site, crew in dealt.items()]


def samples(seed: str, said: dict[str, Any]) -> list[Any]:
    """Return what is sampled, in the order of the lots: of each part of the list in proportion to its size."""
    parts = {name: listed for name, listed in sorted(said["parts"].items()) if listed}
    total = min(said["total"], sum(map(len, parts.values())))
    first = int(total >= len(parts))  # each gives one where the total is enough
    left = {name: len(listed) - first for name, listed in parts.items()}
    rest, room = total - first * len(parts), sum(left.values()) or 1
    takes = {name: first + rest * size // room for name, size in left.items()}
    over = sorted(left, key=lambda name: (-(rest * left[name] % room), name))
    for name in over[: total - sum(takes.values())]:
        takes[name] += 1
    key = f"{seed}:samples"
    taken = [code for name, take in takes.items() for code in in_order(key, parts[name])[:take]]
    return in_order(key, taken)


def in_order(seed: str, names: Iterable[str]) -> list[str]:
    """Return names in the order of their lots."""
    return sorted(names, key=lambda name: sha256(f"{seed}:{name}".encode()).digest())


def deal(seed: str, wants: dict[str, int], pool: list[str], barred: Barred) -> dict[str, list[str]]:
    """Return who looks at each, in equal parts; where no way is found to that, the most grows step by step."""
    share, more = divmod(sum(wants.values()), max(1, len(pool)))
    for most, above in [(share, more), *((share + up, 0) for up in (1, 2, 5, len(wants)))]:
        for attempt in range(4):
            again = f"{seed}:{most}:{above}:{attempt}"
            found = _Deal(again, in_order(again, pool), most, above).out(wants, barred)
            if found is not None:
                return found
    raise ValueError("nobody can deal this list out")


class _Deal:
    """Who looks at what so far, while nobody has more than `most`, but `above` of them one more."""

    def __init__(self, seed: str, deck: list[str], most: int, above: int) -> None:
        self.seed, self.deck, self.most, self.above = seed, deck, most, above
        self.has: dict[str, list[str]] = {one: [] for one in deck}
        self.rolls, self.over = count(), 0

    def out(self, wants: dict[str, int], barred: Barred) -> dict[str, list[str]] | None:
        by: dict[str, list[str]] = {one: [] for one in wants}
        turns = range(min(max(wants.values(), default=0), len(self.deck) + 1))
        waits = deque(one for turn in turns for one in wants if wants[one] > turn)
        steps = 20 * (len(waits) + 10)
        while waits and (steps := steps - 1) >= 0:
            whom = waits.popleft()
            card = self.card(whom, {whom, *by[whom], *barred[whom]})
            if card in self.has.get(whom, []):
                waits.append(self.give_back(whom, card, by))
            if self.enough(card):
                waits.append(self.give_back(card, self.roll(sorted(self.has[card])), by))
            self.has[card].append(whom)
            by[whom].append(card)
            self.over += len(self.has[card]) > self.most
            self.deck.append(self.deck.pop(self.deck.index(card)))
        return None if waits else by

    def card(self, whom: str, never: set[str]) -> str:
        found: list[list[str]] = [[], [], []]  # by how much is in their way
        for one in self.deck:
            if one not in never:
                found[(one in self.has.get(whom, [])) + self.enough(one)].append(one)
                if found[0]:
                    return one
        return self.roll(found[1] or found[2])

    def enough(self, one: str) -> bool:
        room = self.most - len(self.has[one])
        return room < 0 or (room == 0 and self.over >= self.above)

    def give_back(self, one: str, whom: str, by: dict[str, list[str]]) -> str:
        self.over -= len(self.has[one]) > self.most
        self.has[one].remove(whom)
        by[whom].remove(one)
        return whom

    def roll(self, names: list[str]) -> str:
        if not names:
            raise ValueError("nobody may look at one that is on the list")
        lot = sha256(f"{self.seed}:{next(self.rolls)}".encode()).digest()
        return names[int.from_bytes(lot, "big") % len(names)]


def _seed(file: dict[str, Any]) -> str:
    return sha256(f"{file['seed']}\n{file['beacon']}".encode()).hexdigest()


def _mixed_in(beacon: str, witness: str) -> Finding:
    _state, blank, line = beacon.partition("\n\n")
    if not blank:
        return Finding(holds=True, words="mixed in is a state of the log that no witness signed")
    signed = bool(witness) and line.startswith(f"— {witness} ")
    return Finding(signed, f"mixed in is what {witness or 'nobody'} signed afterwards")


def _in_log(file: dict[str, Any]) -> bool:
    """Say whether the proof leads from the list to the root that the beacon names (RFC 9162, 2.1.3.2)."""
    of_places = "session commitment witness places entries"
    names = "kind code commitment witness entries" if "kind" in file else of_places
    said = "\n".join(str(file[name]) for name in names.split())
    entry = sha256(f"linli draw\n{said}".encode()).digest()
    _origin, size, root = _text(file["beacon"]).split("\n")[:3]
    at, last = int(file["position"]), int(size) - 1
    top = sha256(b"\x00" + entry).digest()
    if not 0 <= at <= last:
        return False
    for other in (base64.b64decode(one, validate=True) for one in file["proof"]):
        if not last:
            return False
        if at & 1 or at == last:
            top = sha256(b"\x01" + other + top).digest()
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            top = sha256(b"\x01" + top + other).digest()
        at, last = at >> 1, last >> 1
    return not last and top == base64.b64decode(root, validate=True)


def _cosigned(beacon: str, vkey: str) -> bool:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - for this check alone
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

    name, _id, key = vkey.strip().split("+", 2)
    kind, public = base64.b64decode(key)[0], base64.b64decode(key)[1:]
    text, _, line = beacon.partition("\n\n")
    signer, _, value = line.removeprefix("— ").rstrip("\n").partition(" ")
    signature = base64.b64decode(value)[4:]  # after the key's id
    if kind != 4 or signer != name or len(signature) != 72:  # four: c2sp.org/tlog-cosignature
        return False
    signed = f"cosignature/v1\ntime {int.from_bytes(signature[:8], 'big')}\n{text}\n"
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature[8:], signed.encode())
    except InvalidSignature:
        return False
    return True


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("what should be text is none")
    return value


def main(argv: Sequence[str]) -> int:
    """Run the command. Returns 0 when the draw holds, 1 when it does not, 2 when nothing could be said."""
    try:
        options = _parser().parse_args(argv)
        alone = options.file == "-"
        file = json.loads(sys.stdin.read() if alone else Path(options.file).read_text("utf-8"))
        if not (isinstance(file, dict) and file.get("linli-draw") == 1 and "seed" in file):
            raise ValueError("this is no draw, or one that is not drawn yet")
        found = findings(file, commitment=options.commitment, witness=options.witness)
    except SystemExit as ended:
        return int(ended.code or 0)
    except _WRONG as error:
        sys.stderr.write(f"linli verify-draw: {error}\n")
        return 2
    sys.stdout.writelines(f"{'holds' if one.holds else 'FAILS'}  {one.words}\n" for one in found)
    if options.ticket:
        sys.stdout.write(_lot(file, options.ticket))
    return 0 if all(one.holds for one in found) else 1


def _lot(file: dict[str, Any], ticket: str) -> str:
    if "kind" in file:
        return "".join(f"{one}\n" for one in file["result"] if ticket in str(one)) or "not drawn\n"
    numbers = in_order(_seed(file), dict(read(file["entries"])))
    if ticket not in numbers:
        return "not on the list\n"
    won = "has its places" if ticket in file["placed"] else "has no place"
    return f"{ticket} drew lot {numbers.index(ticket) + 1} of {len(numbers)} and {won}\n"


def _parser() -> argparse.ArgumentParser:
    words = "Compute a draw again. Have the hash from before, the key from the witness."
    parser = argparse.ArgumentParser(prog="linli verify-draw", description=words)
    parser.add_argument("file", metavar="FILE", help="the published draw, or - for standard input")
    parser.add_argument("--commitment", default="", metavar="HEX", help="the hash that you noted")
    parser.add_argument("--ticket", default="", metavar="TICKET", help="say what this one drew")
    parser.add_argument("--witness", default="", metavar="VKEY", help="the key of the witness")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
