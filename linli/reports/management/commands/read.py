"""`linli read FILE…`: the reader's own command line under the common name."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from linli.reader.cli import main


class Command(BaseCommand):
    """Read documents; needs no database."""

    help = "Read work reports: linli read FILE… [--format json|text] [--jobs N]"
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Hand the words over as they are: the reader's command line parses and explains them."""
        sys.exit(main(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve a call from code: the options are the words."""
        main(list(args))
