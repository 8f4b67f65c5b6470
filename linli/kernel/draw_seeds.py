"""What draws need beside their tables: seeds in files of their own, never in the database before they are shown,
and what the look log and its witness add.
"""

import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.kernel.drawing import PATIENCE, beacon_of, commitment
from linli.kernel.log_keeping import append, held_head
from linli.kernel.log_proofs import way_up
from linli.kernel.models import Checkpoint, Cosignature
from linli.kernel.note_keys import written as base64
from linli.kernel.notes import read_note
from linli.kernel.refusals import Refused
from linli.kernel.whole import write_whole
from linli.kernel.witnesses import configured


def keep_seed() -> tuple[str, str]:
    """Make a seed and keep it; return its hash, and the name of the witness whose word will be mixed in."""
    seed = secrets.token_hex(32)
    told = commitment(seed)
    write_whole(seed_file(told), seed)
    return told, next((one.key.name for one in configured()), "")


def kept_seed(told: str) -> str:
    """Return the seed of this hash.

    Refuses: seed_lost.
    """
    try:
        seed = seed_file(told).read_text()
    except FileNotFoundError:
        seed = ""
    if commitment(seed) != told:
        raise Refused("seed_lost", _("The seed of this draw is not where it was kept."), status=503)
    return seed


def seed_file(told: str) -> Path:
    """Where the seed of this hash is kept."""
    return Path(settings.KEYS) / "draws" / told


def enter_leaf(leaf: bytes) -> int:
    """Enter what a draw was closed with into the look log; return where it stands. Within a transaction."""
    return append(held_head(), [leaf])


def beacon(*, position: int, closed_at: datetime, witness: str, at: datetime) -> str:
    """Return what is mixed into a closed draw: the first state of the log with its list that the witness signed.

    "" while there is none. A witness that stays silent is waited for so long; then, as where there is no
    witness, the first state that holds the list stands alone.
    """
    if witness:
        lines = Cosignature.objects.filter(witness=witness, checkpoint__size__gt=position)
        if line := lines.select_related("checkpoint").order_by("checkpoint").first():
            return beacon_of(read_note(line.checkpoint.note).text, line.line)
        if at < closed_at + PATIENCE:
            return ""
    first = Checkpoint.objects.filter(size__gt=position).order_by("size").first()
    return beacon_of(read_note(first.note).text) if first else ""


def proof(position: int, mixed_in: str) -> list[str]:
    """Return the way from a draw's entry of the log up to the state that was mixed in, as a file has it."""
    return [base64(one) for one in way_up(position, int(mixed_in.split("\n")[1]))]
