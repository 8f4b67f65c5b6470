"""`linli cell create|move|list`: several houses in one PostgreSQL or Citus cluster, each with its own schema and folder."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from linli.kernel.cells import making, schemas
from linli.kernel.refusals import Refused


class Command(BaseCommand):
    """Make, move and list cells. docs/cells-of-cities.md says how one is served."""

    help = "Cells: linli cell create NAME; linli cell move NAME WORKER; linli cell list."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do, with which cell."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="create|move|list")
        create = verbs.add_parser("create", help="make a cell, or go on with one that broke off")
        create.add_argument("name", metavar="NAME")
        move = verbs.add_parser("move", help="move a cell to another worker (Citus)")
        move.add_argument("name", metavar="NAME")
        move.add_argument("worker", metavar="WORKER", help="HOST or HOST:PORT")
        verbs.add_parser("list", help="which cells there are, where, how large, whether behind")

    def handle(self, *_: Any, **given: Any) -> None:
        """Do one of them."""
        try:
            if given["verb"] == "create":
                making.create(given["name"], say=self._say)
                self._say(f"Next: LINLI_CELL={given['name']} linli collectstatic --noinput; then")
                self._say("linli areas, linli administrator NAME and linli serve in the same way.")
            elif given["verb"] == "move":
                making.move(given["name"], given["worker"], say=self._say)
            else:
                self._list()
        except Refused as refused:
            raise CommandError(f"{refused.sentence} ({refused.code})") from None

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def _list(self) -> None:
        making.require_house()
        for cell in schemas.cells():
            size = filesizeformat(cell.size).replace("\xa0", " ")
            words = (cell.name, cell.worker or "this server", size, _version(cell))
            self.stdout.write("\t".join(words))


def _version(cell: schemas.Cell) -> str:
    if not cell.applied:
        return "begun: linli cell create goes on"
    if cell.unknown:
        return f"{cell.applied} changes of tables, {cell.unknown} of a newer version"
    behind = f"{cell.waiting} wait: linli migrate" if cell.waiting else "of this version"
    return f"{cell.applied} changes of tables, {behind}"
