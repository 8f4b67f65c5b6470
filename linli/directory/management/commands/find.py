"""`linli find FILE WORDS… --key VKEY`: asks the directory's one file, without a network or a database."""

from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.directory.queries.offline import NOTE, NotGenuine, answers, opened
from linli.directory.rules.offline import Told
from linli.kernel.note_keys import Malformed, read_key


class Command(BaseCommand):
    """Verify the note beside a file, then answer from it."""

    help = "Ask the directory's file: linli find FILE WORDS… --key VKEY"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, which words, and whose signature is to be believed."""
        parser.add_argument("file", metavar="FILE", type=Path, help="directory.sqlite3")
        parser.add_argument("words", metavar="WORDS", nargs="+")
        parser.add_argument(
            "--key", required=True, metavar="VKEY", help="the city's key, had from elsewhere"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Write each answer as a short paragraph."""
        file: Path = options["file"]
        try:
            key = read_key(options["key"])
            database, statement = opened(file, file.with_suffix(NOTE), key)
        except (Malformed, NotGenuine, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{statement.host} {statement.made:%Y-%m-%d}\n")
        with closing(database):
            found = answers(database, " ".join(options["words"]))
        for one in found:
            self.stdout.write("\n" + "\n".join(_lines(one)))
        if not found:
            self.stdout.write("\nNothing was found.")


def _lines(told: Told) -> list[str]:
    lines = [f"{told['name']}  [{told['code']}]", told["organization"]]
    names = ("alert", "description", "address", "transport")
    lines += [told[name] for name in names if name in told]
    lines += [f"- {paper['name']}" for paper in told.get("papers", ())]
    for place in told.get("places", ()):
        lines.append(" ".join(filter(None, ("@", place["name"], place.get("address"), place.get("window")))))  # fmt: skip
    for hours in told.get("hours", ()):
        lines.append(f"{hours['rrule']} {hours['opens_at']}-{hours['closes_at']}")
    return [*lines, *told.get("phones", ())]
