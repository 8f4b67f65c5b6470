"""Take a report in, make its reading public, take it back. The file itself is never changed."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel import files
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.reader import Reading, Unreadable, read
from linli.reader.record import as_record, stem
from linli.reports.actions.verdicts import hold
from linli.reports.models import Report, Step

LARGEST = 10 * 1024 * 1024

_UNREADABLE = {
    "encrypted": _("This file is locked with a password. Save it without one and try again."),
    "damaged": _("This file is damaged or was cut off. Fetch it again from where it came."),
    "too_large": _("This file unpacks to more than we read. Split it and try again."),
    "empty": _("There is no text in this file. If it is a scan, it needs text recognition first."),
    "unsupported": _("We read TXT, HTML, PDF with text, and DOCX. This is something else."),
}


def receive(
    *, by: Actor, data: bytes, name: str, media_type: str | None = None, at: datetime
) -> Report:
    """Read a file and keep both. The same file again is the same report.

    Refuses: not_allowed when a supervisor would change what is supervised; too_large over 10 MB;
    unreadable_… (encrypted, damaged, too_large, empty, unsupported) when no reading is possible.
    """
    allow(by, Role.PLANNER, Role.OFFICER)
    if len(data) > LARGEST:
        raise Refused("too_large", _("The file is larger than 10 MB."))
    digest = files.digest_of(data)
    if known := Report.objects.filter(digest=digest).first():
        return known
    try:
        reading = read(data, name=name, media_type=media_type)
    except Unreadable as error:
        raise Refused(f"unreadable_{error.code}", _UNREADABLE[error.code]) from error

    files.keep(data)
    try:
        with transaction.atomic():
            report = Report.objects.create(
                code=new_code(),
                digest=digest,
                name=name[-200:],
                media_type=reading.media_type,
                size=len(data),
                received_at=at,
                **_about(reading),
            )
            _record(report, "received", by, at)
    except IntegrityError:
        # Two people brought the same file at the same moment: the digest is unique, one row stands.
        return Report.objects.get(digest=digest)
    return report


@transaction.atomic
def publish(*, by: Actor, report: Report, at: datetime) -> None:
    """Show the reading of a report to everybody.

    Refuses: not_allowed unless a planner asks; already_published when the public sees it already.
    """
    allow(by, Role.PLANNER)
    # The condition stands in the statement: of two clicks at once, one publishes.
    if not Report.objects.unpublished().filter(pk=report.pk).update(published_at=at):
        raise Refused("already_published", _("This reading is public already."))
    _record(report, "published", by, at)


@transaction.atomic
def withdraw(*, by: Actor, report: Report, at: datetime) -> None:
    """Take the reading back from the public; the step stays on record.

    Refuses: not_allowed unless a planner asks; not_published when the public does not see it;
    taken_over when promises or figures rest on its sentences.
    """
    allow(by, Role.PLANNER)
    hold(by=by, at=at, report=report)  # somebody may be taking it over at this moment
    if report.taken.exists():
        raise Refused(
            "taken_over",
            _("Promises or figures rest on its sentences: they stay where all can see."),
        )
    if not Report.objects.published().filter(pk=report.pk).update(published_at=None):
        raise Refused("not_published", _("This reading is not public."))
    _record(report, "withdrawn", by, at)


def _record(report: Report, verb: str, by: Actor, at: datetime) -> None:
    Step.objects.create(report=report, verb=verb, **signed(by, at))


def _about(reading: Reading) -> dict[str, Any]:
    """Return what a report's row says of its reading, the reading itself included."""
    place = reading.place
    printed = reading.date.value[:10] if reading.date else None
    return {
        "title": (reading.title.value if reading.title else stem(reading.name))[:300],
        "area": place.county or place.city or place.province or "",
        "printed_on": date.fromisoformat(printed) if printed and len(printed) == 10 else None,
        "reading": _storable(
            as_record(reading) | {"lines": reading.lines, "origins": reading.origins}
        ),
    }


def _storable(value: object) -> object:
    """Return the value with plain types. PostgreSQL's JSON holds no NUL: a mark of one length does."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, dict):
        return {key: _storable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(inner) for inner in value]
    return value
