"""What would lift a candidate, with what is on file of it already: facts of its place, evidence it brought."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from linli.assessments.models import Backing, Candidacy
from linli.assessments.queries.filling import FromFact, from_facts
from linli.assessments.queries.poll_shares import shares
from linli.assessments.queries.scores import counting, terms_of, told
from linli.assessments.rules.lifting import Lifting, lifting
from linli.assessments.rules.stages import SELF
from linli.assessments.rules.verdicts import Judge


@dataclass(frozen=True, slots=True)
class Lifted:
    """What would lift a candidate; the facts that say more than its sheets; how much evidence it has by item."""

    lifting: Lifting
    facts: Mapping[str, FromFact]
    evidence: Mapping[str, int]


def lift_of(candidacy: Candidacy, *, all_sources: bool) -> Lifted | None:
    """Return what would lift a candidate; by its own self check alone, unless `all_sources` may be read.

    None while nothing that may be read was said. Four queries.
    """
    round_ = candidacy.round
    sheets = counting(round_, [candidacy]).get(candidacy.pk, [])
    poll = shares(round_).get(candidacy.pk) if all_sources else None
    if not all_sources:
        sheets = [one for one in sheets if one.assessment.kind == SELF]
    if not sheets:
        return None
    judge = Judge(terms_of(round_))
    facts = from_facts(judge.terms.form, candidacy.subject.area)
    heard = judge.heard([told(one) for one in sheets], poll)
    found = lifting(judge, heard, {key: one.value for key, one in facts.items()})
    return Lifted(found, {key: facts[key] for key in found.filed}, _evidence(candidacy))


def _evidence(candidacy: Candidacy) -> dict[str, int]:
    """Return how many pieces of evidence the unit itself put under each item, in this round or an earlier one."""
    held = Backing.objects.filter(
        sheet__assessment__subject=candidacy.subject_id,
        sheet__assessment__edition__instrument=candidacy.round.edition.instrument_id,
        sheet__assessment__kind=SELF,
    )
    return dict(held.order_by().values_list("item").annotate(Count("evidence", distinct=True)))
