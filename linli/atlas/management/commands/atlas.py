"""`linli atlas VERB`: what the atlas does from the command line; each verb is a module of `management/verbs`."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from linli.atlas.management import verbs


class Command(BaseCommand):
    """Work on the atlas from the command line."""

    help = "Work on the atlas: linli atlas VERB …"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare every verb."""
        choices = parser.add_subparsers(dest="verb", required=True)
        for name, verb in _verbs():
            verb.declare(choices.add_parser(name, help=verb.HELP))

    def handle(self, *_: Any, verb: str, **given: Any) -> None:
        """Do what was asked."""
        dict(_verbs())[verb].run(given, self.stdout.write)


def _verbs() -> Iterator[tuple[str, ModuleType]]:
    for found in iter_modules(verbs.__path__):
        yield found.name.replace("_", "-"), import_module(f"{verbs.__name__}.{found.name}")
