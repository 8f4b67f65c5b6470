"""A small witness (c2sp.org/tlog-witness): cosigns the checkpoints of logs that it knows, each only when it
extends the last, and remembers the last in a file. Run by somebody else than the log's keeper.

Needs the `cryptography` package and nothing else: `python -m linli.kernel.witness_server`.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from linli.kernel.checkpoints import Declined, Request, read_checkpoint, read_request, witness
from linli.kernel.clock import now
from linli.kernel.merkle import EMPTY, Head
from linli.kernel.note_keys import Kind, Malformed, Signer, VerifierKey, new_signer, read_key
from linli.kernel.note_keys import read_signer as read_secret
from linli.kernel.turns import turn
from linli.kernel.whole import write_whole

_MOST_BYTES = 1 << 16
_PATIENCE = 10  # seconds


@dataclass(frozen=True)
class Watcher:
    """One witness: its key, the logs that it knows, and the file that says what it cosigned last of each."""

    signer: Signer
    logs: tuple[VerifierKey, ...]
    state: Path

    def cosigned(self, body: str, at: int) -> str:
        """Answer one `add-checkpoint`. Raises Malformed, Declined."""
        request = read_request(body)
        # Reading, judging and keeping are one step, or two askers could turn the state back.
        with turn(self.state.with_suffix(".lock")):
            return self._cosigned(request, at)

    def _cosigned(self, request: Request, at: int) -> str:
        checkpoint, kept = read_checkpoint(request.note.text), self._kept()
        held = kept.get(checkpoint.origin, Head(0, EMPTY))
        line = witness(request, self.signer, at, logs=self.logs, held=held).line()
        write_whole(self.state, json.dumps(_told(kept | {checkpoint.origin: checkpoint.head})))
        return line

    def _kept(self) -> dict[str, Head]:
        try:
            told = json.loads(self.state.read_text())
        except FileNotFoundError:
            return {}
        return {
            origin: Head(one["size"], bytes.fromhex(one["root"])) for origin, one in told.items()
        }


def serving(watcher: Watcher, host: str, port: int) -> ThreadingHTTPServer:
    """Return the server of a witness, bound and not yet running."""

    class Door(BaseHTTPRequestHandler):
        """What the witness answers."""

        timeout = _PATIENCE
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            """Take `add-checkpoint`; tell nothing of other addresses."""
            length = self.headers.get("Content-Length", "")
            if not self.path.endswith("/add-checkpoint"):
                self._refuse(404, "Nothing here.\n")
            elif not length.isdecimal() or int(length) > _MOST_BYTES:
                self._refuse(413, "A request is short and says how long it is.\n")
            else:
                self._say(*answer(watcher, self.rfile.read(int(length))))

        def _refuse(self, status: int, said: str) -> None:
            self.close_connection = True  # what was sent stays unread
            self._say(status, "text/plain", said)

        def _say(self, status: int, kind: str, said: str) -> None:
            body = said.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if self.close_connection:
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep no record of who asks."""

    return ThreadingHTTPServer((host, port), Door)


def answer(watcher: Watcher, sent: bytes) -> tuple[int, str, str]:
    """Return status, kind and body of the answer to one `add-checkpoint`."""
    try:
        return (
            200,
            "text/plain; charset=utf-8",
            watcher.cosigned(sent.decode(), int(now().timestamp())),
        )
    except Declined as no:
        if no.status == 409:
            return 409, "text/x.tlog.size", f"{no.held}\n"
        return no.status, "text/plain", f"{no}\n"
    except ValueError as error:
        return (
            400,
            "text/plain",
            f"{error}\n" if isinstance(error, Malformed) else "Not readable.\n",
        )


def main(argv: Sequence[str]) -> int:
    """Run the command until it is stopped. Returns 2 when it cannot begin."""
    try:
        options = _parser().parse_args(argv)
    except SystemExit as ended:
        return int(ended.code or 0)
    try:
        key = _own_key(options.folder / "witness.key", options.name)
        logs = tuple(map(read_key, options.log))
        if any(log.kind != Kind.NOTE for log in logs):
            raise Malformed("A log's key is of kind 1.")
        server = serving(
            Watcher(key, logs, options.folder / "state.json"), options.host, options.port
        )
    except (Malformed, OSError) as error:
        sys.stderr.write(f"linli witness: {error}\n")
        return 2
    sys.stdout.write(f"{key.key}\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0


def _own_key(kept: Path, name: str | None) -> Signer:
    """Return the witness's key, made the first time under `name`."""
    if not kept.exists():
        if not name:
            raise Malformed(
                "Name the witness once, with --name: its key carries the name for ever."
            )
        write_whole(kept, new_signer(name, Kind.COSIGNATURE).secret() + "\n")
    return read_secret(kept.read_text())


def _told(heads: dict[str, Head]) -> dict[str, dict[str, int | str]]:
    return {origin: {"size": head.size, "root": head.root.hex()} for origin, head in heads.items()}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="linli witness",
        description="Cosign the checkpoints of a log that somebody else keeps, as long as it only grows.",
        epilog="Prints its own key (vkey): give it to the log's keeper and to whoever verifies.",
    )
    parser.add_argument(
        "folder", metavar="DIR", type=Path, help="keeps the key and what was cosigned"
    )
    parser.add_argument("--name", help="the witness's name, given once: a host name and a path")
    parser.add_argument(
        "--log", action="append", required=True, metavar="VKEY", help="the key of a log to watch"
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8100)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
