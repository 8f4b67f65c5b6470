"""End a look log whose database was put back from a backup, and begin another that names what is missing.

The new log has a name and a key of its own. Its tree goes on from what the backup held; its first own entry
is the last checkpoint of the old log, so that nobody can deny how far that one was.
"""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.checkpoints import Checkpoint as State
from linli.kernel.checkpoints import sign_checkpoint
from linli.kernel.log_file import succession
from linli.kernel.log_keeping import append, held_head, size_of
from linli.kernel.log_key import KEY_FILE, own_key, signer
from linli.kernel.log_past import Past, add_past, lost, pasts, remember, state_in
from linli.kernel.merkle import Frontier, leaf_hash, unpacked
from linli.kernel.models import Checkpoint, LogLeaf
from linli.kernel.note_keys import Kind, Malformed, Signer, VerifierKey, new_signer
from linli.kernel.notes import Forged, read_note, signed_by
from linli.kernel.refusals import Refused
from linli.kernel.whole import write_whole


@transaction.atomic
def begin_new_log(*, at: datetime, origin: str, seen: str = "") -> Checkpoint:
    """Begin a log of this name after one whose database is older than what was signed; return its first state.

    `seen` is a checkpoint that somebody else has kept, for when nothing is remembered beside the key.
    May be repeated when it was stopped.
    Refuses: log_stands while the database knows all that was signed; not_ours for a checkpoint that our
    key has not signed; same_name for a name that a log of ours bears already.
    """
    head, key = held_head(), own_key()
    note = lost() or _shown(seen, key)
    if note is None or key is None:
        raise Refused("log_stands", _("The log holds everything that was signed. Nothing to end."))
    new = _new_key(origin, key, note)
    start = append(head, [succession(note)])
    frontier = unpacked(bytes(head.frontier))
    first = str(sign_checkpoint(State(origin, frontier.size, frontier.root()), new))
    made = Checkpoint.objects.create(size=frontier.size, note=first, at=at)
    head.checkpointed, head.checkpointed_at = frontier.size, at
    head.save(update_fields=["checkpointed", "checkpointed_at"])
    if key.name != origin:
        # The old key goes before the new state is there: it signs no more, whatever stops us.
        add_past(Past(str(key), note, start))
        write_whole(settings.KEYS / KEY_FILE, new.secret() + "\n")
    transaction.on_commit(partial(remember, first))
    return made


def _new_key(origin: str, key: VerifierKey, note: str) -> Signer:
    ended = pasts()
    if ended and ended[-1].note == note and key.name == origin:
        return signer(first=False)  # it was made, and we were stopped
    if origin in {key.name, state_in(note).origin, *(one.state.origin for one in ended)}:
        raise Refused("same_name", _("A log of ours bears this name already. Give it another."))
    return new_signer(origin, Kind.NOTE)


def _shown(seen: str, key: VerifierKey | None) -> str | None:
    """Return a checkpoint of ours that this database's tree does not lead to; None when it does."""
    if not seen or key is None:
        return None
    try:
        ours = bool(signed_by(read_note(seen), [key]))
        state = state_in(seen)
    except (Malformed, Forged):
        ours = False
    if not ours:
        raise Refused("not_ours", _("Our log has not signed this checkpoint."))
    if state.size <= size_of(held_head()) and _root(state.size) == state.root:
        return None
    return seen


def _root(size: int) -> bytes:
    frontier = Frontier()
    leaves = LogLeaf.objects.filter(position__lt=size).order_by("position")
    for leaf in leaves.iterator():
        frontier = frontier.append(leaf_hash(bytes(leaf.leaf))).frontier
    return frontier.root()
