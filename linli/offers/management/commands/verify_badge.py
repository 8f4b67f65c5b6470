"""`linli verify-badge FILE`: say whether a certificate holds, asking nobody, with no database."""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from linli.kernel.clock import now
from linli.offers.rules import checking, credentials

_WORDS = {
    "unreadable": "this is no certificate, or it was cut off",
    "malformed": "this is not written as an Open Badge 3.0",
    "no_proof": "it bears no signature",
    "unknown_suite": "it is signed in a way that is not read here (only eddsa-jcs-2022)",
    "unknown_method": "it does not say its key itself (did:key)",
    "proof_malformed": "its signature is damaged",
    "context_changed": "what it means was changed after it was signed",
    "wrong_signature": "the signature does not fit",
    "issuer_unbound": "it is signed by another key than that of the issuer it names",
    "not_yet": "it is not valid yet",
    "expired": "it is not valid any more",
    "withdrawn": "it was withdrawn",
    "status_wrong": "this list does not say whether it was withdrawn",
}


class Command(BaseCommand):
    """Verify a certificate; needs no database."""

    help = (
        "Verify a certificate: linli verify-badge FILE [--issuer DID] [--status FILE] [--name NAME]"
    )
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Hand the words over as they are: the verifier's command line parses and explains them."""
        sys.exit(main(argv[2:], now()))

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve a call from code: the options are the words."""
        main(list(args), now())


def main(argv: Sequence[str], at: datetime) -> int:
    """Run the command. Returns 0 when it holds and is all checked, 1 when it does not hold, 2 when that cannot be said.

    Without the issuer's key from elsewhere, or without its list, it cannot be said.
    """
    try:
        options = _parser().parse_args(argv)
        text = _text(options.file)
        listed = _text(options.status) if options.status else ""
    except SystemExit as ended:
        return int(ended.code or 0)
    except OSError as error:
        sys.stderr.write(f"linli verify-badge: {error}\n")
        return 2
    verdict = checking.check(text, at)
    if listed:
        verdict = checking.with_status(verdict, listed, at)
    wrong = [*map(_WORDS.__getitem__, verdict.faults)]
    if options.issuer and verdict.signer and verdict.signer != options.issuer:
        wrong.append("another key signed it than the one that you named")
    if options.name and not credentials.is_of(verdict.document, options.name):
        wrong.append("the name is another, or none was put to it")
    sys.stdout.writelines(f"FAILS  {one}\n" for one in wrong)
    if wrong:
        return 1
    return _whole(verdict, named=bool(options.issuer), listed=bool(listed))


def _whole(verdict: checking.Verdict, *, named: bool, listed: bool) -> int:
    say = sys.stdout.write
    say(f"holds  signed by {verdict.signer}, nothing changed since\n")
    if not named:
        say("open   whose key that is: compare it, and name it with --issuer\n")
    if verdict.status and not listed:
        say(f"open   whether it was withdrawn: {verdict.status[0]} says so (--status)\n")
    return 0 if named and (listed or verdict.status is None) else 2


def _text(name: str) -> str:
    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    return data.decode("utf-8", "replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="linli verify-badge",
        description="Verify a certificate: signature, dates, withdrawal, name.",
        epilog="Have the key from the issuer itself, its list from the address that the certificate names.",
    )
    parser.add_argument("file", metavar="FILE", help="the certificate, or - for standard input")
    parser.add_argument("--issuer", default="", metavar="DID", help="the issuer's key (did:key:…)")
    parser.add_argument("--status", default="", metavar="FILE", help="the issuer's status list")
    parser.add_argument("--name", default="", metavar="NAME", help="the name on the paper")
    return parser
