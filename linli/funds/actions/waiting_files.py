"""Hold a file until it is read, sealed in pieces under a key of its own, and let it go for good."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import IO, Final

from django.db import transaction
from django.utils.timezone import localdate

from linli.funds.models import WaitingFile
from linli.funds.queries.waiting_files import PIECE, place_of
from linli.funds.rules.payments import WAITING_DAYS
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.keystore import store
from linli.kernel.sealed_files import keep_sealed, remove_sealed

KEPT: Final = timedelta(days=WAITING_DAYS)


@dataclass(frozen=True, slots=True)
class Sealed:
    """One file on the disk, sealed; no row knows it yet."""

    code: str
    digest: str
    size: int
    pieces: tuple[str, ...]


def seal_pieces(*, by: Actor, at: datetime, file: IO[bytes], digest: str) -> Sealed:
    """Put a file on the disk, sealed, outside of any transaction: nobody waits for the disk.

    If no row comes to know it, it is noise, which the kernel's sweep removes after a day.
    Refuses: not_allowed.
    """
    allow(by, Role.OFFICER, Role.PLANNER)
    code, key = store().fresh(localdate(at) + KEPT)
    pieces, size = list[str](), 0
    file.seek(0)
    while piece := _whole_piece(file):
        pieces.append(keep_sealed(key, place_of(code, len(pieces)), piece))
        size += len(piece)
    return Sealed(code, digest, size, tuple(pieces))


def hold(*, by: Actor, at: datetime, sealed: Sealed) -> WaitingFile:
    """Write down that a sealed file waits.

    Refuses: not_allowed.
    """
    allow(by, Role.OFFICER, Role.PLANNER)
    return WaitingFile.objects.create(
        code=sealed.code, digest=sealed.digest, size=sealed.size, pieces=list(sealed.pieces),
        waits_since=at,
    )  # fmt: skip


def let_go(*, by: Actor, at: datetime, files: Iterable[WaitingFile | None]) -> None:
    """Let go of files for good, at this moment `at`: as soon as the transaction is in, their keys are destroyed.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    for file in files:
        if file is None:
            continue
        pieces = list(file.pieces)
        code = file.code
        file.delete()
        transaction.on_commit(partial(_destroy, code, pieces))


def _destroy(code: str, pieces: list[str]) -> None:
    # The key first: what is then left on the disk is noise.
    store().destroy([code])
    for piece in pieces:
        remove_sealed(piece)


def _whole_piece(file: IO[bytes]) -> bytes:
    """Return the next piece in full length: an upload may give less than it is asked for."""
    parts, wanted = list[bytes](), PIECE
    while wanted and (part := file.read(wanted)):
        parts.append(part)
        wanted -= len(part)
    return b"".join(parts)
