"""The look log's tree in the database: leaves appended and states signed under one lock.

One row is the lock. Whoever holds it appends and signs in the same transaction, so that no two
checkpoints can contradict each other, whatever stops us in between.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.db import transaction

from linli.kernel.checkpoints import Checkpoint as State
from linli.kernel.checkpoints import sign_checkpoint
from linli.kernel.log_key import signer
from linli.kernel.log_past import lost, remember
from linli.kernel.merkle import Frontier, leaf_hash, unpacked
from linli.kernel.models import Checkpoint, LogHead, LogLeaf, LogNode

MOST_WAITING = 10
LONGEST_WAIT = timedelta(seconds=10)
_log = structlog.stdlib.get_logger("linli.log")


def held_head() -> LogHead:
    """Return the log's head, locked until the caller's transaction ends."""
    heads = LogHead.objects.select_for_update()
    if head := heads.first():
        return head
    LogHead.objects.get_or_create(defaults={"frontier": Frontier().packed()}, pk=LogHead.THE_ONE)
    return heads.get()


def append(head: LogHead, leaves: Sequence[bytes]) -> int:
    """Enter leaves behind the last one; return the position of the first. The caller holds the head."""
    start = size_of(head)
    frontier, nodes = unpacked(bytes(head.frontier)), []
    for leaf in leaves:
        frontier, (_, *completed) = frontier.append(leaf_hash(leaf))
        nodes += [LogNode(level=at.level, position=at.position, hash=top) for at, top in completed]
    LogLeaf.objects.bulk_create(
        LogLeaf(position=position, leaf=leaf) for position, leaf in enumerate(leaves, start)
    )
    LogNode.objects.bulk_create(nodes)
    head.frontier = frontier.packed()
    head.save(update_fields=["frontier"])
    return start


def sign_if_due(head: LogHead, at: datetime) -> bool:
    """Sign the log's state when that is due; say whether it was. The caller holds the head.

    Where the database is older than what was signed, nothing is: it would be a second history.
    """
    if not is_due(head, waiting=size_of(head) - head.checkpointed, at=at):
        return False
    if lost() is not None:
        _log.error("log_behind")
        return False
    frontier = unpacked(bytes(head.frontier))
    key = signer(first=head.checkpointed_at is None)
    note = sign_checkpoint(State(key.key.name, frontier.size, frontier.root()), key)
    Checkpoint.objects.create(size=frontier.size, note=str(note), at=at)
    transaction.on_commit(partial(remember, str(note)))
    head.checkpointed, head.checkpointed_at = frontier.size, at
    head.save(update_fields=["checkpointed", "checkpointed_at"])
    return True


def is_due(head: LogHead, *, waiting: int, at: datetime) -> bool:
    """Say whether a checkpoint is due for so many entries that none covers yet."""
    last = head.checkpointed_at
    # The first covers nothing: whoever keeps it knows the log from its beginning.
    return last is None or waiting >= MOST_WAITING or (waiting > 0 and at - last >= LONGEST_WAIT)


def size_of(head: LogHead) -> int:
    """How many leaves there are."""
    return unpacked(bytes(head.frontier)).size


def newest() -> Checkpoint | None:
    """The newest signed state, with who cosigned it."""
    return Checkpoint.objects.order_by("-size").prefetch_related("cosignatures").first()


def published(checkpoint: Checkpoint) -> str:
    """The signed note of a checkpoint with every witness's line under it."""
    lines = {one.witness: one.line for one in checkpoint.cosignatures.all()}
    return checkpoint.note + "".join(line for _, line in sorted(lines.items()))
