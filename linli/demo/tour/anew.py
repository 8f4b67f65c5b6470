"""Fill the demo anew while it is served: beside what is there, then in its place.

A process of its own fills a database, keys and files in a folder beside ours. Then the database takes the place of
ours in one transaction, under whoever has it open. What is cut off before leaves everything as it was.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from linli.demo.city.steps import made
from linli.demo.staff import LOGINS
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.keystore import store
from linli.kernel.models import Staff, Subject
from linli.kernel.refusals import Refused

FOLDER: Final = "anew"
_SEALING: Final = "subjects.sqlite3"  # what opens sealed things: a database itself
_LENT: Final = ("master.json", "passphrases.key", "records.key")
_LEFT: Final = ("subjects.", "ticks.", *_LENT)


@transaction.atomic
def ask_to_fill(*, by: Actor, at: datetime) -> None:
    """Have the demo filled anew as soon as the queue comes to it.

    Refuses: not_allowed; no_demo; in_real_use; not_sqlite; under_way.
    """
    allow(by, Role.ADMINISTRATOR)
    _check()
    if is_under_way():
        raise Refused("under_way", _("The demo is being filled anew already."), status=409)
    fill_anew.enqueue()


def is_under_way() -> bool:
    """Say whether the demo waits to be filled anew, or is being filled."""
    waiting = DBTaskResult.objects.filter(task_path=fill_anew.module_path)
    return waiting.exclude(status=TaskResultStatus.FAILED).exists()


@task()
def fill_anew() -> None:
    """Fill a demo of the same size in a folder beside, and put it in the place of this one.

    Refuses: no_demo; in_real_use; not_sqlite.
    """
    _check()
    beside = Path(settings.HOME) / FOLDER
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(mode=0o700)
    try:
        _lend_keys(beside)
        _fill(beside, size=made())
        _check()  # somebody may have been let in meanwhile
        put_in_place(beside)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def put_in_place(beside: Path) -> None:
    """Put files, keys and the database of a folder in the place of ours; what was sealed here opens no more."""
    if (beside / "files").exists():
        shutil.copytree(beside / "files", settings.MEDIA_ROOT, dirs_exist_ok=True)
    before = list(Subject.objects.filter(destroyed_on=None).values_list("code", flat=True))
    keys = Path(settings.KEYS)
    _bring_keys(beside / "keys" / _SEALING, keys / _SEALING)
    for kept in sorted((beside / "keys").rglob("*")):
        if kept.is_file() and not kept.name.startswith(_LEFT):
            _placed(kept, keys / kept.relative_to(beside / "keys"))
    _copied(beside / "linli.sqlite3", Path(str(connection.settings_dict["NAME"])))
    store().destroy(before)


def _check() -> None:
    if not settings.DEMO:
        raise Refused("no_demo", _("This is no demo."), status=404)
    if Staff.objects.exclude(username__in=[login.username for login in LOGINS]).exists():
        sentence = _("This database holds accounts that are not the demo's: it is left alone.")
        raise Refused("in_real_use", sentence, status=409)
    if connection.vendor != "sqlite":
        sentence = _("Only a demo on SQLite is filled anew from here.")
        raise Refused("not_sqlite", sentence, status=409)


def _fill(home: Path, *, size: int) -> None:
    ours = {"DATABASE_URL", "LINLI_MASTER_KEY_FILE"}
    told = {name: value for name, value in os.environ.items() if name not in ours}
    command = [sys.executable, "-m", "linli", "demo", "--bare", "--size", str(size)]
    subprocess.run(  # noqa: S603 - our own command
        command, env=told | {"LINLI_HOME": str(home), "LINLI_DEMO": "1"}, check=True,
        stdin=subprocess.DEVNULL, capture_output=True,
    )  # fmt: skip


def _lend_keys(beside: Path) -> None:
    """Let the new demo seal under the keys that running processes know."""
    (beside / "keys").mkdir(mode=0o700)
    for name in _LENT:
        if (kept := Path(settings.KEYS) / name).exists():
            shutil.copy2(kept, beside / "keys" / name)


def _bring_keys(source: Path, target: Path) -> None:
    """Add the sealing keys of the new demo to ours: a line that was there stays, destroyed or not."""
    with closing(sqlite3.connect(target, timeout=60)) as ours:
        ours.execute("ATTACH DATABASE ? AS anew", [str(source)])
        ours.execute("INSERT INTO keys SELECT * FROM anew.keys")
        ours.commit()


def _copied(source: Path, target: Path) -> None:
    """Copy one database over another that others have open: they see all of it at once, or what was there."""
    with closing(sqlite3.connect(source)) as new, closing(sqlite3.connect(target, timeout=60)) as old:  # fmt: skip
        new.backup(old)


def _placed(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = target.with_name(f"{target.name}.anew")
    shutil.copy2(source, aside)
    aside.replace(target)
