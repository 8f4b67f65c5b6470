"""Liubei's round of 2022: fifty units of ten kinds check themselves and one another, people are asked, an objection is
right, and 42 are named for the city, 7 for the region, 1 for the nation. Invented units, through actions alone.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from linli.assessments.actions import (
    advancing,
    assessing,
    deciding,
    instruments,
    noticing,
    objecting,
    polls,
    resolving,
    rounds,
    scores,
)
from linli.assessments.actions.counting import count_levels
from linli.assessments.actions.poll_boxes import BoxCount, count_box, give_papers
from linli.assessments.actions.poll_questions import save_questions
from linli.assessments.models import Assessment, Candidacy, Instrument, Poll, Round, Scheme
from linli.assessments.rules.instruments import Form
from linli.assessments.rules.stages import APPLY, CROSS, POLL, SELF, WAY
from linli.demo import people
from linli.demo.funds_books import morning
from linli.demo.recognition_questions import LEVELS, question, short_form
from linli.demo.tables import rows
from linli.demo.units import LIUBEI, unit_name
from linli.directory.actions import UnitDraft, open_unit
from linli.directory.models import Area, Unit
from linli.facts.models import Indicator
from linli.kernel.actors import Actor, Role

NAME = "柳北区民族团结进步示范单位"
_COUNTED_AS = ("recognition.city", "recognition.regional", "recognition.national")
_DAYS = dict(
    zip(
        [one for one in WAY if one != "site"],
        map(date.fromisoformat, (
            "2022-03-31", "2022-04-29", "2022-06-30", "2022-08-31", "2022-09-15", "2022-10-31", "2022-11-15",
        )),
        strict=True,
    )
)  # fmt: skip
_HANDS = ("经办人(示例)", "复核员(示例)")
_NATION, _REGION = 1, 7
DISPUTED = 8  # the number of the candidate whose cross check rested on another year's papers
_DISPUTED_SEEN = (100, 60)
_PAPERS = 20
_RECHECK = date(2027, 11, 10)


def hold() -> None:
    """Hold the round, unless it was held already."""
    if Scheme.objects.filter(name=NAME).exists():
        return
    held = until_told()
    disputed = held.candidacies.get(code=_disputed(held))
    _object(disputed)
    scorer = _planner("评分员(示例)")
    scores.score_round(by=scorer, at=morning(date(2022, 10, 11)), round=held)
    noticing.tell_results(
        by=_planner(), at=morning(date(2022, 10, 12)), round=held, candidacies=[disputed]
    )
    noticing.end_notices(at=morning(date(2022, 11, 1)))
    _name(held)


def until_told() -> Round:
    """Hold the round up to the day on which all results stand in public, 16 September 2022."""
    held = _opened()
    candidates = _applied(held)
    _move(held, APPLY, "2022-04-01")
    _check_themselves(held)
    _move(held, SELF, "2022-04-30")
    _check_one_another(candidates)
    _move(held, CROSS, "2022-07-01")
    _ask_people(held)
    _move(held, POLL, "2022-09-01")
    scores.score_round(by=_planner("评分员(示例)"), at=morning(date(2022, 9, 6)), round=held)
    noticing.tell_results(
        by=_planner(), at=morning(date(2022, 9, 16)), round=held, candidacies=candidates
    )
    return held


def _disputed(held: Round) -> str:
    return held.candidacies.order_by("pk").values_list("code", flat=True)[DISPUTED]


def _planner(name: str = "规划员(示例)") -> Actor:
    return Actor(name, Role.PLANNER, unit_name(LIUBEI, "民族宗教事务局"))


def _opened() -> Round:
    by, at = _planner(), morning(date(2022, 2, 21))
    keeper = Unit.objects.select_related("area").get(name=by.unit)
    edition = instruments.begin_instrument(
        by=by, at=at, name="示范单位测评表", use=Instrument.SCHEME, unit=keeper, form=short_form()
    )
    edition = instruments.adopt(by=by, at=at, edition=edition)
    scheme = rounds.begin_scheme(
        by=by, at=at,
        draft=rounds.SchemeDraft(
            name=NAME, unit=keeper, area=keeper.area, levels=LEVELS,
            categories=[kind for kind, *_ in rows("candidates.tsv")],
            purpose="看得见的服务，经得起核对的成绩。",
        ),
    )  # fmt: skip
    draft = rounds.RoundDraft(
        year=2022, edition=edition, weights={"self": 20, "cross": 50, "poll": 30}, days=_DAYS,
        doubled=10,
    )  # fmt: skip
    known = Indicator.objects.in_bulk(_COUNTED_AS, field_name="code")
    counts = {level: known.get(code) for (level, _), code in zip(LEVELS, _COUNTED_AS, strict=True)}
    count_levels(by=by, at=at, scheme=scheme, counts=counts)
    planned = rounds.plan_round(by=by, at=at, scheme=scheme, draft=draft)
    return rounds.open_round(by=by, at=morning(date(2022, 3, 1)), round=planned)


def _applied(held: Round) -> list[Candidacy]:
    """Let the units apply: the first for the nation, the next eight for the region, all others for the city."""
    at, area = morning(date(2022, 3, 14)), Area.objects.get(code=LIUBEI.code)
    categories = {one.name: one for one in held.scheme.categories.all()}
    candidates: list[Candidacy] = []
    for kind, name, office, count in rows("candidates.tsv"):
        for number in "一二三四五"[: int(count)]:
            draft = UnitDraft(name % number, office, area)
            unit = open_unit(by=_planner(), at=at, draft=draft)
            wanted = rounds.Application(categories[kind], _wanted(len(candidates)))
            by = people.officer(unit.name)
            candidates.append(rounds.apply(by=by, at=at, round=held, unit=unit, wanted=wanted))
    return candidates


def _wanted(number: int) -> str:
    """Return what the candidate of this number, counted from nought, applies for."""
    if number < _NATION:
        return "nation"
    return "region" if number <= _NATION + _REGION else "city"


def _answers(of: Form, grade: int) -> dict[str, dict[str, object]]:
    """Return answers that earn about this share of the points, in a hundred."""
    answers: dict[str, dict[str, object]] = {}
    for item in of.items():
        if item.kind == "yes_no":
            value: object = "yes" if item.veto or grade > 60 else "no"
        elif item.kind == "scale":
            value = round(grade * item.top / 100)
        else:
            low, high = int(item.nought), int(item.full)
            value = str(low + (high - low) * grade // 100)
        answers[item.key] = {"v": value}
    return answers


def _grade(number: int) -> int:
    """Return how well the candidate of this number does."""
    wanted = _wanted(number)
    return {"nation": 97, "region": 88}.get(wanted, 68 + number * 7 % 15)


def _move(held: Round, stage: str, day: str) -> None:
    at = morning(date.fromisoformat(day))
    advancing.advance(by=_planner(), at=at, round=held, stage=stage)


def _check_themselves(held: Round) -> None:
    at, form = morning(date(2022, 4, 20)), held.edition.form
    tasks = held.assessments.filter(kind=SELF).select_related("unit", "edition", "candidacy")
    for number, task in enumerate(tasks.order_by("candidacy_id")):
        filled = assessing.Filled(_answers(form, min(100, _grade(number) + 4)))
        by = people.officer(task.unit.name)
        assessing.hand_in(by=by, at=at, assessment=task, filled=filled)


def _check_one_another(candidates: Sequence[Candidacy]) -> None:
    """Let two others look at each, and at every tenth a second time, blindly."""
    count = len(candidates)
    for number, one in enumerate(candidates):
        seen = _DISPUTED_SEEN if number == DISPUTED else (_grade(number), _grade(number) - 2)
        first = _checked(one, candidates[(number + 1) % count], seen[0])
        _checked(one, candidates[(number + 2) % count], seen[1])
        if number % 10 == 0:
            _checked(one, candidates[(number + 3) % count], _grade(number) - 3, first)


def _checked(
    one: Candidacy, other: Candidacy, grade: int, first: Assessment | None = None
) -> Assessment:
    assert other.subject.unit is not None  # noqa: S101 - a candidate is a unit
    unit = other.subject.unit
    task = assessing.give(
        by=_planner(), at=morning(date(2022, 5, 5)), kind=CROSS, unit=unit, of=one,
        due_on=_DAYS[CROSS], first=first,
    )  # fmt: skip
    filled = assessing.Filled(_answers(one.round.edition.form, grade))
    at = morning(date(2022, 6, 8))
    assessing.hand_in(by=people.officer(unit.name), at=at, assessment=task, filled=filled)
    return task


def _ask_people(held: Round) -> None:
    """Ask on paper, at the station of the civil affairs bureau: two persons count each box."""
    by, at = _planner(), morning(date(2022, 7, 4))
    keeper, window = held.scheme.unit, Unit.objects.get(name=unit_name(LIUBEI, "民政局"))
    poll = polls.draft_poll(
        by=by, at=at,
        draft=polls.PollDraft(
            title="您对这些单位的服务满意吗", unit=keeper, until=date(2022, 8, 26), round=held,
            languages=("zh-hans", "zh-hant", "ug"),
        ),
    )  # fmt: skip
    poll = polls.open_poll(
        by=by, at=at, poll=save_questions(by=by, at=at, poll=poll, form=question())
    )
    matters = poll.matters.order_by("candidacy_id")
    boxes = give_papers(by=by, at=at, matters=matters, unit=window, size=_PAPERS * 2)
    for number, box in enumerate(boxes):
        pleased = round(_PAPERS * _grade(number) / 100)
        counted = BoxCount(_PAPERS, [pleased, _PAPERS - pleased, 0])
        for name in _HANDS:
            clerk = Actor(name, Role.CLERK, window.name)
            count_box(by=clerk, at=morning(date(2022, 8, 29)), box=box, counted=counted)
    told = Poll.objects.get(pk=poll.pk)
    polls.release_poll(by=by, at=morning(date(2022, 8, 30)), poll=told)


def _object(disputed: Candidacy) -> None:
    """Somebody says that a check rested on another year's papers: they are right, and it counts no more."""
    said = objecting.Objected(ground="facts", words="交叉检查依据的是上一年度的材料。（示例）")
    handed = objecting.object_to(at=morning(date(2022, 9, 20)), candidacy=disputed, said=said)
    by, at = people.supervisor(LIUBEI), morning(date(2022, 9, 29))
    resolving.read_words(by=by, at=at, objection=handed.objection)
    answer = resolving.Said(
        upheld=True, reason="经核对，一份交叉检查表依据上一年度材料填写，不再计分。", back="score"
    )
    resolving.resolve(by=by, at=at, objection=handed.objection, said=answer)
    doubtful = disputed.assessments.filter(kind=CROSS).order_by("pk")[0]
    assessing.drop(by=_planner(), at=at + timedelta(days=1), assessment=doubtful)


def _name(held: Round) -> None:
    ready = list(held.candidacies.select_related("round__scheme"))
    decided = deciding.decide_as_scored(
        by=_planner(), at=morning(date(2022, 11, 3)), candidacies=ready
    )
    confirmed = morning(date(2022, 11, 10))
    for one in decided:
        deciding.confirm(
            by=_planner("复核员(示例)"), at=confirmed, decision=one, recheck_on=_RECHECK
        )
    rounds.close_round(by=_planner(), at=confirmed + timedelta(days=1), round=held)
