"""`linli export STANDARD DIR`: files in a standard's own form, named as the standard names them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.kernel.clock import now
from linli.kernel.exporting import Export, Nothing, declared


class Command(BaseCommand):
    """Write one standard's files into a folder."""

    help = "Write files: linli export STANDARD DIR"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which standard, and where to."""
        parser.add_argument("standard", metavar="STANDARD", help=", ".join(sorted(_known())))
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *_: Any, **options: Any) -> None:
        """Write the files and name each on a line of its own."""
        known, standard, folder = _known(), options["standard"], options["folder"]
        if standard not in known:
            raise CommandError(f"No such standard: {standard}. Known: {', '.join(sorted(known))}.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._write(known[standard], folder)
        except (Nothing, OSError) as error:
            raise CommandError(str(error)) from error

    def _write(self, exports: list[Export], folder: Path) -> None:
        """Write what several engines have of one standard. Raises Nothing when none has anything."""
        missing = []
        for one in exports:
            try:
                paths = one.write(folder, now())
            except Nothing as error:
                missing.append(str(error))
            else:
                self.stdout.writelines(f"{path}\n" for path in paths)
        if len(missing) == len(exports):
            raise Nothing(" ".join(missing))


def _known() -> dict[str, list[Export]]:
    known: dict[str, list[Export]] = {}
    for one in declared():
        known.setdefault(one.standard, []).append(one)
    return known
