"""An outward form is a projection of facts: nothing is typed twice, nothing that was said is lost."""

import io
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from openpyxl import load_workbook

from linli.facts import actions as fact_actions
from linli.facts.models import Fact
from linli.facts.rules.statements import Statement
from linli.kernel import files
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.reports.actions import answering
from linli.reports.actions import asked as actions
from linli.reports.actions.answering import Backing
from linli.reports.models import (
    AnsweredCell,
    FormAnswer,
    FormAsked,
    FormLayout,
    FormSaying,
    FormTold,
)
from linli.reports.queries.asked import answered_before, count, newest_saying, standings
from linli.reports.queries.forms_asked import later, tally
from linli.reports.rules.workbook import read_filled
from tests.town import facts
from tests.town import forms_asked as town
from tests.town.races import at_once
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
SAYS = Backing(words="年报台账。")


@pytest.fixture(autouse=True)
def unit(db):
    return town.place()


def told(form, **figures):
    found = {f"0!{cell}": Statement(Decimal(value)) for cell, value in figures.items()}
    return answering.tell(by=town.officer(), at=town.NOON, form=form, figures=found, backing=SAYS)


def states(form):
    return {one.cell.name: one.state for one in standings(form)}


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def test_answers_a_form_before_anybody_types():
    town.know()
    form = town.mapped(town.brought())

    assert states(form) == {
        "0!B4": "exists", "0!C4": "exists", "0!D4": "exists",
        "0!B5": "exists", "0!C5": "exists", "0!D5": "new",
    }  # fmt: skip
    assert count(standings(form)) == {
        "asked": 6, "exists": 5, "kept": 0, "stale": 0, "new": 1,
        "contradicts": 0, "reused": 5, "typed": 0,
    }  # fmt: skip


def test_fills_the_file_that_was_brought():
    town.know()
    form = town.mapped(town.brought())

    answer = town.sent(form)

    book = load_workbook(io.BytesIO(files.fetch(answer.digest)))
    sheet = book["教育"]
    assert [sheet[cell].value for cell in ("B4", "C4", "D4", "B5", "C5", "D5")] == [
        150.3, 131, 9800, 64.6, 74, None,
    ]  # fmt: skip
    assert sheet["B6"].value == "=SUM(B4:B5)"
    assert sheet["A1"].font.size == 16
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A1:E1", "A2:A3", "C2:D2", "E2:E3"}
    assert book.sheetnames == ["教育", "数据来源"]
    assert (answer.asked, answer.reused, answer.typed) == (6, 5, 0)
    assert answer.strokes == len("150.3131980064.674") + 5


def test_fills_three_layouts_with_no_figure_typed_twice():
    town.know()
    first = town.mapped(town.brought())
    told(first, D5="4100")
    town.sent(first)
    second = town.mapped(town.brought(town.population(), asker="市统计局"))
    town.sent(second)
    third = town.mapped(town.brought(town.services(), asker="市政务服务局"))
    assert count(standings(third))["new"] == 4  # windows, and the schools of the year before
    told(third, B2="21", B3="12")
    town.sent(third)

    counted = [(form.answer.asked, form.answer.reused, form.answer.typed) for form in (first, second, third)]  # fmt: skip
    assert counted == [(6, 5, 1), (6, 6, 0), (8, 4, 2)]
    subjects = [(one.indicator_id, one.area_id, one.period_from) for one in Fact.objects.all()]
    assert len(subjects) == len({*subjects}) == len(town.KNOWN) + 3
    assert tally()[:6] == (3, 0, 3, 0, 20, 15)


def test_needs_nothing_for_the_next_form_of_the_layout():
    town.know(year="2026", at=town.NOON)
    town.mapped(town.brought())

    next_year = town.brought(town.education(2026), period="2026")

    assert count(standings(next_year))["exists"] == 5
    assert FormLayout.objects.count() == 1
    assert {one.subject.period.start.year for one in standings(next_year)} == {2026}
    other = town.brought(
        town.education(2026), period="2025"
    )  # its head says another year than it is for
    assert standings(other) == []


def test_asks_of_two_cells_of_one_figure_once():
    form = town.mapped(town.brought(town.services()))

    typed = [one.cell.name for one in standings(form) if one.typed_here]

    assert typed == ["0!B2", "0!C2", "0!B3", "0!C3", "1!B2", "1!C2", "1!B3", "1!C3"]
    actions.say(
        by=town.officer(), at=town.NOON, form=form, seen=newest_saying(form.layout),
        given={("0:c2", "indicator"): "education.schools"},
    )  # fmt: skip
    assert [one.cell.name for one in standings(form) if not one.typed_here] == ["1!B2", "1!B3"]


def test_names_what_contradicts():
    town.know()
    other = town.know(figures={("education.schools", "620102"): "140"}, source="教育年鉴")
    form = town.mapped(town.brought())

    (one,) = [one for one in standings(form) if one.contradicts]

    assert one.cell.name == "0!C4"
    assert one.fact in other.values() or one.against[0] in other.values()
    assert one.value == Decimal(140)  # of two claims the newer


def test_fills_with_what_is_better_proven():
    proven = town.know(status=Fact.CONFIRMED)
    town.know(figures={("education.schools", "620102"): "140"}, source="教育年鉴")
    form = town.mapped(town.brought())

    (one,) = [one for one in standings(form) if one.contradicts]

    assert one.fact == proven["education.schools", "620102"]


def test_says_what_another_form_said_otherwise():
    known = town.know()
    town.sent(town.mapped(town.brought()))
    fact_actions.correct(
        by=actor(), at=town.NOON, fact=known["education.schools", "620102"], status=Fact.CLAIMED,
        statement=Statement(Decimal(132)), evidence=facts.statement(), reason="重数",
    )  # fmt: skip

    found = {one.cell.name: one for one in standings(town.mapped(town.brought(town.population())))}

    assert found["0!B4"].contradicts
    assert found["0!B4"].otherwise.written == "131"
    assert found["0!C4"].earlier.written == "74"


def test_shows_what_has_changed_since_it_was_sent():
    known = town.know()
    answer = town.sent(town.mapped(town.brought()))
    assert [one for one in later(answer) if one.now] == []
    fact_actions.withdraw(
        by=actor(), at=town.NOON, fact=known["education.teachers", "620102"],
        evidence=facts.statement(), reason="有误",
    )  # fmt: skip

    (changed,) = [one for one in later(answer) if one.now]

    assert (changed.cell.cell, changed.cell.written, changed.now.value) == ("0!D4", "9800", None)


def test_knows_an_earlier_period_as_stale():
    town.know(year="2024")
    form = town.mapped(town.brought())

    assert set(states(form).values()) == {"stale", "new"}
    assert all(one.value is None for one in standings(form))


def test_keeps_back_what_may_not_be_said():
    """PRIVACY 9: of people counted here only what passed the gate leaves, and figures of the desk alone never do."""
    town.know()
    hidden = facts.indicator("inside.students", name="在校生数", about_people=True, public=False)
    form = town.mapped(town.brought())
    given = {("0:c4", "indicator"): "inside.students"}
    actions.say(by=town.officer(), at=town.NOON, form=form, seen=newest_saying(form.layout), given=given)  # fmt: skip
    kept = [one for one in standings(form) if one.state == "kept"]

    assert {one.cell.name for one in kept} == {"0!D4", "0!D5"}
    with refused("known_already"):
        told(form, D4="12")
    answer = town.sent(form)
    assert not answer.cells.filter(indicator=hidden).exclude(written="", fact=None).exists()


def test_control_fills_the_same_cells_when_the_figure_may_be_said():
    town.know()
    form = town.mapped(town.brought())

    assert [one.value for one in standings(form) if one.cell.name == "0!D4"] == [Decimal(9800)]


def test_types_a_figure_in_once_with_what_it_rests_on():
    town.know()
    form = town.mapped(town.brought())

    (fact,) = told(form, D5="4100")

    assert (fact.value, fact.status, fact.evidence.source) == (4100, Fact.CLAIMED, town.UNIT)
    assert fact.evidence.words == SAYS.words
    with refused("known_already"):
        told(form, D5="4200")
    assert count(standings(form))["typed"] == 1


def test_refuses_a_duplicate_with_proof():
    town.know()
    first = town.mapped(town.brought())
    told(first, D5="4100")
    town.sent(first)
    again = town.brought(asker="市统计局")

    assert answered_before(standings(again))
    answer = answering.refuse_form(by=town.officer(), at=town.NOON, form=again, words="已报。")

    assert (answer.kind, answer.asked, answer.digest) == ("refused", 6, "")
    earlier = {cell.cell: cell.earlier.cell for cell in answer.cells.select_related("earlier")}
    assert earlier == {name: name for name in states(first)}
    assert tally().refused == 1


def test_refuses_nothing_that_was_not_wholly_answered():
    town.know()
    town.sent(town.mapped(town.brought()))  # D5 stayed empty
    again = town.brought(asker="市统计局")

    with refused("not_a_duplicate"):
        answering.refuse_form(by=town.officer(), at=town.NOON, form=again, words="已报。")
    assert not FormAnswer.objects.filter(form=again).exists()


def test_refuses_no_form_whose_figures_have_changed():
    known = town.know()
    first = town.mapped(town.brought())
    told(first, D5="4100")
    town.sent(first)
    fact_actions.correct(
        by=actor(), at=town.NOON, fact=known["education.schools", "620103"], status=Fact.CLAIMED,
        statement=Statement(Decimal(75)), evidence=facts.statement(), reason="重数",
    )  # fmt: skip

    assert not answered_before(standings(town.brought(asker="市统计局")))


def test_reads_back_from_the_filled_form_what_was_filled():
    town.know()
    form = town.mapped(town.brought())
    answer = town.sent(form)
    found = [one for one in standings(form) if one.value is not None]

    back = read_filled(
        files.fetch(answer.digest),
        [(one.cell.sheet, one.cell.spot, one.cell.meant.scale) for one in found],
    )

    assert [back[one.cell.sheet, one.cell.spot].value for one in found] == [
        one.fact.value for one in found
    ]


@pytest.mark.parametrize(
    "by", [actor(Role.SUPERVISOR), actor(Role.CLERK), town.officer("兰州市民政局")]
)
def test_lets_nobody_else_bring_map_or_send(by):
    form = town.mapped(town.brought())
    deeds = [
        lambda: town.brought(by=by, asker="别人"),
        lambda: actions.say(by=by, at=town.NOON, form=form, seen=0, given={("0", "area"): "own"}),
        lambda: town.sent(form, by=by),
        lambda: actions.lay_aside(by=by, at=town.NOON, form=form, words="误"),
        lambda: answering.refuse_form(by=by, at=town.NOON, form=form, words="误"),
        lambda: answering.tell(
            by=by, at=town.NOON, form=form, figures={"0!B4": Statement(Decimal(1))}, backing=SAYS
        ),
    ]
    for deed in deeds:
        with refused("not_allowed"):
            deed()

    assert (FormAsked.objects.count(), FormAnswer.objects.count()) == (1, 0)
    assert Fact.objects.count() == 0


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("unknown_indicator", {("0", "indicator"): "no.such"}),
        ("unknown_area", {("0", "area"): "999999"}),
        ("unknown_period", {("0", "period"): "someday"}),
        ("unknown_period", {("0", "period"): "y+9999"}),
        ("unknown_scale", {("0", "scale"): "7"}),
    ],
)
def test_refuses_words_that_nobody_knows(code, given):
    form = town.brought()

    with refused(code):
        actions.say(by=town.officer(), at=town.NOON, form=form, seen=0, given=given)
    assert FormSaying.objects.count() == 0


def test_loses_nothing_of_two_officers_on_one_mapping():
    form = town.brought()
    one, other = town.officer(), actor()
    say = {"at": town.NOON, "form": form, "seen": 0}
    actions.say(by=one, given={("0:r4", "area"): "620102", ("0:r5", "area"): ""}, **say)

    actions.say(by=other, given={("0:r4", "area"): "", ("0:r5", "area"): "620103"}, **say)

    values = dict(FormSaying.objects.values_list("place", "value"))
    assert values == {"0:r4": "620102", "0:r5": "620103"}
    with refused("said_otherwise"):
        actions.say(by=other, given={("0:r4", "area"): "620103"}, **say)
    assert FormSaying.objects.count() == 2


def test_ends_a_form_once():
    town.know()
    form = town.mapped(town.brought())
    town.sent(form)

    for deed in (lambda: town.sent(form), lambda: told(form, D5="1"), lambda: town.mapped(form)):
        with refused("already_answered"):
            deed()
    assert (FormAnswer.objects.count(), AnsweredCell.objects.count()) == (1, 6)


def test_sends_nothing_unmapped_and_explains_what_stays_empty():
    form = town.brought()
    with refused("nothing_asked"):
        town.sent(form)
    town.mapped(form)
    with refused("no_reason"):
        town.sent(form, words=" ")
    assert FormAnswer.objects.count() == 0


def test_brings_the_same_form_of_an_asker_once():
    town.brought()
    with refused("brought_before"):
        town.brought()
    assert FormAsked.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sends_once_when_two_send():
    town.know()
    form = town.mapped(town.brought())

    failures = at_once(2, lambda _n: town.sent(FormAsked.objects.get(pk=form.pk)))

    assert [type(one) for one in failures] == [Refused]
    assert (FormAnswer.objects.count(), AnsweredCell.objects.count()) == (1, 6)


def test_control_two_answers_are_refused_by_the_database():
    town.know()
    answer = town.sent(town.mapped(town.brought()))

    with pytest.raises(IntegrityError), transaction.atomic():
        FormAnswer.objects.create(form=answer.form, kind="aside", words="x", at=town.NOON)


@pytest.mark.parametrize("model", [FormLayout, FormSaying, FormAsked, FormTold, FormAnswer, AnsweredCell])  # fmt: skip
def test_changes_and_removes_nothing(model):
    town.know()
    form = town.mapped(town.brought())
    told(form, D5="4100")
    town.sent(form)

    for deed in (lambda: model.objects.update(id=F("id")), lambda: model.objects.all()._raw_delete("default")):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()
    assert model.objects.exists()
