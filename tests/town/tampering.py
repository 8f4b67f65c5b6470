"""Eight ways to tamper with the look log in its database, by whoever may do all there and holds its key."""

from contextlib import contextmanager

from django.db import connection

from linli.kernel.checkpoints import Checkpoint as State
from linli.kernel.checkpoints import sign_checkpoint
from linli.kernel.log_key import signer
from linli.kernel.merkle import Frontier, leaf_hash
from linli.kernel.models import Checkpoint, Cosignature, LogHead, LogLeaf, LogNode, Look


@contextmanager
def past_the_triggers():
    """What an administrator of the database can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, sql in triggers:
            cursor.execute(sql)


def leaves():
    return [bytes(one.leaf) for one in LogLeaf.objects.order_by("position")]


def put(entries):
    """Replace the leaves alone."""
    LogLeaf.objects.all().delete()
    LogLeaf.objects.bulk_create(
        LogLeaf(position=position, leaf=leaf) for position, leaf in enumerate(entries)
    )


def rewrite(entries, sizes):
    """Replace everything: leaves, nodes, head, and checkpoints signed anew with the log's own key.

    The witness's words are kept wherever they still fit.
    """
    kept = {one.checkpoint.note: one for one in Cosignature.objects.select_related("checkpoint")}
    LogNode.objects.all().delete()
    Cosignature.objects.all().delete()
    Checkpoint.objects.all().delete()
    put(entries)
    frontier, key = Frontier(), signer(first=False)
    for size in range(len(entries) + 1):
        if size:
            frontier, completed = frontier.append(leaf_hash(entries[size - 1]))
            LogNode.objects.bulk_create(
                LogNode(level=at.level, position=at.position, hash=top)
                for at, top in completed
                if at.level
            )
        if size in sizes:
            note = str(sign_checkpoint(State(key.key.name, size, frontier.root()), key))
            at = LogHead.objects.get().checkpointed_at
            made = Checkpoint.objects.create(size=size, note=note, at=at)
            if note in kept:
                one = kept[note]
                Cosignature.objects.create(
                    checkpoint=made, witness=one.witness, line=one.line, at=one.at
                )
    LogHead.objects.update(frontier=frontier.packed(), checkpointed=max(sizes))


def forged(dice):
    return dice.randbytes(32)


def edit(dice):
    LogLeaf.objects.filter(position=dice.randrange(len(leaves()))).update(leaf=forged(dice))


def delete(dice):
    """One entry goes, those behind it move up."""
    entries = leaves()
    del entries[dice.randrange(len(entries))]
    put(entries)


def insert(dice):
    entries = leaves()
    entries.insert(dice.randrange(len(entries)), forged(dice))
    put(entries)


def swap(dice):
    entries = leaves()
    one, other = dice.sample(range(len(entries)), 2)
    entries[one], entries[other] = entries[other], entries[one]
    put(entries)


def rechain(dice):
    """Edit, and write every root anew under the old signatures."""
    signatures = {one.size: one.note.rpartition("\n\n")[2] for one in Checkpoint.objects.all()}
    entries = leaves()
    entries[dice.randrange(len(entries))] = forged(dice)
    rewrite(entries, set(signatures))
    for one in Checkpoint.objects.all():
        text = one.note.rpartition("\n\n")[0]
        Checkpoint.objects.filter(size=one.size).update(note=f"{text}\n\n{signatures[one.size]}")


def truncate(dice):
    """Drop entries from the end and leave the checkpoints."""
    LogLeaf.objects.filter(position__gte=dice.randrange(len(leaves()))).delete()


def truncate_and_resign(dice):
    size = dice.randrange(1, len(leaves()))
    sizes = {one.size for one in Checkpoint.objects.filter(size__lt=size)}
    rewrite(leaves()[:size], sizes | {size})
    Look.objects.filter(position__gte=size).delete()


def split_view(dice):
    """Another history as long, wholly signed: for one reader."""
    entries = leaves()
    entries[dice.randrange(len(entries))] = forged(dice)
    rewrite(entries, {one.size for one in Checkpoint.objects.all()})


NOTICED_ALONE = (edit, delete, insert, swap, rechain, truncate)
NEED_A_WITNESS = (truncate_and_resign, split_view)
