"""`linli verify-data FILE`: check that open data are what was signed: every file whole, none missing, none added.

Needs Python alone: take this one file along and run it. To check the signature (--key) it asks for `cryptography`.
"""

import argparse
import base64
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import file_digest
from pathlib import Path
from typing import IO, Final
from zipfile import BadZipFile, ZipFile, is_zipfile

NOTE: Final = "SIGNED.txt"
FIRST: Final = "linli open data 1"
CHECKS: Final = {
    "key": "the key signed the list",
    "list": "the list names every file, and no other",
    "files": "every file is as it was signed",
}
_LINE = re.compile(r"([0-9a-f]{64})  ([^/\\\s][^\\\n]*)")
_NOTE_KEY: Final = 1  # the kind of key that signs notes (c2sp.org/signed-note)

Opened = Mapping[str, Callable[[], IO[bytes]]]


def verify(files: Opened, note: str, key: str = "") -> dict[str, list[str]]:
    """Return what is wrong, by its check. Raises ValueError for what is no list of ours."""
    text = note.partition("\n\n")[0] + "\n"
    said = text.split("\n")
    if said[0] != FIRST or len(said) < 4:
        raise ValueError("this is no list of open data")
    digests: dict[str, str] = {}
    for line in said[3:-1]:
        found = _LINE.fullmatch(line)
        if found is None or found[2] in digests:
            raise ValueError("a line of the list cannot be read")
        digests[found[2]] = found[1]
    wrong: dict[str, list[str]] = {}
    if key and not signed_by(note, key):
        wrong["key"] = ["it is not signed with this key"]
    if apart := sorted({*files} - {NOTE} ^ {*digests}):
        wrong["list"] = apart
    changed = [
        name for name in sorted({*files} & {*digests}) if _digest(files[name]) != digests[name]
    ]
    return wrong | ({"files": changed} if changed else {})


def signed_by(note: str, vkey: str) -> bool:
    """Say whether the key's owner signed the note (c2sp.org/signed-note)."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - for this check alone
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

    name, identity, encoded = vkey.strip().split("+", 2)
    material = base64.b64decode(encoded, validate=True)
    if material[0] != _NOTE_KEY:
        raise ValueError("this key signs no notes")
    public = ed25519.Ed25519PublicKey.from_public_bytes(material[1:])
    text, _blank, lines = note.partition("\n\n")
    for line in lines.splitlines():
        _dash, signer, value = line.split(" ")
        signature = base64.b64decode(value, validate=True)
        if (signer, signature[:4].hex()) == (name, identity):
            try:
                public.verify(signature[4:], f"{text}\n".encode())
            except InvalidSignature:
                return False
            return True
    return False


def told(wrong: Mapping[str, list[str]], note: str, key: str) -> Iterator[str]:
    """Yield what was found, check by check."""
    for check, words in CHECKS.items():
        where = wrong.get(check, [])
        mark = "FAILS" if where else "not asked" if check == "key" and not key else "holds"
        more = f" ({', '.join(where[:5])}{' ...' if len(where) > 5 else ''})" if where else ""
        yield f"{mark}  {words}{more}"
    house, moment = note.split("\n")[1:3]
    yield f"signed by {house} as of {moment}"


def main(argv: Sequence[str]) -> int:
    """Run the command. Returns 0 when all holds, 1 when it does not, 2 when nothing could be said."""
    parser = argparse.ArgumentParser(prog="linli verify-data", epilog="Have the key from elsewhere than the file.")  # fmt: skip
    parser.add_argument(
        "file", metavar="FILE", help="all.zip, or the folder into which it was unpacked"
    )
    parser.add_argument("--key", default="", metavar="VKEY", help="the key of the house")
    try:
        options = parser.parse_args(argv)
    except SystemExit as ended:
        return int(ended.code or 0)
    try:
        files = _opened(Path(options.file))
        with files[NOTE]() as file:
            note = file.read().decode()
        wrong = verify(files, note, options.key)
        sys.stdout.writelines(f"{line}\n" for line in told(wrong, note, options.key))
    except (ImportError, OSError, LookupError, TypeError, ValueError, BadZipFile) as error:
        sys.stderr.write(f"linli verify-data: {type(error).__name__} {error}\n")
        return 2
    return 1 if wrong else 0


def _opened(path: Path) -> Opened:
    if is_zipfile(path):
        packed = ZipFile(path)
        return {name: lambda name=name: packed.open(name) for name in packed.namelist()}  # type: ignore[misc]
    return {one.name: lambda one=one: one.open("rb") for one in path.iterdir() if one.is_file()}  # type: ignore[misc]


def _digest(opened: Callable[[], IO[bytes]]) -> str:
    with opened() as file:
        return file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
