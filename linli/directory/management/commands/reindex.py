"""`linli reindex`: the search of the directory, made anew from what the directory says."""

from typing import Any

from django.core.management.base import BaseCommand

from linli.directory.actions.entries import rebuild_entries
from linli.kernel.actors import system
from linli.kernel.clock import now


class Command(BaseCommand):
    """Write every search entry anew; whoever searches meanwhile finds the old ones."""

    help = "Rebuild the search index of the directory."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild."""
        count = rebuild_entries(by=system("reindex"), at=now())
        self.stdout.write(f"{count} entries")
