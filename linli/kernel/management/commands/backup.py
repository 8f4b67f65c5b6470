"""`linli backup DIR`: one file of the database and the kept files; `--drill` puts one back into a scratch database."""

import sys
import tempfile
from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from linli.kernel.backups import archive
from linli.kernel.backups.copying import CannotCopy
from linli.kernel.backups.key_copy import fingerprint_of_master, seal_keys
from linli.kernel.backups.record import note
from linli.kernel.clock import now
from linli.kernel.refusals import Refused


class Command(BaseCommand):
    """Back up, and try the backup out. docs/operations.md says how often, and where to."""

    help = "Back up the database and the kept files, never the keys; --drill tries a backup out."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and what else."""
        parser.add_argument("folder", metavar="DIR", nargs="?", type=Path)
        parser.add_argument(
            "--drill",
            action="store_true",
            help="put it back into a scratch database and compare; without DIR in a folder that goes again",
        )
        parser.add_argument(
            "--keys",
            metavar="FILE",
            type=Path,
            help="instead: seal the one copy of the keys under a passphrase",
        )
        parser.add_argument(
            "--master-key-kept",
            action="store_true",
            help="instead: confirm that the master key of today is copied and kept apart",
        )

    def handle(self, *_: Any, **given: Any) -> None:
        """Do one of them."""
        try:
            if given["keys"]:
                self._keys(given["keys"])
            elif given["master_key_kept"]:
                self._confirm()
            elif given["folder"]:
                self._backup(given["folder"], drill=given["drill"])
            elif given["drill"]:
                with tempfile.TemporaryDirectory() as folder:
                    self._backup(Path(folder), drill=True, kept=False)
            else:
                raise CommandError("Name a folder: linli backup DIR")
        except (CannotCopy, archive.Damaged, OSError) as error:
            raise CommandError(str(error)) from None
        except Refused as refused:
            raise CommandError(str(refused.sentence)) from None

    def _backup(self, folder: Path, *, drill: bool, kept: bool = True) -> None:
        require_whole_database()
        path = archive.make(folder, at=now())
        if kept:
            note(made_at=now().isoformat(), bytes=path.stat().st_size)
            self.stdout.write(str(path))
        if drill:
            self._drill(path)

    def _drill(self, path: Path) -> None:
        done = archive.tried(path)
        note(tried_at=now().isoformat(), wrong=done.wrong)
        if done.wrong:
            raise CommandError(f"Not the same after it was put back: {', '.join(done.wrong)}")
        found = done.contents.counted
        self.stdout.write(
            f"put back and compared: {found.total} rows in {len(found.rows)} tables,"
            f" {len(done.contents.digests) - 1} files, {found.log_size} entries of the look log"
        )

    def _keys(self, to: Path) -> None:
        names = seal_keys(to, passphrase(again=True))
        note(keys_at=now().isoformat())
        self.stdout.write(f"{to}: {', '.join(names)}")
        self.stdout.write("The master key is not in it. Copy it by hand, and keep the two apart.")

    def _confirm(self) -> None:
        master = fingerprint_of_master()
        if not master:
            raise CommandError("There is no master key yet: linli rotate-keys makes it.")
        note(master=master, master_at=now().isoformat())
        self.stdout.write(f"Master key {master} is kept elsewhere, as you say.")


def require_whole_database() -> None:
    """Raise CommandError in a cell: a copy of the database is one of all cells."""
    if settings.CELL:
        raise CommandError(
            f"This is one cell of several: pg_dump --schema={settings.CELL} copies it alone."
        )


def passphrase(*, again: bool = False) -> str:
    """Return what is typed, or the next line of input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    typed = getpass("Passphrase: ")
    if again and getpass("The same again: ") != typed:
        raise CommandError("The two are not the same.")
    return typed
