"""Others who cosign the look log (c2sp.org/tlog-witness): asked for each newest checkpoint, with the proof
that the log only grew since they last did. One that is down holds up nobody.
"""

from datetime import UTC, datetime
from http.client import HTTPException
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, build_opener
from urllib.request import Request as Call

import structlog
from django.conf import settings

from linli.kernel.checkpoints import Request, cosigned_by
from linli.kernel.log_keeping import newest
from linli.kernel.log_proofs import growth
from linli.kernel.models import Checkpoint, Cosignature
from linli.kernel.note_keys import Kind, Malformed, VerifierKey, read_key
from linli.kernel.notes import Forged, Note, read_note, read_signatures, signatures_of

_PATIENCE = 5  # seconds
_MOST_BYTES = 1 << 16
_log = structlog.stdlib.get_logger("linli.witnesses")


class Witness(NamedTuple):
    """One other that cosigns: its key, and the address before `/add-checkpoint`."""

    key: VerifierKey
    address: str


class _NoDetour(HTTPRedirectHandler):
    """Whom a city named to cosign is asked, and nobody whom they name."""

    def redirect_request(self, *_: object) -> None:
        return None


class _Answer(NamedTuple):
    status: int
    body: str


class Disagrees(Exception):
    """A witness holds a state that ours does not extend: the log was cut, or rewritten."""


def configured() -> tuple[Witness, ...]:
    """The witnesses that the settings name. Raises Malformed."""
    return tuple(map(_read, settings.WITNESSES))


def ask_witnesses() -> int:
    """Have the newest checkpoint cosigned by every witness that has not yet; return how many did.

    What goes wrong with one is logged and tried again the next time.
    """
    checkpoint = newest()
    if checkpoint is None:
        return 0
    done = {one.witness for one in checkpoint.cosignatures.all()}
    waiting = [one for one in configured() if one.key.name not in done]
    return sum(_asked(witness, checkpoint) for witness in waiting)


def _asked(witness: Witness, checkpoint: Checkpoint) -> bool:
    try:
        line, at = _cosigned(witness, checkpoint)
    except Disagrees:
        _log.error("witness_disagrees", kind=witness.key.name)
    except (OSError, HTTPException, ValueError) as error:
        _log.warning("witness_silent", kind=witness.key.name, code=type(error).__name__)
    else:
        # Two that ask at once are answered alike: the first line stays.
        Cosignature.objects.bulk_create(
            [Cosignature(checkpoint=checkpoint, witness=witness.key.name, line=line, at=at)],
            ignore_conflicts=True,
        )
        return True
    return False


def _cosigned(witness: Witness, checkpoint: Checkpoint) -> tuple[str, datetime]:
    """Ask, once more when the witness says from where; return its line and the time in it."""
    last = Cosignature.objects.filter(witness=witness.key.name).order_by("-checkpoint").first()
    answer = _asked_from(last.checkpoint_id if last else 0, witness, checkpoint)
    if answer.status == 409:
        held = int(answer.body)
        if held > checkpoint.size:
            raise Disagrees
        answer = _asked_from(held, witness, checkpoint)
    if answer.status in {409, 422}:
        raise Disagrees
    if answer.status != 200:
        raise Malformed(f"The witness answered {answer.status}.")
    return _line(answer.body, witness.key, read_note(checkpoint.note))


def _asked_from(old: int, witness: Witness, checkpoint: Checkpoint) -> _Answer:
    request = Request(old, growth(old, checkpoint.size), read_note(checkpoint.note))
    call = Call(f"{witness.address}/add-checkpoint", str(request).encode(), method="POST")  # noqa: S310 - see _read
    try:
        with build_opener(_NoDetour).open(call, timeout=_PATIENCE) as reply:
            return _Answer(reply.status, reply.read(_MOST_BYTES).decode())
    except HTTPError as error:
        with error:
            return _Answer(error.code, error.read(_MOST_BYTES).decode())


def _line(body: str, key: VerifierKey, note: Note) -> tuple[str, datetime]:
    """The witness's own line among those that it sent, verified. Raises Malformed, Forged."""
    sent = note._replace(signatures=read_signatures(body))
    times = cosigned_by(sent, [key])
    if key not in times:
        raise Forged("The witness sent no line of its own.")
    [(_key, signature), *_more] = signatures_of(sent, [key])
    return signature.line(), datetime.fromtimestamp(times[key], UTC)


def _read(named: str) -> Witness:
    vkey, _, address = named.partition("@")
    key = read_key(vkey)
    if key.kind != Kind.COSIGNATURE or not address.startswith(("https://", "http://")):
        raise Malformed("A witness is named by its vkey of kind 4, an @ and its http address.")
    return Witness(key, address.rstrip("/"))
