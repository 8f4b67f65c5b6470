"""`linli purge`: destroy the keys whose day has come, remove what engines keep no longer, leave no trace."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from linli.kernel.clock import now
from linli.kernel.purging import Purge, declared, scrub
from linli.kernel.turns import turn


class Command(BaseCommand):
    """Remove everything whose day has come. Meant for every night; may be stopped and repeated."""

    help = "Destroy the keys and remove the rows whose day has come."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, **__: Any) -> None:
        """Run every purge, one failing or not, then rewrite the files."""
        with turn(settings.KEYS / "purge.lock"):
            at = now()
            failed = [purge.name for purge in declared() if not self._run(purge, at)]
            scrubbed = scrub()
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}")
        if not scrubbed:
            raise CommandError("A reader held the files open: run the purge again.")

    def _run(self, purge: Purge, at: datetime) -> bool:
        try:
            count = purge.run(at)
        except Exception as error:  # noqa: BLE001 - one engine's fault keeps no other's data alive
            # Its kind alone: a database's complaint may quote the row.
            self.stderr.write(f"{purge.name}: {type(error).__name__}")
            return False
        self.stdout.write(f"{purge.name}: {count}")
        return True
