"""`linli areas`: the code table of areas into the directory, or a newer one over it."""

from typing import Any

from django.core.management.base import BaseCommand

from linli.kernel.actors import system
from linli.kernel.clock import now
from linli.reports.actions.areas import hand_over_areas


class Command(BaseCommand):
    """Bring the directory's areas to the table that is part of this version."""

    help = "Load the areas of GB/T 2260 with their years into the directory."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many codes were new."""
        made = hand_over_areas(by=system("areas"), at=now())
        self.stdout.write(f"{made} areas added.")
