"""`linli demo`: a database with something in it, made the way people would make it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from linli.demo import town
from linli.demo.staff import LOGINS, PASSWORD
from linli.kernel.clock import now
from linli.ui.translations import compile_messages


class Command(BaseCommand):
    """Prepare the database and fill it; a second run changes nothing."""

    help = "Migrate the configured database and fill it with the demo jurisdictions."
    # Checks look at translations and static files, which this command makes.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much to make."""
        parser.add_argument(
            "--size", type=int, default=1, help="years of reports to add for each place, plus one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing."""
        compile_messages()
        call_command("migrate", verbosity=0, interactive=False)
        if not settings.DEBUG:
            call_command("collectstatic", verbosity=0, interactive=False)
        if town.in_real_use():
            message = "This database holds accounts that are not the demo's: it is left alone."
            raise CommandError(message)
        made = town.fill(size=options["size"], at=now())
        self.stdout.write(f"The demo is ready ({made} reports added). Staff sign in with:")
        for login in LOGINS:
            self.stdout.write(f"  {login.username:<12} {PASSWORD}   {login.role}, {login.unit}")
