"""What sources say of the candidates of a round, and how they stand: few queries, however many candidates."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, QuerySet

from linli.assessments.models import Candidacy, Round, Score, Sheet
from linli.assessments.queries.poll_shares import shares
from linli.assessments.rules.instruments import Form
from linli.assessments.rules.scoring import Part, Verdict
from linli.assessments.rules.stages import SOURCES
from linli.assessments.rules.verdicts import Heard, Judge, Terms, Told


class Parts(NamedTuple):
    """What is said of one candidate: by source, the vetoes that hold, and the sheets that count."""

    parts: tuple[Part, ...]
    vetoes: tuple[str, ...]
    sheets: tuple[Sheet, ...]


def counting(
    round_: Round, of: Iterable[Candidacy] | None = None, *, twice: bool = False
) -> dict[int, list[Sheet]]:
    """Return by candidacy the sheets that count: the last of each task that stands. One query.

    `twice`: only those of tasks that were given twice.
    """
    sheets = _sheets(round_, of)
    if twice:
        pairs = Q(assessment__first__isnull=False) | Q(assessment__second__isnull=False)
        sheets = sheets.filter(pairs)
    last = {sheet.assessment_id: sheet for sheet in sheets.select_related("assessment")}
    found: dict[int, list[Sheet]] = defaultdict(list)
    for sheet in last.values():
        found[sheet.assessment.candidacy_id or 0].append(sheet)
    return found


def said_of(round_: Round, of: Iterable[Candidacy] | None = None) -> dict[int, list[Told]]:
    """Return by candidacy the sheets that count, as the rules read them: a lighter `counting`. One query."""
    last: dict[int, tuple[int, Told]] = {}
    named = ("assessment", "assessment__candidacy", "assessment__kind", "assessment__code")
    for task, candidacy, *sheet in _sheets(round_, of).values_list(
        *named, "number", "digest", "answers"
    ):
        last[task] = candidacy, Told(*sheet)
    found: dict[int, list[Told]] = defaultdict(list)
    for candidacy, one in last.values():
        found[candidacy].append(one)
    return found


def _sheets(round_: Round, of: Iterable[Candidacy] | None) -> QuerySet[Sheet]:
    """Return the sheets of the tasks that stand; of each task the one that counts comes last."""
    sheets = Sheet.objects.filter(
        assessment__round=round_, assessment__dropped_at=None, assessment__kind__in=SOURCES
    )
    if of is not None:
        sheets = sheets.filter(assessment__candidacy__in=of)
    return sheets.order_by("assessment", "number")


def terms_of(round_: Round, form: Form | None = None) -> Terms:
    """Return what a round promised; with `form`, what it would be on another edition."""
    return Terms(round_.edition.digest, form or round_.edition.form, round_.weights)


def told(sheet: Sheet) -> Told:
    """Return a sheet as the rules read it."""
    task = sheet.assessment
    return Told(task.kind, task.code, sheet.number, sheet.digest, sheet.answers)


def heard_of(
    judge: Judge, round_: Round, of: Iterable[Candidacy] | None = None
) -> dict[int, Heard]:
    """Return by candidacy what is said of it: of whom nobody said anything is not there."""
    said = said_of(round_, of)
    polled = {pk: share for pk, share in shares(round_).items() if share is not None}
    wanted = said.keys() | polled.keys()
    if of is not None:
        wanted &= {one.pk for one in of}
    return {pk: judge.heard(said.get(pk, ()), polled.get(pk)) for pk in wanted}


def parts_of(round_: Round, form: Form | None = None) -> dict[int, Parts]:
    """Return by candidacy what each source says, the vetoes that hold, and the sheets that count.

    With `form`: the same sheets, read by another edition.
    """
    judge, sheets, polled = Judge(terms_of(round_, form)), counting(round_), shares(round_)
    found = {}
    for pk in sheets.keys() | polled.keys():
        heard = judge.heard([told(one) for one in sheets.get(pk, ())], polled.get(pk))
        if heard.scored or heard.poll is not None:
            found[pk] = Parts(heard.parts, heard.vetoes, tuple(sheets.get(pk, ())))
    return found


def verdicts_of(round_: Round, form: Form | None = None) -> dict[int, Verdict]:
    """Return by candidacy what all sources say together, as it is now; with `form`, by another edition."""
    judge = Judge(terms_of(round_, form))
    return {pk: judge.verdict(heard) for pk, heard in heard_of(judge, round_).items()}


def last_scores(round_: Round, of: Iterable[Candidacy] | None = None) -> dict[int, Score]:
    """Return by candidacy the score that holds: its last, without its record. One query."""
    scores = Score.objects.filter(candidacy__round=round_).order_by("candidacy", "number")
    scores = scores.defer("record")
    if of is not None:
        scores = scores.filter(candidacy__in=of)
    return {score.candidacy_id: score for score in scores}


@dataclass(frozen=True, slots=True)
class Standing:
    """One candidate of a round: its place among all that have a score (equal shares share it), the score that holds."""

    candidacy: Candidacy
    score: Score | None
    place: int = 0


def standing(round_: Round) -> list[Standing]:
    """Return the candidates of a round, the highest score first; who has none comes last. Two queries."""
    scores = last_scores(round_)
    everyone = round_.candidacies.select_related("subject__unit", "category")
    ordered = sorted(
        everyone,
        key=lambda one: (
            -scores[one.pk].share if one.pk in scores else 1,
            one.subject.name,
            one.pk,
        ),
    )
    found: list[Standing] = []
    for n, one in enumerate(ordered, 1):
        score, before = scores.get(one.pk), found[-1] if found else None
        ties = bool(score and before and before.score and before.score.share == score.share)
        place = before.place if ties and before else n
        found.append(Standing(one, score, place if score else 0))
    return found
