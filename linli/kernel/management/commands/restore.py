"""`linli restore FILE`: a backup put in the place of an empty database; `--keys` the copy of the keys."""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from linli.kernel.backups import archive
from linli.kernel.backups.copying import MEMBER, CannotCopy, is_empty, put_back
from linli.kernel.backups.key_copy import open_keys
from linli.kernel.management.commands.backup import passphrase, require_whole_database
from linli.kernel.refusals import Refused


class Command(BaseCommand):
    """Put a backup back. Nothing is put over a database that holds something."""

    help = "Put a backup back into an empty house: linli restore FILE; --keys for the copy of the keys."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--keys", action="store_true", help="FILE is the sealed copy of the keys"
        )
        parser.add_argument(
            "--check", action="store_true", help="only try it out in a scratch database"
        )

    def handle(self, *_: Any, **given: Any) -> None:
        """Put it back."""
        file = given["file"]
        try:
            if given["keys"]:
                names = open_keys(file, passphrase())
                self.stdout.write(f"{settings.KEYS}: {', '.join(names)}")
            elif given["check"]:
                self._say(archive.tried(file))
            else:
                self._restore(file)
        except (archive.Damaged, CannotCopy, OSError) as error:
            raise CommandError(str(error)) from None
        except Refused as refused:
            raise CommandError(str(refused.sentence)) from None

    def _restore(self, file: Path) -> None:
        require_whole_database()
        if not is_empty():
            raise CommandError("The database holds something: nothing was put over it.")
        self._say(archive.tried(file))
        with archive.opened(file) as (contents, aside):
            put_back(aside / MEMBER[contents.vendor])
            # Files of the name of their content: one that is there already is the same.
            if (aside / "files").is_dir():
                shutil.copytree(aside / "files", settings.MEDIA_ROOT, dirs_exist_ok=True)
        self.stdout.write(f"Put back, as of {contents.made_at:%Y-%m-%d %H:%M} UTC. Now, in order:")
        self.stdout.write("linli migrate; linli purge; linli new-log; linli check")

    def _say(self, done: archive.Tried) -> None:
        if done.wrong:
            raise CommandError(f"Not what it says it holds: {', '.join(done.wrong)}")
        found = done.contents.counted
        self.stdout.write(f"whole: {found.total} rows, {found.log_size} entries of the look log")
