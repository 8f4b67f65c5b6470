"""Who would reach another level under another edition: every sheet of a round, read again. Nothing is written."""

from dataclasses import dataclass, replace

from linli.assessments.models import Candidacy, Edition, Round
from linli.assessments.queries.poll_shares import shares
from linli.assessments.queries.scores import counting, terms_of, told
from linli.assessments.rules.instruments import Form
from linli.assessments.rules.scoring import Answers, Verdict, fault
from linli.assessments.rules.verdicts import Judge


@dataclass(frozen=True, slots=True)
class Moved:
    """One candidate: what it reaches as the round is, and what it would reach."""

    candidacy: Candidacy
    before: Verdict
    after: Verdict
    way: int  # levels up, or down below nought


@dataclass(frozen=True, slots=True)
class Preview:
    """A round under another edition: who moves, who does not, and how much of the answers still fits."""

    moved: tuple[Moved, ...]
    same: int
    silent: int  # candidates of whom nobody said anything
    unasked: int  # questions of the new edition that no sheet answers
    unfit: int  # answers that are none to the new edition


def rounds_on(edition: Edition) -> list[Round]:
    """Return the rounds that have sheets on any edition of this instrument, newest first. One query."""
    rounds = Round.objects.filter(
        edition__instrument=edition.instrument_id, assessments__sheets__isnull=False
    )
    return [*rounds.select_related("scheme", "edition").distinct()]


def fitting(form: Form, answers: Answers) -> Answers:
    """Return those of the answers that are answers to this form too."""
    items = {item.key: item for item in form.items()}
    return {
        key: given
        for key, given in answers.items()
        if key in items and not fault(items[key], given.get("v"))
    }


def preview(round_: Round, form: Form) -> Preview:
    """Return what another edition would change in a round. Three queries, however many candidates."""
    sheets, polled = counting(round_), shares(round_)
    now, then = Judge(terms_of(round_)), Judge(terms_of(round_, form))
    moved: list[Moved] = []
    answered: set[str] = set()
    same = silent = unfit = 0
    ladder = _ladder(form, round_.edition.form)
    for candidacy in round_.candidacies.select_related("subject", "category"):
        kept = [told(sheet) for sheet in sheets.get(candidacy.pk, ())]
        poll = polled.get(candidacy.pk)
        if not kept and poll is None:
            silent += 1
            continue
        read = [replace(one, answers=fitting(form, one.answers)) for one in kept]
        unfit += sum(len(a.answers) - len(b.answers) for a, b in zip(kept, read, strict=True))
        answered |= {key for one in read for key in one.answers}
        before, after = now.verdict(now.heard(kept, poll)), then.verdict(then.heard(read, poll))
        if before.level == after.level:
            same += 1
        else:
            way = ladder.get(after.level, 0) - ladder.get(before.level, 0)
            moved.append(Moved(candidacy, before, after, way))
    moved.sort(key=lambda one: (one.way, one.candidacy.subject.name))
    unasked = sum(item.key not in answered for item in form.items())
    return Preview(tuple(moved), same, silent, unasked, unfit)


def _ladder(form: Form, old: Form) -> dict[str, int]:
    """Return how high each level stands, 1 the lowest; a level that there is no more, where it stood."""
    heights = {one.key: height for height, one in enumerate(old.levels, 1)}
    return heights | {one.key: height for height, one in enumerate(form.levels, 1)}
