"""`linli witness DIR`: the witness of somebody else's log under the common name."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from linli.kernel.witness_server import main


class Command(BaseCommand):
    """Serve a witness; needs no database."""

    help = "Witness a log: linli witness DIR --name NAME --log VKEY [--host HOST] [--port PORT]"
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Hand the words over as they are: the witness's command line parses and explains them."""
        sys.exit(main(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve a call from code: the options are the words."""
        main(list(args))
