"""`linli administrator NAME`: the first account of all, which opens the others."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from linli.kernel.accounts import AccountDraft, first_administrator
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.refusals import Refused


class Command(BaseCommand):
    """Open the account of the first administrator; refuses when there is one."""

    help = "Open the first administrator's account; asks for a password (or reads a line of input)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose account, of which unit."""
        parser.add_argument("name", help="the user name to sign in with")
        parser.add_argument("--shown", help="the name that colleagues read (the user name)")
        parser.add_argument("--unit", default="—", help="the office that keeps the accounts")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for the password, then open."""
        password = _password()
        draft = AccountDraft(
            username=options["name"],
            name=options["shown"] or options["name"],
            role=Role.ADMINISTRATOR,
            unit=options["unit"],
        )
        try:
            validate_password(password)
            first_administrator(at=now(), draft=draft, password=password)
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from None
        except Refused as refused:
            raise CommandError(str(refused.sentence)) from None
        self.stdout.write(f"{draft.username} may now sign in.")


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass("Password: ")
    if getpass("The same again: ") != password:
        message = "The two are not the same."
        raise CommandError(message)
    return password
