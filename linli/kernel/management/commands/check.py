"""`linli check`: is this house fit to be used? One line a finding, with what to do; exit 1 when something is broken.

It stands in place of Django's own command of this name, whose checks are one of its lines.
"""

import json
from argparse import ArgumentParser
from datetime import UTC
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.kernel.checking.findings import Finding, State, worst
from linli.kernel.checking.running import Found, keep, looked
from linli.kernel.clock import now
from linli.kernel.codes import new_row_code
from linli.kernel.letters import Letter, Rejected
from linli.kernel.mail import MailLine

_MARKS = {State.OK: "ok  ", State.WARN: "warn", State.FAIL: "FAIL"}


class Command(BaseCommand):
    """Look at everything, change nothing."""

    help = "Say whether this house is fit to be used: settings, database, keys, log, backups, jobs, clock, mail."
    requires_system_checks: list[str] = []  # Django's are one of our lines

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How to say it."""
        parser.add_argument("--json", action="store_true", help="for programs")
        parser.add_argument("--strict", action="store_true", help="exit 1 on a warning too")
        parser.add_argument("--send-to", metavar="ADDRESS", help="also send one e-mail there")

    def handle(self, *_: Any, **given: Any) -> None:
        """Look, and say."""
        at = now()
        findings = looked(at)
        if given["send_to"]:
            findings.append(_sent(given["send_to"]))
        keep(Found(at, findings))
        state = worst(findings)
        if given["json"]:
            said = {
                "at": at.isoformat(),
                "state": state,
                "findings": [one.told for one in findings],
            }
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))
        else:
            for one in findings:
                self.stdout.write(f"{_MARKS[one.state]}  {one.part}.{one.code}: {one.words}")
                if one.act:
                    self.stdout.write(f"      → {one.act}")
        if state == State.FAIL or (given["strict"] and state == State.WARN):
            count = sum(one.state != State.OK for one in findings)
            raise CommandError(f"{count} of {len(findings)} need care.")


def _sent(address: str) -> Finding:
    """Send one e-mail there."""
    line = MailLine()
    letter = Letter(
        new_row_code(), address, "Linli", "linli check --send-to", now().astimezone(UTC)
    )
    try:
        line.send(letter)
    except (Rejected, ConnectionError, TimeoutError) as error:
        return Finding("mail", "letter", State.FAIL, f"The letter was not taken ({type(error).__name__}).", "LINLI_SMTP_URL, LINLI_MAIL_FROM")  # fmt: skip
    finally:
        line.close()
    return Finding("mail", "letter", State.OK, "The letter was taken.")
