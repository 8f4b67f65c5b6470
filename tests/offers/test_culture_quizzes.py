"""Quizzes: questions drawn by chance, answers checked and counted once, of nobody."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.utils.timezone import localdate

from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.offers.actions import quizzing
from linli.offers.models import Question, Quiz, SpentVisit
from tests.town import culture, offers
from tests.town.races import at_once

pytestmark = pytest.mark.django_db


def refused(code, deed):
    with pytest.raises(Refused) as caught, transaction.atomic():
        deed()
    return caught.value.code == code


def right_answers(quiz, visit, at):
    return {one.pk: one.right for one in quizzing.questions_of(at=at, quiz=quiz, visit=visit)}


def counts(quiz):
    """How often each question was answered, and how often rightly."""
    return sorted(quiz.questions.values_list("answered", "rightly"))


class TestVisit:
    def test_is_asked_as_many_questions_as_the_quiz_says(self, noon):
        quiz = culture.quiz(at=noon, drawn=2)

        visit = quizzing.draw_visit(at=noon, quiz=quiz)

        assert len(quizzing.questions_of(at=noon, quiz=quiz, visit=visit)) == 2
        assert SpentVisit.objects.count() == 0

    def test_is_asked_no_question_that_was_dropped(self, noon):
        quiz = culture.quiz(at=noon, drawn=2)
        dropped = quiz.questions.first()
        quizzing.drop_question(by=offers.officer(), at=noon, question=dropped)

        for _ in range(20):
            visit = quizzing.draw_visit(at=noon, quiz=quiz)
            assert dropped.pk not in right_answers(quiz, visit, noon)

    def test_refuses_a_quiz_that_is_not_open(self, noon):
        kept = culture.quiz(at=noon, opened=False)
        over = culture.quiz(at=noon, ends_on=localdate(noon))

        assert refused("not_open", lambda: quizzing.draw_visit(at=noon, quiz=kept))
        quizzing.draw_visit(at=noon, quiz=over)
        tomorrow = noon + timedelta(days=1)
        assert refused("not_open", lambda: quizzing.draw_visit(at=tomorrow, quiz=over))
        over.offer.withdrawn_at = noon
        assert refused("not_open", lambda: quizzing.draw_visit(at=noon, quiz=over))

    def test_refuses_a_visit_that_is_forged_another_quizs_or_over(self, noon):
        quiz, other = culture.quiz(at=noon), culture.quiz(at=noon)
        visit = quizzing.draw_visit(at=noon, quiz=quiz)

        for of, text, at in (
            (other, visit, noon),
            (quiz, visit[:-1] + ("0" if visit[-1] != "0" else "1"), noon),
            (quiz, "", noon),
            (quiz, visit, noon + timedelta(days=2)),
        ):
            assert refused(
                "visit_unknown",
                lambda of=of, text=text, at=at: quizzing.questions_of(at=at, quiz=of, visit=text),
            )


class TestAnswer:
    def test_says_what_is_right_and_counts_it(self, noon):
        quiz = culture.quiz(at=noon, drawn=3)
        visit = quizzing.draw_visit(at=noon, quiz=quiz)
        given = right_answers(quiz, visit, noon)
        wrong = next(iter(given))
        given[wrong] = 1 - given[wrong]

        answered = quizzing.answer(at=noon, quiz=quiz, visit=visit, given=given)

        assert {one.question.pk: one.right for one in answered} == {
            key: key != wrong for key in given
        }
        assert counts(quiz) == [(1, 0), (1, 1), (1, 1)]

    def test_counts_all_wrong_and_all_right(self, noon):
        quiz = culture.quiz(at=noon, drawn=3)
        for turn in (0, 1):
            visit = quizzing.draw_visit(at=noon, quiz=quiz)
            right = right_answers(quiz, visit, noon)
            given = {key: abs(value - turn) for key, value in right.items()}
            quizzing.answer(at=noon, quiz=quiz, visit=visit, given=given)

        assert counts(quiz) == [(2, 1), (2, 1), (2, 1)]

    def test_counts_a_visit_once(self, noon):
        quiz = culture.quiz(at=noon, drawn=3)
        visit = quizzing.draw_visit(at=noon, quiz=quiz)
        given = right_answers(quiz, visit, noon)

        first = quizzing.answer(at=noon, quiz=quiz, visit=visit, given=given)
        assert quizzing.answer(at=noon, quiz=quiz, visit=visit, given=given) == first

        assert counts(quiz) == [(1, 1)] * 3
        assert SpentVisit.objects.count() == 1

    def test_control_counts_twice_where_no_visit_is_spent(self, noon, monkeypatch):
        quiz = culture.quiz(at=noon, drawn=3)
        visit = quizzing.draw_visit(at=noon, quiz=quiz)
        given = right_answers(quiz, visit, noon)
        monkeypatch.setattr(quizzing, "_spend", lambda *_: True)

        for _ in range(2):
            quizzing.answer(at=noon, quiz=quiz, visit=visit, given=given)

        assert counts(quiz) == [(2, 2)] * 3

    def test_keeps_nothing_that_joins_a_visit_and_its_answers(self, noon):
        quiz = culture.quiz(at=noon, drawn=3)
        visit = quizzing.draw_visit(at=noon, quiz=quiz)
        quizzing.answer(at=noon, quiz=quiz, visit=visit, given=right_answers(quiz, visit, noon))

        spent = SpentVisit.objects.get()
        assert {field.name for field in SpentVisit._meta.fields} == {"digest", "lapses_on"}
        assert spent.digest not in visit
        said = "".join(
            repr(list(model._base_manager.values_list()))
            for model in apps.get_models()
            if model is not SpentVisit
        )
        assert visit.rpartition(".")[2] not in said
        assert spent.digest not in said

    def test_refuses_what_is_not_answered(self, noon):
        quiz = culture.quiz(at=noon, drawn=2)
        visit = quizzing.draw_visit(at=noon, quiz=quiz)
        right = right_answers(quiz, visit, noon)
        for given in ({}, dict.fromkeys(right, 9), dict.fromkeys(right, -1), dict([*right.items()][:1])):  # fmt: skip
            assert refused(
                "unanswered",
                lambda given=given: quizzing.answer(at=noon, quiz=quiz, visit=visit, given=given),
            )
        assert SpentVisit.objects.count() == 0
        assert counts(quiz) == [(0, 0)] * 3

    def test_is_for_nobody_of_the_staff(self, noon):
        quiz = culture.quiz(at=noon)
        by = culture.judge(role=Role.CLERK)
        assert refused("not_allowed", lambda: quizzing.draw_visit(by=by, at=noon, quiz=quiz))
        visit = quizzing.draw_visit(at=noon, quiz=quiz)
        assert refused(
            "not_allowed", lambda: quizzing.answer(by=by, at=noon, quiz=quiz, visit=visit, given={})
        )

    def test_forgets_a_visit_when_its_time_is_over(self, noon):
        quiz = culture.quiz(at=noon)
        visit = quizzing.draw_visit(at=noon, quiz=quiz)
        quizzing.answer(at=noon, quiz=quiz, visit=visit, given=right_answers(quiz, visit, noon))

        assert quizzing.purge_visits(at=noon + timedelta(days=1)) == 0
        assert quizzing.purge_visits(at=noon + timedelta(days=2)) == 1
        by = culture.judge()
        assert refused("not_allowed", lambda: quizzing.purge_visits(by=by, at=noon))


@pytest.mark.django_db(transaction=True)
def test_counts_a_visit_once_that_comes_many_times_at_one_moment(noon):
    quiz = culture.quiz(at=noon, drawn=3)
    visit = quizzing.draw_visit(at=noon, quiz=quiz)
    given = right_answers(quiz, visit, noon)

    failed = at_once(6, lambda _: quizzing.answer(at=noon, quiz=quiz, visit=visit, given=given))

    assert failed == []
    assert counts(quiz) == [(1, 1)] * 3


class TestBank:
    def add(self, quiz, at, by=None, **overrides):
        said = {"words": "新的一题？", "choices": ("是", "否"), "right": 0} | overrides
        draft = quizzing.QuestionDraft(**said)
        return quizzing.add_questions(by=by or offers.officer(), at=at, quiz=quiz, drafts=[draft])

    @pytest.mark.parametrize(
        ("code", "said"),
        [
            ("no_words", {"words": " "}),
            ("words_too_long", {"words": "字" * 241}),
            ("words_too_long", {"why": "字" * 401}),
            ("words_too_long", {"choices": ("字" * 121, "否")}),
            ("choices_wrong", {"choices": ("是",)}),
            ("choices_wrong", {"choices": ("是", "是")}),
            ("choices_wrong", {"choices": ("是", " ")}),
            ("choices_wrong", {"choices": tuple("一二三四五六七")}),
            ("right_wrong", {"right": 2}),
            ("right_wrong", {"right": -1}),
            ("known_already", {"words": "宣传月在几月？"}),
        ],
    )
    def test_refuses(self, noon, code, said):
        quiz = culture.quiz(at=noon)
        assert refused(code, lambda: self.add(quiz, noon, **said))
        assert quiz.questions.count() == 3

    def test_refuses_another_unit(self, noon):
        quiz = culture.quiz(at=noon)
        other = offers.officer("别的局")
        question = quiz.questions.first()
        assert refused("not_own_unit", lambda: self.add(quiz, noon, by=other))
        assert refused(
            "not_own_unit", lambda: quizzing.drop_question(by=other, at=noon, question=question)
        )
        assert refused("not_own_unit", lambda: quizzing.open_quiz(by=other, at=noon, quiz=quiz))
        assert Question.objects.filter(dropped_on=None).count() == 3

    def test_asks_no_question_twice_by_the_database(self, noon):
        quiz = culture.quiz(at=noon)
        question = quiz.questions.first()
        question.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            question.save(force_insert=True)

    def test_keeps_counts_with_the_question_that_was_answered(self, noon):
        quiz = culture.quiz(at=noon, drawn=3)
        visit = quizzing.draw_visit(at=noon, quiz=quiz)
        quizzing.answer(at=noon, quiz=quiz, visit=visit, given=right_answers(quiz, visit, noon))
        for change in ({"right": 0, "words": "改了"}, {"answered": 0, "rightly": 0}):
            with pytest.raises(DatabaseError, match="counts only grow"), transaction.atomic():
                quiz.questions.filter(pk=quiz.questions.first().pk).update(**change)

    @pytest.mark.parametrize(
        ("code", "said"),
        [
            ("no_title", {"title": " "}),
            ("drawn_wrong", {"drawn": 0}),
            ("drawn_wrong", {"drawn": 21}),
            ("days_wrong", {"yesterday": True}),
        ],
    )
    def test_refuses_to_begin(self, noon, code, said):
        offer = offers.offer(at=noon)
        given = {"title": "问答", "drawn": 3} | said
        if given.pop("yesterday", False):
            given["ends_on"] = localdate(noon) - timedelta(days=1)
        assert refused(
            code, lambda: quizzing.begin_quiz(by=offers.officer(), at=noon, offer=offer, **given)
        )
        assert Quiz.objects.count() == 0

    def test_opens_with_enough_questions_only(self, noon):
        quiz = culture.quiz(at=noon, drawn=4, opened=False)
        by = offers.officer()
        assert refused("too_few", lambda: quizzing.open_quiz(by=by, at=noon, quiz=quiz))
        self.add(quiz, noon)
        first = quizzing.open_quiz(by=by, at=noon, quiz=quiz).opened_at
        later = noon + timedelta(days=1)
        assert quizzing.open_quiz(by=by, at=later, quiz=quiz).opened_at == first == noon
