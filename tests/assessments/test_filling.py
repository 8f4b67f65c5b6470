"""A sheet is filled in part by part: nothing is lost, facts and evidence serve again, it is handed in once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from linli.assessments.actions import advancing, filling
from linli.assessments.forms.items import ItemsForm
from linli.assessments.models import Backing, Draft, Sheet
from linli.assessments.queries.filling import at_hand, from_facts, working
from linli.assessments.rules.filling import lacking, seen_of, turn
from linli.assessments.rules.instruments import Item
from linli.facts.models import Evidence
from linli.kernel.refusals import Refused
from linli.kernel.uploads import Rebuilt
from tests.town import assessments as town
from tests.town import directory
from tests.town import facts as known
from tests.town.races import at_once

UNIT = "甲社区"
ITEMS = (
    Item("window", "yes_no", {"zh-hans": "有服务窗口"}, weight=6, may_skip=True),
    Item("events", "count", {"zh-hans": "活动场次"}, weight=4, nought="0", full="400",
         indicator="training.trained"),
    Item("grade", "scale", {"zh-hans": "环境"}, weight=2, top=5),
    Item("proof", "yes_no", {"zh-hans": "有制度"}, weight=2, evidence="needed"),
    Item("words", "text", {"zh-hans": "特色"}),
)  # fmt: skip


@pytest.fixture(autouse=True)
def files_aside(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def now():
    return datetime(2026, 11, 22, 2, tzinfo=UTC)


@pytest.fixture
def by():
    return town.officer(UNIT)


@pytest.fixture
def task(db, now, by):
    held = town.opened(at=now, of=town.edition(at=now, of=town.form(*ITEMS)))
    one = town.candidate(UNIT, at=now, of=held)
    return advancing.begin_self_check(by=by, at=now, candidacy=one)


def keep(task, answers, *, by, at, seen=None, items=None):
    items = items or list(answers)
    seen = seen_of(working(_fresh(task)).answers, items) if seen is None else seen
    part = filling.Part(items, {key: {"v": value} for key, value in answers.items()}, seen)
    return filling.keep_part(by=by, at=at, assessment=task, part=part)


def _fresh(task):
    return type(task).objects.get(pk=task.pk)


def brought(data=b"%PDF-1", name="制度"):
    return filling.Brought(Rebuilt(data, "application/pdf", "pdf"), name, nobody_shown=True)


def refused(deed, code):
    with pytest.raises(Refused) as raised:
        deed()
    assert raised.value.code == code


def test_says_whose_turn_it_is():
    assert turn("self", "apply") == turn("self", "self") == turn("site", "site") == "now"
    assert (turn("site", "cross"), turn("cross", "site")) == ("early", "over")


def test_keeps_each_part_and_leaves_the_others(task, by, now):
    keep(task, {"window": "yes"}, by=by, at=now)
    keep(task, {"grade": 3, "words": "民族团结一家亲"}, by=by, at=now)
    draft = keep(task, {"grade": None}, by=by, at=now)

    assert draft.answers == {"window": {"v": "yes"}, "words": {"v": "民族团结一家亲"}}
    assert Sheet.objects.count() == 0


def test_refuses_to_answer_over_what_somebody_else_answered_meanwhile(task, by, now):
    seen = seen_of({}, ["grade"])
    keep(task, {"grade": 2}, by=by, at=now)

    refused(lambda: keep(task, {"grade": 5}, by=by, at=now, seen=seen), "changed_meanwhile")
    assert Draft.objects.get().answers["grade"] == {"v": 2}
    keep(task, {"window": "no"}, by=by, at=now)  # another part is nobody's business


@pytest.mark.parametrize(
    ("answers", "code"),
    [({"grade": 6}, "not_an_answer"), ({"nothing": "yes"}, "unknown_item")],
)
def test_refuses_what_is_no_answer(task, by, now, answers, code):
    refused(lambda: keep(task, answers, by=by, at=now), code)
    assert not Draft.objects.exists()


def test_fills_an_item_with_the_newest_exact_public_fact(task, by, now):
    known.fact("250", at=now - timedelta(3), period="2024")
    newest = known.fact("310", at=now - timedelta(2), period="2025")
    known.fact("400", "approx", at=now - timedelta(1), period="2026")
    form = task.edition.form

    found = from_facts(form, task.subject.area)
    assert {key: (one.value, one.fact.code) for key, one in found.items()} == {
        "events": ("310", newest.code)
    }
    assert filling.take_facts(by=by, at=now, assessment=task) == 1
    assert Draft.objects.get().answers == {"events": {"v": "310", "f": newest.code}}
    assert filling.take_facts(by=by, at=now, assessment=task) == 0


def test_fills_nothing_with_what_the_public_may_not_see(task, now):
    hidden = known.indicator("inside.only", public=False)
    known.fact("7", at=now, indicator=hidden)
    item = Item("a", "count", {"zh-hans": "?"}, nought="0", full="9", indicator="inside.only")

    assert from_facts(town.form(item), task.subject.area) == {}
    type(hidden).objects.update(public=True)
    assert from_facts(town.form(item), task.subject.area)["a"].value == "7"


def test_keeps_a_fact_under_an_answer_only_while_the_answer_says_the_same(task, by, now):
    fact = known.fact("310", at=now)
    forged = {"events": {"v": "399", "f": fact.code}}
    part = filling.Part(["events"], forged, seen_of({}, []))

    draft = filling.keep_part(by=by, at=now, assessment=task, part=part)
    assert draft.answers["events"] == {"v": "399"}
    draft = keep(task, {"events": "310"}, by=by, at=now)
    assert draft.answers["events"] == {"v": "310", "f": fact.code}


def test_uses_a_file_again_that_was_brought_before(task, by, now):
    first = filling.bring(by=by, at=now, assessment=task, item="proof", brought=brought())
    again = filling.bring(by=by, at=now, assessment=task, item="window", brought=brought())

    assert first == again
    assert Evidence.objects.count() == 1
    assert Draft.objects.get().backing == {"proof": [first.pk], "window": [first.pk]}
    assert list(at_hand(task.unit, words="制度")) == [first]


def test_refuses_a_file_that_nobody_looked_at(task, by, now):
    given = filling.Brought(Rebuilt(b"x", "image/png", "png"), "照片")

    refused(
        lambda: filling.bring(by=by, at=now, assessment=task, item="proof", brought=given),
        "somebody_shown",
    )
    assert not Evidence.objects.exists()


def test_backs_an_answer_with_a_published_figure_and_not_with_what_others_keep(task, by, now):
    fact, theirs = known.fact("310", at=now), known.statement("乙局", at=now)

    filling.back(by=by, at=now, assessment=task, item="proof", evidence=fact.evidence)
    refused(
        lambda: filling.back(by=by, at=now, assessment=task, item="proof", evidence=theirs),
        "not_at_hand",
    )
    refused(
        lambda: filling.back(by=by, at=now, assessment=task, item="zzz", evidence=fact.evidence),
        "unknown_item",
    )
    assert Draft.objects.get().backing == {"proof": [fact.evidence_id]}


def test_refuses_more_evidence_than_anybody_reads(task, by, now):
    draft = keep(task, {"window": "yes"}, by=by, at=now)
    draft.backing = {"proof": list(range(10_000, 10_000 + filling.MOST_EVIDENCE))}
    draft.save()

    refused(
        lambda: filling.bring(by=by, at=now, assessment=task, item="proof", brought=brought()),
        "too_much_evidence",
    )


def test_takes_evidence_away_until_it_is_handed_in(task, by, now):
    given = filling.bring(by=by, at=now, assessment=task, item="proof", brought=brought())

    filling.take_away(by=by, at=now, assessment=task, item="proof", evidence=given)
    assert Draft.objects.get().backing == {}
    assert Evidence.objects.count() == 1


def test_hands_in_once_with_its_evidence(task, by, now):
    keep(task, {"window": "yes", "proof": "yes"}, by=by, at=now)
    refused(lambda: filling.hand_in_draft(by=by, at=now, assessment=task), "no_evidence")
    filling.bring(by=by, at=now, assessment=task, item="proof", brought=brought())

    sheet = filling.hand_in_draft(by=by, at=now, assessment=task)
    assert filling.hand_in_draft(by=by, at=now, assessment=task) == sheet
    assert sheet.answers == {"window": {"v": "yes"}, "proof": {"v": "yes"}}
    assert Backing.objects.values_list("item", flat=True).get() == "proof"
    assert not Draft.objects.exists()

    draft = keep(task, {"grade": 4}, by=by, at=now)  # another sheet begins with the last one
    assert set(draft.answers) == {"window", "proof", "grade"}
    second = filling.hand_in_draft(by=by, at=now, assessment=task)
    assert (second.number, second.backings.count()) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_hands_in_one_sheet_when_two_do_it_at_once(task, by, now):
    keep(task, {"window": "yes"}, by=by, at=now)

    failed = at_once(2, lambda _n: filling.hand_in_draft(by=by, at=now, assessment=_fresh(task)))

    assert (failed, Sheet.objects.count()) == ([], 1)

    # The control: what knows nothing of the draft's mark is another sheet each time.
    town.sheet(_fresh(task), {"window": "yes"}, at=now)
    assert Sheet.objects.count() == 2


def test_refuses_to_hand_in_nothing(task, by, now):
    refused(lambda: filling.hand_in_draft(by=by, at=now, assessment=task), "nothing_filled")


def test_says_what_a_sheet_lacks(task):
    form = task.edition.form
    answers = {"window": {"v": "na"}, "proof": {"v": "no"}, "grade": {"v": 2}}

    assert [(one.item, one.code) for one in lacking(form, answers, {"words"})] == [
        ("events", "unanswered")
    ]
    answers = answers | {"proof": {"v": "yes"}}
    assert ("proof", "unproven") in [(one.item, one.code) for one in lacking(form, answers, ())]


def test_refuses_who_was_not_asked_and_what_is_over(task, now):
    other = town.officer("乙社区")
    refused(lambda: keep(task, {"window": "yes"}, by=other, at=now), "not_own_unit")

    town.rounds.step(by=town.planner(), at=now, candidacy=task.candidacy, to="site")
    refused(
        lambda: keep(_fresh(task), {"window": "yes"}, by=town.officer(UNIT), at=now), "stage_over"
    )
    assert not Draft.objects.exists()


def test_refuses_a_task_that_was_taken_back(task, by, now):
    town.assessing.drop(by=town.planner(), at=now, assessment=task)

    refused(lambda: keep(task, {"window": "yes"}, by=by, at=now), "dropped")


def test_keeps_drafts_with_the_unit_that_was_asked(task, by, now):
    draft = keep(task, {"window": "yes"}, by=by, at=now)
    directory.unit("乙社区")

    with pytest.raises(DatabaseError, match="stays whose it is"), transaction.atomic():
        Draft.objects.filter(pk=draft.pk).update(by_unit="乙社区")
    draft.delete()
    with pytest.raises(DatabaseError, match="unit that was asked"), transaction.atomic():
        Draft.objects.create(
            assessment=task, by_name="乙", by_role="officer", by_unit="乙社区", at=now
        )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"v_events": "1,200", "v_window": "yes"}, {"events": "1200", "window": "yes"}),
        ({"v_events": "3.50%", "v_grade": "4"}, {"events": "3.5", "grade": 4}),
        ({"v_window": "na", "v_words": " 好 "}, {"window": "na", "words": "好"}),
    ],
)
def test_reads_answers_as_people_write_them(typed, kept):
    form = ItemsForm(typed, items=ITEMS, answers={})

    assert form.is_valid(), form.errors
    assert {key: one["v"] for key, one in form.answers().items()} == kept


@pytest.mark.parametrize(
    "typed", [{"v_events": "many"}, {"v_grade": "9"}, {"n_window": "说明"}, {"v_window": "maybe"}]
)
def test_asks_again_for_what_is_no_answer_and_keeps_the_rest(typed):
    form = ItemsForm(typed | {"v_words": "好"}, items=ITEMS, answers={})

    assert not form.is_valid()
    assert form.answers() == {"words": {"v": "好"}}
