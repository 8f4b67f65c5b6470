"""`linli verify-log FILE`: say in plain words whether an exported log holds, and for whom.

Needs the `cryptography` package and nothing else of ours or others: `python -m linli.kernel.verify_log`.
"""

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from linli.kernel.log_audit import read_keys, verify
from linli.kernel.note_keys import Malformed


def main(argv: Sequence[str]) -> int:
    """Run the command. Returns 0 when the log holds, 1 when it does not, 2 when nothing could be said."""
    try:
        options = _parser().parse_args(argv)
    except SystemExit as ended:
        return int(ended.code or 0)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        keys = read_keys(options.key, options.witness)
        seen = [_whole(name) for name in options.seen]
        with _opened(options.file) as lines:
            findings = verify(lines, keys, seen=seen)
    except (Malformed, OSError) as error:
        sys.stderr.write(f"linli verify-log: {error}\n")
        return 2
    sys.stdout.write(findings.told())
    return 0 if findings.sound else 1


def _opened(name: str) -> io.TextIOWrapper:
    """Open as it is, byte for byte: what is no UTF-8 is kept, for the audit to stumble over."""
    source = sys.stdin.buffer if name == "-" else Path(name).open("rb")  # noqa: SIM115 - the caller closes
    return io.TextIOWrapper(source, encoding="utf-8", errors="surrogateescape", newline="\n")


def _whole(name: str) -> str:
    with _opened(name) as file:
        return file.read()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="linli verify-log",
        description="Verify an exported log: nothing removed, altered, moved, cut off or forked.",
        epilog="Have the keys from elsewhere than the file: the notice board, the witness itself.",
    )
    parser.add_argument("file", metavar="FILE", help="the exported log, or - for standard input")
    for name, words in (
        ("--key", "a key of the log (vkey)"),
        ("--witness", "a key of a witness that must vouch for the end (vkey)"),
    ):
        parser.add_argument(name, action="append", default=[], metavar="VKEY", help=words)
    parser.add_argument(
        "--seen",
        action="append",
        default=[],
        metavar="FILE",
        help="a checkpoint kept elsewhere, best the last that the witness cosigned",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
