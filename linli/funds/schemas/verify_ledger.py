"""`linli verify-ledger FILE`: compute a fund's ledger again, and say whether it holds.

Needs Python alone: take this one file along and run it. To check signatures (--key) it asks for `cryptography`.
"""

import argparse
import base64
import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple
from zipfile import BadZipFile, ZipFile, is_zipfile

NAME: Final = "ledger.jsonl"  # in a kit
CHECKS: Final = {
    "entries": "every transaction is whole: as many transfers as it says, of amounts above zero, each code once",
    "reversals": "every reversal moves back what was moved, to the fen, once",
    "days": "the days hold what was signed: nothing added, changed, moved or taken out",
    "trees": "the fund's days are in the tree of each root",
    "chain": "the roots follow each other, and are those that you kept",
    "key": "the key signed every root",
    "balances": "the transfers make what stands on each account, and nothing is overdrawn",
}
OUTSIDE: Final = ("budget", "social", "gift")
_NOTHING: Final = "0" * 64
_OF_ALL: Final = ("entries", "reversals", "balances")  # checked with and without roots
_NOTE: Final = 1  # the kind of key that signs notes (c2sp.org/signed-note)


class Root(NamedTuple):
    """What a signed root says of one day."""

    text: str
    number: int
    day: str
    until: str
    before: str
    funds: int
    tree: bytes


class Ledger:
    """One ledger, taken line by line. What is wrong stands in `faults`: by its check, where."""

    def __init__(self, first: str, key: str = "") -> None:
        header = json.loads(first)
        if header.get("linli-ledger") != 1:
            raise ValueError("this is no ledger")
        self.fund, self.key = _text(header["fund"]), key
        self.faults: dict[str, list[str]] = {}
        self.balances: dict[str, int] = {}
        self.roots: list[Root] = []
        self.count = self.transfers = self.waiting = 0
        self.whole = False
        self._kinds: dict[str, str] = {}
        self._backwards: dict[str, bytes] = {}
        self._reversed: set[str] = set()
        self._stood: set[str] = set()
        self._head, self._since = _NOTHING, ""
        self._day, self._moments = sha256(), ("~", "")

    def take(self, line: str) -> None:
        """Take the next line. Raises KeyError, TypeError or ValueError for what is no line of a ledger."""
        said = json.loads(line)
        if self.whole:
            raise ValueError("something follows the end")
        if "entry" in said:
            self._enter(said, line)
        elif "root" in said:
            self._sign(said)
        elif "account" in said:
            self._stand(_text(said["account"]), _number(said["balance"]))
        else:
            count = _number(said["accounts"])
            all_said = count == len(self._stood) and {*self.balances} <= self._stood
            self._ask("balances", "the accounts", holds=all_said)
            self.whole = True

    def _ask(self, check: str, where: str, *, holds: bool) -> None:
        if not holds:
            self.faults.setdefault(check, []).append(where)

    def _enter(self, said: dict[str, Any], line: str) -> None:
        code, verb, lines, at = _text(said["entry"]), said["verb"], said["lines"], _text(said["at"])
        self._ask("entries", code, holds=not self._stood and code not in self._backwards)
        self._ask("entries", code, holds=0 < _number(said["size"]) == len(lines))
        for giver, taker, amount in lines:
            self._move(code, _text(giver), _text(taker), _number(amount))
        if verb == "reverse" or "reverses" in said:
            was = _text(said["reverses"])
            same = self._backwards.get(was) == _gist(lines) and verb == "reverse"
            self._ask("reversals", code, holds=same and was not in self._reversed)
            self._reversed.add(was)
        self._backwards[code] = _gist([[taker, giver, fen] for giver, taker, fen in lines])
        self._day.update(line.encode())
        self._moments = min(self._moments[0], at), max(self._moments[1], at)
        self.count, self.waiting = self.count + 1, self.waiting + 1

    def _move(self, code: str, giver: str, taker: str, amount: int) -> None:
        self._ask("entries", code, holds=amount > 0 and giver != taker)
        for account, change in ((giver, -amount), (taker, amount)):
            self._know(code, account)
            self.balances[account] = self.balances.get(account, 0) + change
        self.transfers += 1

    def _know(self, where: str, account: str) -> None:
        kind, _space, code = account.partition(" ")
        self._ask("entries", where, holds=self._kinds.setdefault(code, kind) == kind)

    def _sign(self, said: dict[str, Any]) -> None:
        root, head = read_root(_text(said["note"])), _text(said["head"])
        where = f"root {root.number}"
        self._ask("entries", where, holds=not self._stood and root.number == said["root"])
        if self.waiting:
            day = f"{self.fund}\n{root.day}\n{self._head}\n{self._day.hexdigest()}\n"
            self._head = sha256(f"linli ledger day 1\n{day}".encode()).hexdigest()
            first, last = self._moments
            self._ask("days", where, holds=self._since <= first and last < root.until)
        self._ask("days", where, holds=head == self._head)
        top = sha256(b"\x00" + f"{self.fund} {head}".encode()).digest()
        proof = [bytes.fromhex(_text(one)) for one in said["proof"]]
        self._ask("trees", where, holds=in_tree(top, _number(said["position"]), proof, root))
        self._ask("key", where, holds=not self.key or signed_by(said["note"], self.key))
        self.roots.append(root)
        self._since, self.waiting = root.until, 0
        self._day, self._moments = sha256(), ("~", "")

    def _stand(self, account: str, balance: int) -> None:
        self._know(account, account)
        same = self.balances.get(account, 0) == balance and account not in self._stood
        fits = balance <= 0 if account.startswith(OUTSIDE) else balance >= 0
        self._ask("balances", account, holds=same and fits)
        self._stood.add(account)

    def end(self, kept: Iterable[Root] = ()) -> None:
        """Hold the file's roots against each other, and against those that somebody kept."""
        self._ask("balances", "the file ends early", holds=self.whole)
        known = {root.number: root for root in self.roots}
        numbers = [root.number for root in self.roots]
        self._ask("key", "there is no root", holds=bool(numbers) or not self.key)
        self._ask("chain", "their order", holds=numbers == sorted(known))
        for root in kept:
            same = known.setdefault(root.number, root).text == root.text
            ends = root.number > max(numbers, default=0)
            self._ask("chain", f"root {root.number} that you kept", holds=same and not ends)
        order = [known[number] for number in sorted(known)]
        for one, other in pairwise(order):
            follows = one.until < other.until
            if other.number == one.number + 1:
                follows = follows and other.before == sha256(one.text.encode()).hexdigest()
            self._ask("chain", f"root {other.number}", holds=follows)

    def told(self) -> Iterator[str]:
        """Yield what was found, check by check, and how far it reaches."""
        for check, words in CHECKS.items():
            wrong = self.faults.get(check, [])
            asked = bool(self.key) if check == "key" else bool(self.roots) or check in _OF_ALL
            mark = "FAILS" if wrong else "holds" if asked else "not asked"
            where = f" ({', '.join(wrong[:5])}{' ...' if len(wrong) > 5 else ''})" if wrong else ""
            yield f"{mark}  {words}{where}"
        yield f"{self.count} transactions, {self.transfers} transfers of fund {self.fund}"
        if self.roots:
            yield f"signed up to {self.roots[-1].day}, by root {self.roots[-1].number}"
        if self.waiting:
            yield f"{self.waiting} transactions are not signed yet: nothing proves them"


def verify(lines: Iterable[str], *, key: str = "", kept: Iterable[str] = ()) -> Ledger:
    """Compute a ledger again. `key`: of the house (vkey); `kept`: roots as somebody kept them.

    Raises KeyError, TypeError or ValueError for what is no ledger.
    """
    each = iter(lines)
    ledger = Ledger(next(each, ""), key)
    for line in each:
        ledger.take(line)
    ledger.end(read_root(note) for note in kept)
    return ledger


def read_root(note: str) -> Root:
    """Read what a root says, signed or not."""
    text = note.partition("\n\n")[0] + "\n"
    said = text.split("\n")
    if len(said) != 10 or said[0] != "linli ledger root 1":
        raise ValueError("this is no root")
    return Root(text, int(said[2]), said[3], said[4], said[5], int(said[6]), bytes.fromhex(said[7]))


def in_tree(top: bytes, at: int, proof: Sequence[bytes], root: Root) -> bool:
    """Say whether the proof leads from a leaf's hash to the root's tree (RFC 9162, 2.1.3.2)."""
    last = root.funds - 1
    if not 0 <= at <= last:
        return False
    for other in proof:
        if not last:
            return False
        if at & 1 or at == last:
            top = sha256(b"\x01" + other + top).digest()
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            top = sha256(b"\x01" + top + other).digest()
        at, last = at >> 1, last >> 1
    return not last and top == root.tree


def signed_by(note: str, vkey: str) -> bool:
    """Say whether the key's owner signed the note (c2sp.org/signed-note)."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - for this check alone
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

    name, identity, encoded = vkey.strip().split("+", 2)
    material = base64.b64decode(encoded, validate=True)
    if material[0] != _NOTE:
        raise ValueError("this key signs no notes")
    key = ed25519.Ed25519PublicKey.from_public_bytes(material[1:])
    text, _blank, lines = note.partition("\n\n")
    for line in lines.splitlines():
        dash, signer, value = line.split(" ")
        signature = base64.b64decode(value, validate=True)
        if (dash, signer, signature[:4].hex()) == ("—", name, identity):
            try:
                key.verify(signature[4:], f"{text}\n".encode())
            except InvalidSignature:
                return False
            return True
    return False


def _gist(lines: list[list[Any]]) -> bytes:
    return sha256(json.dumps(lines).encode()).digest()[:16]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("what should be text is none")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("what should be a whole number is none")
    return value


def main(argv: Sequence[str]) -> int:
    """Run the command. Returns 0 when the ledger holds, 1 when it does not, 2 when nothing could be said."""
    try:
        options = _parser().parse_args(argv)
    except SystemExit as ended:
        return int(ended.code or 0)
    try:
        kept = [note for name in options.seen for note in _notes(Path(name).read_text("utf-8"))]
        with _opened(options.file) as lines:
            ledger = verify(lines, key=options.key, kept=kept)
        sys.stdout.writelines(f"{line}\n" for line in ledger.told())
    except (ImportError, OSError, LookupError, TypeError, ValueError, AttributeError, RecursionError, BadZipFile) as error:  # fmt: skip
        sys.stderr.write(f"linli verify-ledger: {type(error).__name__} {error}\n")
        return 2
    return 1 if ledger.faults else 0


def _notes(text: str) -> Iterator[str]:
    """Yield roots as they are kept: one as its note, or many as lines of JSON."""
    if text.startswith("{"):
        yield from (_text(json.loads(line)["note"]) for line in text.splitlines())
    else:
        yield text


@contextmanager
def _opened(name: str) -> Iterator[Iterable[str]]:
    """Open a ledger, or a kit with one in it, byte for byte."""
    if is_zipfile(name):
        with ZipFile(name) as kit, kit.open(NAME) as file:
            yield io.TextIOWrapper(file, encoding="utf-8", newline="\n")
    else:
        with Path(name).open(encoding="utf-8", newline="\n") as lines:
            yield lines


def _parser() -> argparse.ArgumentParser:
    epilog = "Have the key and the roots from elsewhere than the file."
    parser = argparse.ArgumentParser(prog="linli verify-ledger", epilog=epilog)
    parser.add_argument("file", metavar="FILE", help="ledger.jsonl or ledger.zip")
    parser.add_argument("--key", default="", metavar="VKEY", help="the key of the house")
    words = "a root that you kept"
    parser.add_argument("--seen", action="append", default=[], metavar="FILE", help=words)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
