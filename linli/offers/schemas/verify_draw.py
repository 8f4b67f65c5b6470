"""`linli verify-draw FILE`: compute a draw again from what was published, and say whether it holds.

Needs Python and nothing else, nothing of ours either: take this one file along and run it. Only to check a
witness's signature (--witness) it asks for the `cryptography` package.
"""

import argparse
import base64
import json
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

_COSIGNATURE = 4  # the kind of key that makes cosignatures (c2sp.org/tlog-cosignature)


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
    tickets = read(_text(file["entries"]))
    result = draw(_seed(file), tickets, int(file["places"]))
    found = [
        Finding(
            sha256(_text(file["seed"]).encode()).hexdigest() == file["commitment"],
            "the seed is the one whose hash was told before anybody entered",
        ),
        Finding(
            _in_log(file),
            "the list, the places and that hash stood in the log before what was mixed in",
        ),
        _mixed_in(_text(file["beacon"]), _text(file["witness"])),
        Finding(
            list(result) == [file["placed"], file["behind"]],
            f"the lots of all {len(tickets)} tickets give the published result",
        ),
    ]
    if commitment:
        same = commitment.strip().lower() == file["commitment"]
        found.append(Finding(same, "the hash is the one that you noted"))
    if witness:
        found.append(
            Finding(
                _cosigned(_text(file["beacon"]), witness), "the witness's key made its signature"
            )
        )
    return found


def read(entries: str) -> list[Ticket]:
    """Read a published list: "number size" a line, each number once, in their order. Raises ValueError."""
    tickets = []
    for line in entries.splitlines():
        number, size = line.split(" ")
        tickets.append(Ticket(number, int(size)))
    again = "".join(f"{one.number} {one.size}\n" for one in sorted(tickets))
    numbers = {one.number for one in tickets}
    if again != entries or len(numbers) < len(tickets) or any(one.size < 1 for one in tickets):
        message = "the list is not written as lists are"
        raise ValueError(message)
    return tickets


def lots(seed: str, tickets: Sequence[Ticket]) -> list[Ticket]:
    """Return the tickets in the order of their lots."""
    return sorted(tickets, key=lambda one: sha256(f"{seed}:{one.number}".encode()).digest())


def draw(seed: str, tickets: Sequence[Ticket], places: int) -> tuple[list[str], list[str]]:
    """Return the numbers that have places, and those that have none, in the order of their lots."""
    placed, behind = [], []
    for one in lots(seed, tickets):
        if one.size <= places:
            places -= one.size
            placed.append(one.number)
        else:
            behind.append(one.number)
    return placed, behind


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
    names = ("session", "commitment", "witness", "places", "entries")
    said = "\n".join(str(file[name]) for name in names)
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
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PublicKey,
    )

    name, _id, key = vkey.strip().split("+", 2)
    kind, public = base64.b64decode(key)[0], base64.b64decode(key)[1:]
    text, _, line = beacon.partition("\n\n")
    signer, _, value = line.removeprefix("— ").rstrip("\n").partition(" ")
    signature = base64.b64decode(value)[4:]  # after the key's id
    if kind != _COSIGNATURE or signer != name or len(signature) != 72:
        return False
    signed = f"cosignature/v1\ntime {int.from_bytes(signature[:8], 'big')}\n{text}\n"
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature[8:], signed.encode())
    except InvalidSignature:
        return False
    return True


def _text(value: object) -> str:
    if not isinstance(value, str):
        message = "what should be text is none"
        raise TypeError(message)
    return value


def main(argv: Sequence[str]) -> int:
    """Run the command. Returns 0 when the draw holds, 1 when it does not, 2 when nothing could be said."""
    try:
        options = _parser().parse_args(argv)
    except SystemExit as ended:
        return int(ended.code or 0)
    try:
        source = sys.stdin.read() if options.file == "-" else Path(options.file).read_text("utf-8")
        file = json.loads(source)
        if not (isinstance(file, dict) and file.get("linli-draw") == 1 and "seed" in file):
            raise ValueError("this is no draw, or one that is not drawn yet")
        found = findings(file, commitment=options.commitment, witness=options.witness)
    except (OSError, ImportError, KeyError, TypeError, ValueError, RecursionError) as error:
        sys.stderr.write(f"linli verify-draw: {error}\n")
        return 2
    sys.stdout.writelines(f"{'holds' if one.holds else 'FAILS'}  {one.words}\n" for one in found)
    if options.ticket:
        sys.stdout.write(_lot(file, options.ticket))
    return 0 if all(one.holds for one in found) else 1


def _lot(file: dict[str, Any], ticket: str) -> str:
    numbers = [one.number for one in lots(_seed(file), read(file["entries"]))]
    if ticket not in numbers:
        return f"{ticket} is not on the list\n"
    won = "has its places" if ticket in file["placed"] else "has no place"
    return f"{ticket} drew lot {numbers.index(ticket) + 1} of {len(numbers)} and {won}\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="linli verify-draw",
        description="Compute a draw again: nobody added, left out, resized, or preferred.",
        epilog="Have the hash from before you entered, and the key from the witness itself.",
    )
    parser.add_argument("file", metavar="FILE", help="the published draw, or - for standard input")
    parser.add_argument("--commitment", default="", metavar="HEX", help="the hash that you noted")
    parser.add_argument("--ticket", default="", metavar="TICKET", help="say what this one drew")
    parser.add_argument("--witness", default="", metavar="VKEY", help="the key of the witness")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
