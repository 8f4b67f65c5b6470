"""How far those agree who assessed the same candidate of a round without knowing of each other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from linli.assessments.models import Round, Sheet
from linli.assessments.queries.scores import counting
from linli.assessments.rules.reliability import Reliability, Twice, reliability
from linli.assessments.rules.scoring import Scorer


@dataclass(frozen=True, slots=True)
class Agreed:
    """The agreement of a round, and by candidacy the shares that it was given by those who assessed it twice."""

    round: Reliability
    shares: Mapping[int, list[tuple[int, ...]]]


def agreement_of(round_: Round) -> Agreed:
    """Return how far the assessors of a round agree. One query."""
    sheets = counting(round_, twice=True)
    return agreed(round_, [sheet for several in sheets.values() for sheet in several])


def agreed(round_: Round, sheets: Iterable[Sheet]) -> Agreed:
    """Return how far those agree who handed in these sheets. No query."""
    form = round_.edition.form
    scorer = Scorer(form)
    together: dict[int, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        task = sheet.assessment
        together[task.first_id or task.pk].append(sheet)
    found: list[Twice] = []
    shares: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    for several in together.values():
        if len(several) < 2:
            continue
        answers = tuple(sheet.answers for sheet in several)
        twice = Twice(tuple(scorer.score(one).share for one in answers), answers)
        found.append(twice)
        shares[several[0].assessment.candidacy_id or 0].append(twice.shares)
    return Agreed(reliability(form, found), shares)
