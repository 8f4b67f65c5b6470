"""`linli new-log`: see whether the database is older than what the look log signed; begin a new log then."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.kernel.clock import now
from linli.kernel.log_key import own_key
from linli.kernel.log_past import lost, state_in
from linli.kernel.log_renewal import begin_new_log
from linli.kernel.refusals import Refused


class Command(BaseCommand):
    """Look, and with --origin begin a new log. docs/log.md says when."""

    help = "After a restore: say whether the look log was signed further, and begin a new log."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Name the new log, and what somebody else has kept."""
        parser.add_argument("--origin", help="the name of the new log, such as linli.example/log2")
        parser.add_argument(
            "--seen", type=Path, help="a checkpoint kept elsewhere, when keys/log.signed was lost"
        )

    def handle(self, *_: Any, **given: Any) -> None:
        """Look, or begin."""
        note, origin, seen = lost(), given["origin"], given["seen"]
        if origin:
            try:
                kept = seen.read_text(encoding="utf-8") if seen else ""
                made = begin_new_log(at=now(), origin=origin, seen=kept)
            except (Refused, OSError) as error:
                said = error.sentence if isinstance(error, Refused) else error
                raise CommandError(str(said)) from None
            self.stdout.write(
                f"A new log has begun with {made.size} entries. Its key:\n{own_key()}"
            )
        elif note:
            state = state_in(note)
            raise CommandError(
                f"{state.origin} signed {state.size} entries, and this database does not know that"
                " state: it was put back from a backup. Nothing is signed any more. To begin a new"
                " log that names the old one: linli new-log --origin NAME"
            )
        else:
            self.stdout.write("The database knows everything that was signed.")
