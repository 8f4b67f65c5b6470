"""Policy documents: record them, and say which one takes the place of which."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.plans.actions import steps
from linli.plans.actions.drafts import DocumentDraft
from linli.plans.models import PolicyDocument


@transaction.atomic
def record_document(*, by: Actor, at: datetime, draft: DocumentDraft) -> PolicyDocument:
    """Keep a policy document: its number, issuer, day and status.

    Refuses: not_allowed unless a planner asks; no_title without one; unknown_status; number_taken when a
    document of this place bears the number already.
    """
    allow(by, Role.PLANNER)
    return _recorded(by, at, draft, supersedes=None)


@transaction.atomic
def replace_document(
    *, by: Actor, at: datetime, document: PolicyDocument, draft: DocumentDraft
) -> PolicyDocument:
    """Record the document that takes another one's place; the older one is then replaced.

    Refuses: not_allowed unless a planner asks; already_replaced when another one took its place;
    no_title, unknown_status, number_taken as in record_document.
    """
    allow(by, Role.PLANNER)
    document = PolicyDocument.objects.select_for_update().get(pk=document.pk)
    if PolicyDocument.objects.filter(supersedes=document).exists():
        raise Refused("already_replaced", _("Another document took its place already."))
    new = _recorded(by, at, draft, supersedes=document)
    was, document.status = document.status, "replaced"
    document.save(update_fields=["status"])
    becomes = {"status": "replaced", "superseded_by": new.code}
    steps.note(
        by=by,
        at=at,
        subject=document.code,
        verb="replaced",
        was={"status": was},
        becomes=becomes,
    )
    return new


def _recorded(
    by: Actor, at: datetime, draft: DocumentDraft, *, supersedes: PolicyDocument | None
) -> PolicyDocument:
    if not (title := draft.title.strip()):
        raise Refused("no_title", _("Give it a title."))
    if draft.status not in dict(PolicyDocument.STATUSES):
        raise Refused("unknown_status", _("A document is a draft, in force, replaced or repealed."))
    number = draft.number.strip()
    try:
        with transaction.atomic():
            document = PolicyDocument.objects.create(
                title=title,
                number=number,
                issuer=draft.issuer,
                area=draft.area,
                issued_on=draft.issued_on,
                status=draft.status,
                supersedes=supersedes,
                evidence=draft.evidence,
            )
    except IntegrityError as error:
        # The database keeps numbers apart, also when two record one at the same moment.
        raise Refused("number_taken", _("A document of this place bears this number.")) from error
    becomes = {"title": title, "number": number, "status": draft.status}
    steps.note(by=by, at=at, subject=document.code, verb="recorded", becomes=becomes)
    return document
