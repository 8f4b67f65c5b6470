"""`linli verify-ledger FILE`: the verifier of ledgers under the common name."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from linli.funds.schemas.verify_ledger import main


class Command(BaseCommand):
    """Compute a ledger again; needs no database."""

    help = "Verify a ledger: linli verify-ledger FILE [--key VKEY] [--seen FILE]…"
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Hand the words over as they are: the verifier's command line parses and explains them."""
        sys.exit(main(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve a call from code: the options are the words."""
        main(list(args))
