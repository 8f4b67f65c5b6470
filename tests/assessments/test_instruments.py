"""Instruments: drafted by several at once, adopted once, closed; who would change level is told before."""

import threading
from datetime import timedelta

import pytest
from django.template.loader import render_to_string

from linli.assessments.actions import drafting
from linli.assessments.actions import instruments as actions
from linli.assessments.models import Edition, Instrument
from linli.assessments.queries.form_faults import faults_of
from linli.assessments.queries.preview import fitting, preview, rounds_on
from linli.assessments.queries.sheets import points, sheet_parts
from linli.assessments.rules import building
from linli.assessments.rules.building import mark
from linli.assessments.rules.instruments import Form, Item, Section, digest
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import assessments as town
from tests.town import directory, facts
from tests.town.races import at_once
from tests.town.staff import actor

pytestmark = pytest.mark.django_db


def _draft(noon, **given):
    return actions.begin_instrument(
        by=town.planner(), at=noon, name="测评", use="scheme", unit=directory.unit(town.KEEPER),
        form=town.form(**given),
    )  # fmt: skip


def _refused(code, deed, *args, **given):
    before = list(Edition.objects.order_by("pk").values())
    with pytest.raises(Refused) as refused:
        deed(*args, **given)
    assert refused.value.code == code
    assert list(Edition.objects.order_by("pk").values()) == before


def _item(draft, key):
    return building.find_item(draft.form, key)[1]


def test_keeps_what_two_change_at_once_in_two_questions(noon):
    draft = _draft(noon)
    edits = [
        building.item_put(
            Item(key, "yes_no", {"zh-hans": "改"}, weight=1),
            section="s",
            seen=mark(_item(draft, key)),
        )
        for key in ("a", "b")
    ]

    for edit in edits:
        drafting.revise(by=town.planner(), at=noon, edition=draft, edit=edit)

    draft.refresh_from_db()
    assert [one.weight for one in draft.form.items()] == [1, 1]
    given = {"by": town.planner(), "at": noon, "edition": draft}
    _refused("changed_meanwhile", drafting.revise, **given, edit=edits[0])
    _refused("gone", drafting.revise, **given, edit=building.item_out("x", seen=""))


def test_refuses_a_whole_draft_that_is_older(noon):
    draft = _draft(noon)
    later = noon + timedelta(minutes=1)
    old = Edition.objects.get(pk=draft.pk)
    drafting.save_draft(by=town.planner(), at=later, edition=draft, form=town.form())

    given = {"by": town.planner(), "at": later, "edition": old}
    _refused("changed_meanwhile", drafting.save_draft, **given, form=Form(("en",), ()))
    _refused("changed_meanwhile", actions.adopt, **given)


def test_keeps_nothing_that_asks_for_a_trait_of_persons(noon):
    draft = _draft(noon)
    given = {"by": town.planner(), "at": noon, "edition": draft}
    asks = Item("", "count", {"zh-hans": "少数民族职工人数"}, weight=1)
    guided = Item("", "text", {"zh-hans": "职工情况"}, guidance={"zh-hans": "注明宗教信仰"})

    for item in (asks, guided):
        _refused("trait_of_a_person", drafting.add_item, **given, section="s", item=item)
    _refused(
        "trait_of_a_person", actions.begin_instrument, by=town.planner(), at=noon, name="乙",
        use="scheme", unit=draft.instrument.unit, form=town.form(asks),
    )  # fmt: skip
    # The control: what a unit does is asked.
    does = Item("", "yes_no", {"zh-hans": "开展铸牢中华民族共同体意识宣传"}, weight=1)
    assert drafting.add_item(**given, section="s", item=does) == "q1"
    assert Instrument.objects.count() == 1


def test_gives_no_code_again_that_an_edition_has(noon):
    draft = _draft(noon)
    by = {"by": town.planner(), "at": noon}
    item = Item("", "yes_no", {"zh-hans": "丙"}, weight=1)
    assert drafting.add_item(**by, edition=draft, section="s", item=item) == "q1"
    actions.adopt(**by, edition=Edition.objects.get(pk=draft.pk))

    second = actions.draft_next(**by, instrument=draft.instrument)
    out = building.item_out("q1", seen=mark(_item(second, "q1")))
    second = drafting.revise(**by, edition=second, edit=out)

    assert drafting.add_item(**by, edition=second, section="s", item=item) == "q2"
    assert drafting.add_section(**by, edition=second, title={"zh-hans": "新"}) == "s1"


def test_adopts_only_what_has_no_fault(noon):
    draft = _draft(noon)
    by = {"by": town.planner(), "at": noon}
    fact = Item("", "fact", {"zh-hans": "覆盖率"}, weight=1, nought="0", full="1", indicator="a.b")
    key = drafting.add_item(**by, edition=draft, section="s", item=fact)
    draft.refresh_from_db()
    assert [(one.code, one.where) for one in faults_of(draft.form)] == [("unknown_indicator", key)]
    _refused("has_faults", actions.adopt, **by, edition=draft)

    facts.indicator("a.b", public=True)
    adopted = actions.adopt(**by, edition=draft)

    assert adopted.digest == digest(adopted.document)
    _refused("adopted", drafting.save_draft, **by, edition=adopted, form=town.form())
    _refused("adopted", actions.adopt, **by, edition=adopted)


def test_throws_a_draft_away_and_closes(noon):
    first = _draft(noon)
    by = {"by": town.planner(), "at": noon}
    _refused("only_edition", drafting.drop_draft, **by, edition=first)
    actions.adopt(**by, edition=first)
    second = actions.draft_next(**by, instrument=first.instrument)
    drafting.drop_draft(**by, edition=second)
    second = actions.draft_next(**by, instrument=first.instrument)
    assert (second.number, Edition.objects.count()) == (2, 2)

    closed = actions.close(**by, instrument=first.instrument)

    assert str(closed.closed_on) == "2026-11-21"
    _refused("closed", actions.close, **by, instrument=closed)
    _refused("closed", actions.draft_next, **by, instrument=closed)
    _refused("closed", actions.adopt, **by, edition=second)


def test_lets_only_its_unit_and_planners_draft(noon):
    draft = _draft(noon)
    for who, code in (
        (town.officer("别的单位"), "not_own_unit"),
        (actor(Role.SUPERVISOR), "not_allowed"),
    ):
        given = {"by": who, "at": noon, "edition": draft}
        _refused(code, drafting.add_section, **given, title={"zh-hans": "丙"})
        _refused(code, drafting.revise, **given, edit=building.moved("a", 1))
        _refused(code, actions.adopt, **given)
        _refused(code, actions.close, by=who, at=noon, instrument=draft.instrument)


def _adds(draft, noon, add=drafting.add_item):
    given = {"by": town.planner(), "at": noon, "edition": draft, "section": "s"}
    return lambda n: add(**given, item=Item("", "yes_no", {"zh-hans": f"题{n}"}, weight=1))


@pytest.mark.django_db(transaction=True)
def test_keeps_every_question_that_several_add_at_once(noon):
    draft = _draft(noon)

    failures = at_once(3, _adds(draft, noon))

    draft.refresh_from_db()
    assert failures == []
    assert sorted(x.text["zh-hans"] for x in draft.form.items())[2:] == ["题0", "题1", "题2"]
    assert {"q1", "q2", "q3"} <= building.keys_of(draft.form)


@pytest.mark.django_db(transaction=True)
def test_would_lose_a_question_without_holding_the_draft(noon, monkeypatch):
    """The control: read without the lock, outside a transaction, the last one writes over the others."""
    draft, both = _draft(noon), threading.Barrier(2)

    def read(edition):
        found = Edition.objects.get(pk=edition.pk)
        both.wait()
        return found

    monkeypatch.setattr(drafting, "draft_held", read)
    at_once(2, _adds(draft, noon, drafting.add_item.__wrapped__))

    draft.refresh_from_db()
    assert len([*draft.form.items()]) == 3


@pytest.fixture
def round_(noon):
    """Three candidates at the cross check: 10 of 10 points, 6, and one of whom nobody says anything."""
    opened = town.opened(at=noon, weights={"cross": 100})
    units = ("甲社区", "乙社区", "丙社区")
    for name, answers in zip(
        units, ({"a": "yes", "b": "12"}, {"a": "yes", "b": "0"}, None), strict=True
    ):
        candidate = town.candidate(name, at=noon, of=opened)
        town.rounds.step(by=town.planner(), at=noon, candidacy=candidate, to="cross")
        if answers:
            asked = town.task("cross", "评审单位", at=noon, of=candidate)
            town.sheet(asked, answers, at=noon)
    return opened


def test_tells_who_changes_level_before_it_is_adopted(round_, django_assert_num_queries, noon):
    first = round_.edition
    second = actions.draft_next(by=town.planner(), at=noon, instrument=first.instrument)
    form = second.form
    items = (
        Item("a", "yes_no", {"zh-hans": "有服务窗口"}, weight=1),
        Item("b", "scale", {"zh-hans": "活动"}, weight=9, top=5),
        Item("c", "yes_no", {"zh-hans": "新问"}, weight=0),
    )
    lower = Form(form.languages, (Section("s", {"zh-hans": "服务"}, items),), form.levels)

    assert [one.pk for one in rounds_on(second)] == [round_.pk]
    with django_assert_num_queries(3):
        found = preview(round_, lower)
    same = preview(round_, first.form)

    told = [(x.candidacy.subject.name, x.before.level, x.after.level, x.way) for x in found.moved]
    assert told == [("甲社区", "nation", "", -3), ("乙社区", "city", "", -1)]
    assert [x.after.share for x in found.moved] == [1_000, 1_000]
    assert (found.same, found.silent, found.unasked, found.unfit) == (0, 1, 2, 2)
    assert (same.moved, same.same, same.silent, same.unfit) == ((), 2, 1, 0)


def test_keeps_of_old_answers_what_is_an_answer_still():
    scale = town.form(Item("a", "scale", {"zh-hans": "甲"}, weight=1, top=3))

    kept = fitting(scale, {"a": {"v": 3}, "b": {"v": "yes"}})

    assert (kept, fitting(scale, {"a": {"v": 4}})) == ({"a": {"v": 3}}, {})


def test_shows_a_sheet_with_what_each_answer_earned_and_rests_on(noon, django_assert_num_queries):
    round_ = town.opened(at=noon, weights={"cross": 100})
    candidate = town.candidate("甲社区", at=noon, of=round_)
    town.rounds.step(by=town.planner(), at=noon, candidacy=candidate, to="cross")
    asked = town.task("cross", "评审单位", at=noon, of=candidate)
    piece = facts.statement(at=noon)
    sheet = town.sheet(asked, {"b": "7"}, at=noon, backing={"b": [piece]})

    form = round_.edition.form
    with django_assert_num_queries(1):
        (part,) = sheet_parts(sheet, form)
    html = render_to_string("assessments/_sheet.html", {"parts": [part]})

    told = [(x.text, str(x.value), x.points, [*x.evidence]) for x in part.answers]
    assert told == [("有服务窗口", "", "0", []), ("全年活动场次", "7", "2.3333", [piece])]
    assert "2.3333 / 4" in html
    assert piece.source in html


def test_writes_points_without_noughts_at_the_end():
    assert [points(x) for x in (0, 5_000, 25_000, 60_000, 23_333)] == [
        "0",
        "0.5",
        "2.5",
        "6",
        "2.3333",
    ]
