"""People sent to the place receiving, as counts; contracts, as totals."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.funds.actions.keeping import own
from linli.funds.models import Contract, Programme, Project, Sent, WorkItem
from linli.funds.queries.projects import held_project
from linli.funds.queries.standing_projects import EDITION
from linli.funds.rules import projects as rule
from linli.kernel.actors import Actor
from linli.kernel.editions import new_edition
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@dataclass(frozen=True, slots=True, kw_only=True)
class SentDraft:
    """How many were sent as what, from when until when; `team`: "3rd team", never a name."""

    role: str
    count: int
    from_on: date
    until_on: date | None = None
    team: str = ""
    project: Project | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractDraft:
    """What a contract is for, when it was signed, of how much in fen. With whom is nobody's row here."""

    words: str
    signed_on: date
    amount: int
    work: WorkItem | None = None


@transaction.atomic
def send(*, by: Actor, at: datetime, programme: Programme, draft: SentDraft) -> Sent:
    """Count people sent for a programme line, or for one of its projects.

    Refuses: not_allowed; not_own_unit; unknown_role; amount_wrong for nobody; days_wrong; other_project.
    """
    own(by=by, at=at, unit=(draft.project or programme).unit)
    if draft.count < 1:
        raise Refused("amount_wrong", _("Give a number above zero."))
    return _sent(by, at, programme, draft)


@transaction.atomic
def correct_sent(*, by: Actor, at: datetime, sent: Sent, draft: SentDraft, reason: str) -> Sent:
    """Say otherwise how many were sent; what was said first stays on record and counts no more.

    Refuses: not_allowed; not_own_unit; no_reason; already_corrected; unknown_role; amount_wrong below zero;
    days_wrong; other_project.
    """
    own(by=by, at=at, unit=(sent.project or sent.programme).unit)
    if not (reason := reason.strip()):
        raise Refused("no_reason", _("Say why."))
    if draft.count < 0:
        raise Refused("amount_wrong", _("Give a number above zero."))
    Programme.objects.select_for_update(no_key=True).get(pk=sent.programme_id)
    if Sent.objects.filter(corrects=sent).exists():
        raise Refused("already_corrected", _("This was corrected already."), status=409)
    return _sent(by, at, sent.programme, draft, corrects=sent, reason=reason)


@transaction.atomic
def sign_contract(*, by: Actor, at: datetime, project: Project, draft: ContractDraft) -> Contract:
    """Note the total of a contract.

    Refuses: not_allowed; not_own_unit; no_words; amount_wrong; day_to_come; other_project.
    """
    if draft.amount <= 0:
        raise Refused("amount_wrong", _("Give an amount above zero."))
    return _contract(by, at, project, draft, None)


@transaction.atomic
def change_contract(
    *, by: Actor, at: datetime, contract: Contract, draft: ContractDraft
) -> Contract:
    """Note what a change adds to the total of a contract, or takes from it.

    Refuses: not_allowed; not_own_unit; no_words; amount_wrong for nothing, or for more than there is; day_to_come;
    other_project; is_a_change.
    """
    if contract.changes_id:
        raise Refused("is_a_change", _("Change the first contract."))
    held_project(contract.project)  # nobody else changes it meanwhile
    total = contract.amount + sum(one.amount for one in contract.changed_by.all())
    if draft.amount == 0 or total + draft.amount < 0:
        raise Refused("amount_wrong", _("Nothing less than nothing is left of a contract."))
    return _contract(by, at, contract.project, draft, contract)


def _sent(
    by: Actor, at: datetime, programme: Programme, draft: SentDraft, **of: Sent | str
) -> Sent:
    if draft.role not in rule.ROLES:
        raise Refused("unknown_role", _("Choose as what they were sent."))
    if draft.until_on and draft.until_on < draft.from_on:
        raise Refused("days_wrong", _("The last day is before the first."))
    if draft.project and draft.project.programme_id != programme.pk:
        raise Refused("other_project", _("This is of another project."), status=404)
    sent = Sent.objects.create(
        programme=programme, project=draft.project, role=draft.role, team=draft.team.strip(),
        count=draft.count, from_on=draft.from_on, until_on=draft.until_on, **of, **signed(by, at),
    )  # fmt: skip
    new_edition(EDITION)
    return sent


def _contract(
    by: Actor, at: datetime, project: Project, draft: ContractDraft, changes: Contract | None
) -> Contract:
    kept = held_project(project)
    own(by=by, at=at, unit=kept.unit)
    if not draft.words.strip():
        raise Refused("no_words", _("Say it in words."))
    if draft.signed_on > localdate(at):
        raise Refused("day_to_come", _("This day is still to come."))
    if draft.work and draft.work.project_id != kept.pk:
        raise Refused("other_project", _("This is of another project."), status=404)
    made = Contract.objects.create(
        project=kept, work=draft.work, words=draft.words.strip(), signed_on=draft.signed_on,
        amount=draft.amount, changes=changes, **signed(by, at),
    )  # fmt: skip
    new_edition(EDITION)
    return made
