"""What the demo recognises, inspects and weighs is what the sources say, and the register proves it."""

import pytest

from linli.assessments.models import Award, Draft, Finding, Impact, Inspection, Objection, Ruling
from linli.assessments.queries.replays import replayed, rounds_with_scores
from linli.demo import recognition_questions
from linli.facts.models import Fact
from linli.kernel.codes import number_of
from linli.plans.models import Task
from tests.town import filled as kept

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, tmp_path_factory, noon):
    with django_db_blocker.unblock(), kept.demo(tmp_path_factory.mktemp("demo"), noon):
        yield noon


def test_names_as_many_units_as_liubei_says(filled):
    levels = list(Award.objects.values_list("level", flat=True))

    assert [levels.count(level) for level, _words in recognition_questions.LEVELS] == [42, 7, 1]
    assert [one.state for one in Objection.objects.all()] == [Objection.UPHELD]
    assert all(not one.difference for round_ in rounds_with_scores() for one in replayed(round_))
    claimed = Fact.objects.current().filter(area="450205", indicator__code__startswith="recog")
    proven = claimed.proven().filter(supersedes__isnull=False)
    assert set(proven.values_list("indicator__code", "value")) >= {
        ("recognition.city", 42), ("recognition.regional", 7), ("recognition.national", 1),
    }  # fmt: skip


def test_fills_seven_in_ten_of_sixty_answers_from_facts(filled):
    drafts = Draft.objects.select_related("assessment__edition").all()

    assert len(drafts) == 7
    for draft in drafts:
        items = list(draft.assessment.edition.form.items())
        taken = [one for one in draft.answers.values() if one.get("f")]
        assert len(items) == 60
        assert len(taken) >= 42
        assert Fact.objects.current().filter(
            pk__in=[number_of(one["f"]) for one in taken]
        ).count() == len({one["f"] for one in taken})


def test_inspects_and_weighs(filled):
    assert Inspection.objects.published().count() == 5
    assert set(Finding.objects.values_list("state", flat=True)) == {Finding.OPEN, Finding.CLOSED}
    assert (Impact.objects.published().count(), Ruling.objects.count()) == (2, 1)
    assert Task.objects.filter(title__contains="便民菜车").exists()
