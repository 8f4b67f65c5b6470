"""Looks at what must not be lost: keys, backups, the look log and who watches it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Min

from linli.kernel import keystore
from linli.kernel.backups.key_copy import fingerprint_of_master
from linli.kernel.backups.record import moment, record
from linli.kernel.checking import judging, judging_log
from linli.kernel.checking.findings import Finding
from linli.kernel.exporting import Nothing
from linli.kernel.log_audit import Keys, verify
from linli.kernel.log_export import lines
from linli.kernel.log_keeping import newest
from linli.kernel.log_key import own_key
from linli.kernel.log_past import lost
from linli.kernel.models import Checkpoint, Cosignature, Look
from linli.kernel.note_keys import Malformed
from linli.kernel.witnesses import configured

# So many entries are verified with every check; a longer log by `linli verify-log`.
MOST_VERIFIED = 20_000
_STANDS = timedelta(hours=1)


def keys_seen(at: datetime) -> list[Finding]:
    """Look at the keys: who may read them, the master key and its age, the copy."""
    kept, demo, folder = record(), settings.DEMO, Path(settings.KEYS)
    files = [folder, *(path for path in folder.iterdir() if path.is_file())] if folder.is_dir() else []  # fmt: skip
    master = fingerprint_of_master()
    file = Path(settings.MASTER_KEY_FILE or folder / "master.json")
    made = datetime.fromtimestamp(file.stat().st_mtime, UTC) if file.is_file() else None
    found = [
        judging.key_files(path.stat().st_mode for path in files),
        judging.master_key(master, kept.master, lost=not master and _store_has_keys(), demo=demo),
        judging.rotation(made, at),
    ]
    if master:
        found.append(judging.key_copy(moment(kept.keys_at), at, demo=demo))
    return found


def backups_seen(at: datetime) -> list[Finding]:
    """Look when a backup was made and put back last."""
    kept, demo = record(), settings.DEMO
    wrong = bool(kept.wrong)
    return [
        judging.backup(moment(kept.made_at), at, demo=demo),
        judging.drill(moment(kept.tried_at), at, wrong=wrong, demo=demo),
    ]


def log_seen(at: datetime) -> list[Finding]:
    """Look at the log: nothing lost, nothing unsigned, every leaf in its place; and at the witnesses."""
    end = newest()
    waits = Look.objects.filter(position=None).aggregate(Min("at"))["at__min"]
    behind = lost() is not None
    faults = None if end is None or end.size > MOST_VERIFIED or behind else _faults()
    found = judging_log.log(behind=behind, faults=faults, waiting_since=waits, at=at)
    return [*found, _witnesses(at)]


def _witnesses(at: datetime) -> Finding:
    try:
        names = [one.key.name for one in configured()]
    except Malformed:
        return judging_log.witnesses(0, 0, readable=False)
    stood = Checkpoint.objects.filter(at__lte=at - _STANDS).order_by("-size").first()
    if stood is None:
        return judging_log.witnesses(len(names), 0, readable=True)
    signed = Cosignature.objects.filter(checkpoint__size__gte=stood.size, witness__in=names)
    seen = set(signed.values_list("witness", flat=True))
    return judging_log.witnesses(len(names), len({*names} - seen), readable=True)


def _faults() -> int:
    key = own_key()
    if key is None:
        return 0
    try:
        return len(verify(_said(), Keys((key,))).faults)
    except Nothing:
        return 0


def _said() -> Iterator[str]:
    yield from lines()


def _store_has_keys() -> bool:
    return bool((Path(settings.KEYS) / "subjects.sqlite3").exists() and keystore.store().alive("", 1))  # fmt: skip
