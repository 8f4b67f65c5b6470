"""`linli verify-data FILE`: the verifier of open data under the common name."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from linli.atlas.schemas.verify_data import main


class Command(BaseCommand):
    """Check open data against what was signed; needs no database."""

    help = "Verify open data: linli verify-data FILE [--key VKEY]"
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Hand the words over as they are: the verifier's command line parses and explains them."""
        sys.exit(main(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve a call from code: the options are the words."""
        main(list(args))
