"""Slips by their codes, and the counts that a matter holds."""

from django.db.models import QuerySet

from linli.assessments.models import PollMatter, Slip
from linli.assessments.rules.polls import Counts, unpacked
from linli.kernel.fields import unseal
from linli.kernel.passphrases import keyed_hash, read_passphrase
from linli.kernel.sealing import Key

_KIND = "poll slip"


def digest_of(typed: str) -> str | None:
    """Return what is kept of a slip's code, None when what was typed can be none."""
    digits = read_passphrase(typed)
    return keyed_hash(_KIND, digits) if digits else None


def slip_of(poll_id: int, typed: str) -> Slip | None:
    """Return the slip of a poll that has this code, spent or not, with its matter. One query."""
    digest = digest_of(typed)
    known = Slip.objects.select_related("sheaf__matter__poll")
    return known.filter(digest=digest, sheaf__matter__poll=poll_id).first() if digest else None


def opened(matter: PollMatter, key: Key) -> Counts:
    """Return the counts that a matter holds."""
    said = unseal(matter, key, "tally")
    return unpacked(said) if isinstance(said, bytes) else []


def slips_of(polls: list[int]) -> QuerySet[Slip]:
    """Return the slips of these polls."""
    return Slip.objects.filter(sheaf__matter__poll__in=polls)
