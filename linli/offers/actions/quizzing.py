"""Keep a quiz and its bank, and count what was answered. Who answered is known to nobody, here or elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Case, F, IntegerField, Value, When
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import HOLDER, Actor, Role, allow, system
from linli.kernel.codes import new_code
from linli.kernel.passphrases import keyed_hash
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.offers.actions import organizing
from linli.offers.models import Offer, Question, Quiz, SpentVisit
from linli.offers.queries.quizzes import is_open
from linli.offers.rules import visits

FEWEST_CHOICES, MOST_CHOICES, MOST_DRAWN = 2, 6, 20
_CALENDAR = system("purge")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDraft:
    """One question: its words, the answers to choose from, the place of the right one (from 0), and why."""

    words: str
    choices: Sequence[str]
    right: int
    why: str = ""


class Answered(NamedTuple):
    """One question as it was answered in a visit: what was chosen, and whether it is right."""

    question: Question
    given: int
    right: bool


@transaction.atomic
def begin_quiz(
    *, by: Actor, at: datetime, offer: Offer, title: str, drawn: int, ends_on: date | None = None
) -> Quiz:
    """Begin a quiz that belongs to an offer; nobody is asked until it is opened.

    Refuses: not_allowed; not_own_unit; no_title; drawn_wrong unless it is 1 to 20; days_wrong for a day that
    has passed.
    """
    organizing.own(by=by, at=at, unit=offer.unit)
    if not title.strip():
        raise Refused("no_title", _("Give it a title."))
    if not 1 <= drawn <= MOST_DRAWN:
        raise Refused("drawn_wrong", _("Ask between 1 and 20 questions a visit."))
    if ends_on is not None and ends_on < localdate(at):
        raise Refused("days_wrong", _("This day has passed."))
    return Quiz.objects.create(
        code=new_code(), offer=offer, title=title.strip(), drawn=drawn, ends_on=ends_on, **signed(by, at)
    )  # fmt: skip


@transaction.atomic
def add_questions(
    *, by: Actor, at: datetime, quiz: Quiz, drafts: Sequence[QuestionDraft]
) -> list[Question]:
    """Add questions to the bank, all of them or none.

    Refuses: not_allowed; not_own_unit; no_words; choices_wrong unless there are two to six, each another;
    right_wrong unless one of them is right; known_already.
    """
    organizing.own(by=by, at=at, unit=quiz.offer.unit)
    Quiz.objects.select_for_update(no_key=True).get(pk=quiz.pk)
    known = set(quiz.questions.filter(dropped_on=None).values_list("words", flat=True))
    for draft in drafts:
        check_question(by=by, at=at, draft=draft, known=known)
        known.add(draft.words.strip())
    rows = [
        Question(
            quiz=quiz,
            words=draft.words.strip(),
            choices=[choice.strip() for choice in draft.choices],
            right=draft.right,
            why=draft.why.strip(),
        )
        for draft in drafts
    ]
    return Question.objects.bulk_create(rows)


def check_question(*, by: Actor, at: datetime, draft: QuestionDraft, known: set[str]) -> None:
    """Let a question through that can be asked.

    Refuses: not_allowed; no_words; words_too_long; choices_wrong; right_wrong; known_already.
    """
    allow(by, Role.OFFICER, Role.PLANNER)
    choices = [choice.strip() for choice in draft.choices]
    if not draft.words.strip():
        raise Refused("no_words", _("Write the question."))
    if len(draft.words.strip()) > 240 or len(draft.why.strip()) > 400 or max(map(len, choices), default=0) > 120:  # fmt: skip
        raise Refused("words_too_long", _("This is too long."))
    if not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES or len({*choices, ""}) <= len(choices):
        raise Refused("choices_wrong", _("Give two to six answers, each another."))
    if not 0 <= draft.right < len(choices):
        raise Refused("right_wrong", _("Say which answer is the right one."))
    if draft.words.strip() in known:
        raise Refused("known_already", _("This question is in the bank already."))


@transaction.atomic
def drop_question(*, by: Actor, at: datetime, question: Question) -> Question:
    """Ask a question no more; its counts stay.

    Refuses: not_allowed; not_own_unit.
    """
    organizing.own(by=by, at=at, unit=question.quiz.offer.unit)
    if question.dropped_on is None:
        question.dropped_on = localdate(at)
        question.save(update_fields=["dropped_on"])
    return question


@transaction.atomic
def open_quiz(*, by: Actor, at: datetime, quiz: Quiz) -> Quiz:
    """Let everybody take the quiz; a second time changes nothing.

    Refuses: not_allowed; not_own_unit; too_few questions for one visit.
    """
    organizing.own(by=by, at=at, unit=quiz.offer.unit)
    kept = Quiz.objects.select_for_update(no_key=True).get(pk=quiz.pk)
    if kept.questions.filter(dropped_on=None).count() < kept.drawn:
        raise Refused("too_few", _("The bank has fewer questions than one visit is asked."))
    if kept.opened_at is None:
        kept.opened_at = at
        kept.save(update_fields=["opened_at"])
    return kept


def draw_visit(*, by: Actor = HOLDER, at: datetime, quiz: Quiz) -> str:
    """Draw the questions of one visit; what is returned carries them, and is kept nowhere.

    Refuses: not_allowed; not_open.
    """
    allow(by, Role.HOLDER)
    if not is_open(quiz, at):
        raise Refused("not_open", _("This quiz is not open."), status=404)
    bank = quiz.questions.filter(dropped_on=None).values_list("pk", flat=True)
    said = visits.Visit(quiz.code, localdate(at), visits.drawn(bank, quiz.drawn))
    return visits.written(said, _keyed)


def questions_of(*, by: Actor = HOLDER, at: datetime, quiz: Quiz, visit: str) -> list[Question]:
    """Return the questions of a visit, in their order.

    Refuses: not_allowed; visit_unknown for one that we did not give, or whose time is over.
    """
    allow(by, Role.HOLDER)
    said = visits.read(visit, _keyed)
    if said is None or said.quiz != quiz.code or localdate(at) >= visits.lapses_on(said.on):
        raise Refused("visit_unknown", _("Begin the quiz again: these questions are over."))
    by_key = quiz.questions.in_bulk(said.questions)
    return [by_key[key] for key in said.questions]


@transaction.atomic
def answer(
    *, by: Actor = HOLDER, at: datetime, quiz: Quiz, visit: str, given: Mapping[int, int]
) -> list[Answered]:
    """Say which answers of a visit are right, and count them: once, however often they are sent.

    The visit's digest is written first and alone; the counts are one statement; nothing joins the two.
    Refuses: not_allowed; visit_unknown; unanswered unless every question of the visit has one of its answers.
    """
    asked = questions_of(by=by, at=at, quiz=quiz, visit=visit)
    if any(not 0 <= given.get(one.pk, -1) < len(one.choices) for one in asked):
        raise Refused("unanswered", _("Choose an answer to every question."))
    answered = [Answered(one, given[one.pk], given[one.pk] == one.right) for one in asked]
    if _spend(visit, at):
        right = [one.question.pk for one in answered if one.right]
        rightly = Case(
            When(pk__in=right, then=Value(1)), default=Value(0), output_field=IntegerField()
        )
        counted = Question.objects.filter(pk__in=[one.pk for one in asked])
        counted.update(answered=F("answered") + 1, rightly=F("rightly") + rightly)
    return answered


def purge_visits(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Forget the visits that would not be counted any more; return how many.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    return SpentVisit.objects.filter(lapses_on__lte=localdate(at)).delete()[0]


def _spend(visit: str, at: datetime) -> bool:
    """Note that a visit was counted; False the second time. Two at one moment: the database lets in one."""
    try:
        with transaction.atomic():
            SpentVisit.objects.create(
                digest=visits.digest_of(visit), lapses_on=visits.lapses_on(localdate(at))
            )
    except IntegrityError:
        return False
    return True


def _keyed(said: str) -> str:
    return keyed_hash("quiz visit", said)
