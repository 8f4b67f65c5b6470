"""Rules of priority areas: say one, publish it, name it as the criterion by which money goes."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.facts import actions as facts
from linli.facts.models import Indicator
from linli.funds.actions.keeping import own
from linli.funds.models import Criterion, Fund, Priority, Programme
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

_HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityDraft:
    """One rule as somebody writes it down, with the document that it comes from."""

    name: str
    indicator: Indicator
    threshold: Decimal
    unit: Unit
    source: str
    words: str
    address: str = ""


@transaction.atomic
def say_rule(*, by: Actor, at: datetime, draft: PriorityDraft) -> Priority:
    """Write down a rule: from which share on an area is a priority area.

    Refuses: not_allowed; not_own_unit; no_name; not_official unless the share comes from official statistics alone
    and is public; threshold_wrong unless above 0 and at most 100; what `facts.cite_statement` refuses.
    """
    own(by=by, at=at, unit=draft.unit)
    if not (name := draft.name.strip()):
        raise Refused("no_name", _("Give it a name."))
    share = draft.indicator
    if share.kind != "rate" or not share.official_only or not share.public:
        raise Refused(
            "not_official", _("Take a public share that comes from official statistics only.")
        )
    if not 0 < draft.threshold <= _HUNDRED:
        raise Refused("threshold_wrong", _("A threshold lies above 0 and not above 100."))
    evidence = facts.cite_statement(
        by=by, at=at, source=draft.source, words=draft.words, address=draft.address
    )
    return Priority.objects.create(
        code=new_code(), name=name, indicator=share, threshold=draft.threshold, unit=draft.unit,
        evidence=evidence, **signed(by, at),
    )  # fmt: skip


@transaction.atomic
def publish_rule(*, by: Actor, at: datetime, priority: Priority) -> Priority:
    """Show a rule, and the areas that it names, to everybody. It is never changed afterwards.

    Refuses: not_allowed; not_own_unit; already_published.
    """
    kept = Priority.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "unit"
    ).get(pk=priority.pk)  # fmt: skip
    own(by=by, at=at, unit=kept.unit)
    if kept.published_at is not None:
        raise Refused("already_published", _("This is published already."), status=409)
    kept.published_at = at
    kept.save(update_fields=["published_at"])
    return kept


@transaction.atomic
def name_criterion(
    *, by: Actor, at: datetime, priority: Priority, of: Fund | Programme
) -> Criterion:
    """Let the money of a fund or of a programme line go by a rule.

    Refuses: not_allowed; not_own_unit of the fund or programme; not_published; already_named.
    """
    own(by=by, at=at, unit=of.unit)
    if priority.published_at is None:
        raise Refused(
            "not_published", _("Publish the rule first: money goes by what all can read.")
        )
    named = {"fund": of} if isinstance(of, Fund) else {"programme": of}
    if priority.criteria.filter(ended_at=None, **named).exists():
        raise Refused("already_named", _("This goes by the rule already."), status=409)
    return Criterion.objects.create(priority=priority, **named, **signed(by, at))


@transaction.atomic
def end_criterion(*, by: Actor, at: datetime, criterion: Criterion) -> Criterion:
    """Let the money go by this rule no longer; that it did stays on record.

    Refuses: not_allowed; not_own_unit; already_ended.
    """
    kept = Criterion.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "fund__unit", "programme__unit"
    ).get(pk=criterion.pk)  # fmt: skip
    of = kept.fund or kept.programme
    if of is not None:
        own(by=by, at=at, unit=of.unit)
    if kept.ended_at is not None:
        raise Refused("already_ended", _("This was ended already."), status=409)
    kept.ended_at = at
    kept.save(update_fields=["ended_at"])
    return kept
