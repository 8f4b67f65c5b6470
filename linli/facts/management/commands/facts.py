"""`linli facts compute`: count what the engines declare in their figures.py, and keep it as facts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.facts.actions import Counted, compute
from linli.facts.queries.declared import declared
from linli.facts.rules.figures import Figure
from linli.kernel.actors import system
from linli.kernel.clock import now
from linli.kernel.refusals import Refused


class Command(BaseCommand):
    """Work on facts from the command line."""

    help = "Count figures and keep them as facts: linli facts compute [--only NAME]"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the one thing that can be done."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        counting = verbs.add_parser(
            "compute", help="count every declared figure whose records changed"
        )
        counting.add_argument("--only", metavar="NAME", help="this figure alone")

    def handle(self, *_: Any, only: str | None = None, **__: Any) -> None:
        """Count, one transaction a figure, and say what became of each."""
        wanted = [figure for figure in declared() if only in (None, figure.name)]
        if only and not wanted:
            raise CommandError(f"No engine declares a figure named {only}.")
        refused = [figure.name for figure in wanted if not self._count(figure)]
        if refused:
            raise CommandError(f"Refused: {', '.join(refused)}")
        if not wanted:
            self.stdout.write("No engine declares a figure.")

    def _count(self, figure: Figure) -> bool:
        try:
            counted = compute(by=system("facts compute"), at=now(), figure=figure)
        except Refused as error:
            self.stderr.write(f"{figure.name}: {error.code}: {error.sentence}")
            return False
        self.stdout.write(f"{figure.name}: {_said(counted)}")
        return True


def _said(counted: Counted) -> str:
    if counted.skipped:
        return "unchanged since it was counted last, skipped"
    return (
        f"{counted.new} new, {counted.changed} changed, "
        f"{counted.withdrawn} withdrawn, {counted.same} the same"
    )
