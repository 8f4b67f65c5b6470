"""The look log as a file that anybody can verify (docs/log.md): every leaf, every checkpoint, no row."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from linli.kernel.exporting import Export, Nothing
from linli.kernel.log_file import Entry, checkpoint_line, entry_line, header_line
from linli.kernel.log_keeping import newest, published
from linli.kernel.log_key import own_key
from linli.kernel.log_past import pasts
from linli.kernel.models import Checkpoint, LogLeaf

_BATCH = 2000


def lines() -> Iterator[str]:
    """Yield the lines of the file, up to the newest checkpoint. Raises Nothing before the first.

    Reads in small steps and needs no transaction: what stands above a checkpoint never changes.
    """
    key, end = own_key(), newest()
    if key is None or end is None:
        raise Nothing("The log has not begun: no checkpoint was signed yet.")
    return _lines(key.name, end.size)


def _before() -> str:
    """Return the last checkpoint of the log that this one goes on from."""
    ended = pasts()
    return ended[-1].note if ended else ""


def write_log(folder: Path, at: datetime) -> list[Path]:
    """Write the log, its newest checkpoint and the key to verify it with. Raises Nothing."""
    file, note, vkey = (folder / name for name in ("looks.jsonl", "checkpoint.txt", "log.vkey"))
    key, end = own_key(), newest()
    if key and end:
        # Before the entries: the file reaches at least as far as the checkpoint beside it.
        note.write_text(published(end), encoding="utf-8")
        vkey.write_text(f"{key}\n", encoding="utf-8")
    with file.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(lines())
    return [file, note, vkey]


LOG = Export("log", write_log)


def _lines(origin: str, end: int) -> Iterator[str]:
    yield header_line(origin, _before())
    signed = _checkpoints(origin, -1, 0)
    yield from signed.values()
    for start in range(0, end, _BATCH):
        stop = min(start + _BATCH, end)
        signed = _checkpoints(origin, start, stop)
        leaves = LogLeaf.objects.filter(position__gte=start, position__lt=stop).order_by("position")
        for leaf in leaves.iterator():
            yield entry_line(Entry(bytes(leaf.leaf)))
            if line := signed.pop(leaf.position + 1, None):
                yield line
        # A checkpoint over leaves that are missing: whoever verifies shall see it.
        yield from signed.values()


def _checkpoints(origin: str, start: int, stop: int) -> dict[int, str]:
    """The log's own checkpoints of more than `start` and at most `stop` leaves, as lines by their size."""
    found = Checkpoint.objects.filter(size__gt=start, size__lte=stop).order_by("size")
    found = found.filter(note__startswith=f"{origin}\n")
    return {
        one.size: checkpoint_line(published(one)) for one in found.prefetch_related("cosignatures")
    }
