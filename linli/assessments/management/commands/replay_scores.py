"""`linli replay-scores [ROUND]`: compute every old score again, to the bit."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.assessments.queries.replays import replayed, rounds_with_scores


class Command(BaseCommand):
    """Say of each round how many scores come out again, and name those that do not."""

    help = (
        "Compute every old score again from its sheets and its edition: linli replay-scores [ROUND]"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One round, or all."""
        parser.add_argument("round", nargs="?", default="", metavar="ROUND", help="a round's code")

    def handle(self, *_: Any, **options: Any) -> None:
        """Compute again; fail where one differs."""
        wanted = [one for one in rounds_with_scores() if options["round"] in ("", one.code)]
        if options["round"] and not wanted:
            raise CommandError(f"There is no round {options['round']} with scores.")
        counted: Counter[bool] = Counter()
        for round_ in wanted:
            for score, difference in replayed(round_):
                counted[bool(difference)] += 1
                if difference:
                    self.stdout.write(f"{score.candidacy.code}/{score.number}: {difference}")
        told = f"{counted.total()} scores, {counted[True]} differ"
        if counted[True]:
            raise CommandError(told)
        self.stdout.write(told)
