"""`linli verify-draw FILE`: the verifier of draws under the common name."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from linli.kernel.verify_draw import main


class Command(BaseCommand):
    """Compute a draw again; needs no database."""

    help = "Verify a draw: linli verify-draw FILE [--commitment HEX] [--ticket T] [--witness VKEY]"
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Hand the words over as they are: the verifier's command line parses and explains them."""
        sys.exit(main(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve a call from code: the options are the words."""
        main(list(args))
