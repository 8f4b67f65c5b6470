"""Old scores, computed again from what is there today: the documents and answers themselves, not their digests."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from linli.assessments.models import Round, Score, Sheet
from linli.assessments.queries.scores import told
from linli.assessments.rules.instruments import digest
from linli.assessments.rules.replaying import Kept, Replay
from linli.assessments.rules.verdicts import Terms


class Replayed(NamedTuple):
    """One score, and what differs when it is computed again ("" for nothing)."""

    score: Score
    difference: str


def replayed(round_: Round) -> Iterator[Replayed]:
    """Yield every score of a round, computed again. Two queries, however many scores."""
    sheets = {
        (sheet.assessment.code, sheet.number): replace(told(sheet), digest=digest(sheet.answers))
        for sheet in Sheet.objects.filter(assessment__round=round_).select_related("assessment")
    }
    edition = round_.edition
    replay = Replay(Terms(digest(edition.document), edition.form, round_.weights), sheets)
    for score in Score.objects.filter(candidacy__round=round_).select_related("candidacy"):
        kept = Kept(
            score.candidacy.code, score.rules, score.share, score.level, score.record, score.digest
        )
        yield Replayed(score, replay.difference(kept))


def rounds_with_scores() -> Iterator[Round]:
    """Yield the rounds that have scores, the oldest first."""
    held = Round.objects.filter(candidacies__scores__isnull=False).distinct()
    yield from held.select_related("edition", "scheme").order_by("pk")
