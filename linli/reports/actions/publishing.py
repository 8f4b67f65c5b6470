"""Publish a written report, take it back. Its paper and its figures are frozen; a later edition stands beside them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.reports.models import FigureSaid, Publication, Written
from linli.reports.queries.papers import Draft, draft_of
from linli.reports.rules.writing.answers import figures_of
from linli.reports.rules.writing.keeping import as_record
from linli.reports.rules.writing.linting import publishable


@transaction.atomic
def publish_report(*, by: Actor, at: datetime, written: Written, seen: str) -> Publication:
    """Publish a report as it was `seen`: the digest of the paper that the planner looked at.

    Refuses: not_allowed unless a planner asks; own_draft when the planner was the last to change it; has_errors;
    changed_meanwhile when a text or a figure is another by now; nothing_new when just this is published already.
    """
    allow(by, Role.PLANNER)
    kept = _held(written)
    if kept.changed_by == by.name:
        raise Refused("own_draft", _("You changed this report last: somebody else publishes it."))
    draft = draft_of(kept, at=at)
    if not publishable(draft.findings):
        raise Refused("has_errors", _("Nothing is published with errors. They are listed below."))
    if draft.digest != seen:
        raise Refused(
            "changed_meanwhile",
            _("A text or a figure has changed since you looked. Look at it again."),
            status=409,
        )
    newest = kept.publications.order_by("-number").first()
    if newest and newest.digest == seen and kept.withdrawn_at is None:
        raise Refused("nothing_new", _("Just this is published already."), status=409)
    kept.edition += 1
    kept.withdrawn_at = None
    kept.save(update_fields=["edition", "withdrawn_at"])
    made = Publication.objects.create(
        written=kept, number=kept.edition, paper=as_record(draft.paper), digest=seen,
        drafted_by=kept.changed_by, **signed(by, at),
    )  # fmt: skip
    FigureSaid.objects.bulk_create(_figures(made, draft))
    return made


@transaction.atomic
def withdraw_report(*, by: Actor, at: datetime, written: Written) -> Written:
    """Show a report to nobody outside any more; its editions stay on record.

    Refuses: not_allowed unless a planner asks; not_published.
    """
    allow(by, Role.PLANNER)
    kept = _held(written)
    if not kept.edition or kept.withdrawn_at is not None:
        raise Refused("not_published", _("This report is not public."), status=409)
    kept.withdrawn_at = at
    kept.save(update_fields=["withdrawn_at"])
    return kept


def _held(written: Written) -> Written:
    rows = Written.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("unit", "area", "version__template").get(pk=written.pk)


def _figures(made: Publication, draft: Draft) -> list[FigureSaid]:
    said = figures_of(draft.answers, draft.paper.language)
    return [
        FigureSaid(
            publication=made,
            place=place,
            fact_id=one.fact,
            before_id=one.before,
            words=one.words,
        )
        for place, one in enumerate(said, 1)
    ]
