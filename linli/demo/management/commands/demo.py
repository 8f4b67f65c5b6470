"""`linli demo`: a database with something in it, made the way people would make it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.management.commands import collectstatic
from django.contrib.staticfiles.storage import staticfiles_storage
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
        if not settings.DEBUG and _static_files_differ():
            call_command("collectstatic", verbosity=0, interactive=False)
        if town.in_real_use():
            message = "This database holds accounts that are not the demo's: it is left alone."
            raise CommandError(message)
        made = town.fill(size=options["size"], at=now())
        self.stdout.write(f"The demo is ready ({made} reports added). Staff sign in with:")
        for login in LOGINS:
            self.stdout.write(f"  {login.username:<12} {PASSWORD}   {login.role}, {login.unit}")


def _static_files_differ() -> bool:
    """Say whether a static file is new or changed: collecting compresses all of them every time."""
    trial = collectstatic.Command()
    trial.set_options(
        interactive=False,
        verbosity=0,
        link=False,
        clear=False,
        dry_run=True,
        ignore_patterns=[],
        use_default_ignore_patterns=True,
        post_process=False,
    )
    found = trial.collect()
    known = getattr(staticfiles_storage, "hashed_files", {})
    return bool(found["modified"] or set(found["unmodified"]) - set(known))
