"""The scores of a round for a page of its list, and who may read what others said."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linli.assessments.models import Candidacy, Round, Score
from linli.assessments.queries.round_lists import oversees
from linli.assessments.queries.scores import Standing, heard_of, terms_of
from linli.assessments.rules.instruments import digest
from linli.assessments.rules.stages import NOTICE, POLL, SCORE, SOURCES, STAGES
from linli.assessments.rules.verdicts import Judge
from linli.kernel.actors import Actor, Role
from linli.kernel.weighing import divided


@dataclass(frozen=True, slots=True)
class Listed:
    """One candidate in the list of scores: its mean by source (None: nothing said), and whether more was said since."""

    standing: Standing
    means: Sequence[int | None]
    vetoes: int
    stale: bool


def listed(round_: Round, page: Sequence[Standing]) -> list[Listed]:
    """Return a page of candidates with what their scores were made of. Few queries, whatever the page holds."""
    everyone = [one.candidacy for one in page]
    scores = [one.score.pk for one in page if one.score]
    records = dict(Score.objects.filter(pk__in=scores).values_list("candidacy", "record"))
    old = outdated(round_, everyone, {one.candidacy.pk: one.score for one in page if one.score})
    found = []
    for one in page:
        record = json.loads(records[one.candidacy.pk]) if one.score else None
        means = means_of(record) if record else {}
        found.append(
            Listed(
                one,
                [means.get(source) for source in SOURCES if source in round_.weights],
                len(record["result"]["vetoes"]) if record else 0,
                one.candidacy.pk in old,
            )
        )
    return found


def means_of(record: Mapping[str, Any]) -> dict[str, int]:
    """Return what each source that spoke says, from a score's record: the mean of its sheets."""
    shares: dict[str, list[int]] = defaultdict(list)
    named, scored = record["inputs"]["sheets"], record["result"]["sheets"]
    for sheet, result in zip(named, scored, strict=True):
        shares[sheet["source"]].append(result["share"])
    if record["inputs"]["poll"] is not None:
        shares[POLL].append(record["inputs"]["poll"])
    return {source: divided(sum(several), len(several)) for source, several in shares.items()}


def outdated(
    round_: Round, candidacies: Sequence[Candidacy], scores: Mapping[int, Score]
) -> set[int]:
    """Return the candidacies whose score would come out otherwise today: a sheet counts no more, or one more does."""
    judge = Judge(terms_of(round_))
    heard = heard_of(judge, round_, candidacies)
    return {
        one.pk
        for one in candidacies
        if one.pk in scores
        and (
            one.pk not in heard
            or digest(judge.record(one.code, heard[one.pk])) != scores[one.pk].digest
        )
    }


def told_of(by: Actor, one: Candidacy) -> bool:
    """Say whether somebody may read what others said of a candidate.

    Nobody before all have said it: who assesses a second time stays blind. Then whoever keeps or supervises; the
    candidate's own officers once the result was told in public.
    """
    if STAGES.index(one.stage) < STAGES.index(SCORE):
        return False
    return oversees(by, one.round) or (acts_for(by, one) and one.steps.filter(to=NOTICE).exists())


def acts_for(by: Actor, one: Candidacy) -> bool:
    """Say whether somebody is an officer of the unit that is a candidate."""
    unit = one.subject.unit
    return by.role == Role.OFFICER and unit is not None and by.unit == unit.name
