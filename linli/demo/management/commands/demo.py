"""`linli demo`: a database with something in it, made the way people would make it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.management.commands import collectstatic
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from linli.demo import town
from linli.demo.city.steps import MOST, SEED
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
            "--size", type=int, default=1, choices=range(1, MOST + 1), metavar="N",
            help=f"1 to {MOST}: 1 is the demo's own pages; each further one adds a step to all five places, some"
            " 1,000 rows of everyday over two years: bookings, cases, payments, goods, visits",
        )  # fmt: skip
        parser.add_argument(
            "--seed", type=int, default=SEED,
            help="another seed makes another everyday; the same seed, size and day make the same",
        )  # fmt: skip
        parser.add_argument(
            "--bare", action="store_true", help="fill the database alone: no texts, no static files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing."""
        bare = options["bare"]
        if not bare:
            self.stdout.write("Texts, database and static files …")
            self.stdout.flush()
            compile_messages()
        call_command("migrate", verbosity=0, interactive=False)
        if not (bare or settings.DEBUG) and _static_files_differ():
            call_command("collectstatic", verbosity=0, interactive=False)
        if town.in_real_use():
            message = "This database holds accounts that are not the demo's: it is left alone."
            raise CommandError(message)
        made = town.fill(size=options["size"], seed=options["seed"], at=now(), shown=not bare)
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
