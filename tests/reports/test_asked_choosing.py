"""Where figures contradict each other, somebody chooses which one stands in a cell, and the reason goes with it."""

import io
import json
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import translation
from openpyxl import load_workbook

from linli.facts import actions as fact_actions
from linli.facts.models import Fact
from linli.facts.rules.statements import Statement
from linli.kernel import files
from linli.kernel.actors import Role
from linli.kernel.models import Staff
from linli.kernel.refusals import Refused
from linli.reports.actions import answering
from linli.reports.models import AnsweredCell, FormAnswer, FormChoice
from linli.reports.queries.asked import standings
from linli.reports.schemas import asked as schemas
from tests.town import facts
from tests.town import forms_asked as town
from tests.town.races import at_once
from tests.town.staff import account, actor

pytestmark = pytest.mark.django_db
CELL = "0!C4"
WHY = "以年报为准，年鉴口径含民办。"


@pytest.fixture(autouse=True)
def unit(db):
    return town.place()


def contradicted():
    """Return a form of which one cell has two figures, the statistics' and the yearbook's, which stands there."""
    says = town.know()["education.schools", "620102"]
    other = town.know(figures={("education.schools", "620102"): "140"}, source="教育年鉴")
    return town.mapped(town.brought()), says, other["education.schools", "620102"]


def chosen(form, fact, *, by=None, cell=CELL, reason=WHY, seen=0):
    return answering.choose(
        by=by or town.officer(), at=town.NOON, form=form, cell=cell, fact=fact.code, reason=reason,
        seen=seen,
    )  # fmt: skip


def standing(form, cell=CELL):
    return next(one for one in standings(form) if one.cell.name == cell)


def refused(code, deed):
    before = FormChoice.objects.count()
    with pytest.raises(Refused, match=f"^{code}$"):
        deed()
    assert FormChoice.objects.count() == before


def test_puts_the_chosen_figure_into_the_cell_with_its_reason():
    form, says, other = contradicted()
    before = standing(form)
    assert (before.fact, before.value, before.to_choose) == (other, Decimal(140), True)

    choice = chosen(form, says)

    now = standing(form)
    assert (now.fact, now.value, now.choice, now.to_choose) == (says, Decimal(131), choice, False)
    assert now.against == (other,)  # it stays named
    answer = town.sent(form)
    cell = answer.cells.get(cell=CELL)
    assert (cell.written, cell.fact, cell.choice) == ("131", says, choice)
    assert (cell.choice.reason, cell.choice.by_name, cell.choice.at) == (WHY, "经办", town.NOON)
    assert answer.cells.exclude(choice=None).count() == 1
    assert load_workbook(io.BytesIO(files.fetch(answer.digest)))["教育"]["C4"].value == 131


def test_lets_the_newest_choice_hold_and_keeps_the_ones_before():
    form, says, other = contradicted()
    first = chosen(form, says)
    second = chosen(form, other, by=actor(), reason="以年鉴为准。", seen=first.pk)

    assert (standing(form).fact, standing(form).choice) == (other, second)
    assert list(FormChoice.objects.values_list("reason", flat=True)) == [WHY, "以年鉴为准。"]


def test_forgets_a_choice_whose_figure_was_corrected():
    form, says, other = contradicted()
    chosen(form, says)
    fact_actions.correct(
        by=actor(), at=town.NOON, fact=says, status=Fact.CLAIMED, statement=Statement(Decimal(133)),
        evidence=facts.statement(), reason="重数",
    )  # fmt: skip

    now = standing(form)
    assert (now.choice, now.to_choose) == (None, True)
    assert {one.value for one in now.choices} == {Decimal(133), other.value}


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("no_reason", {"reason": " \n"}),
        ("nothing_to_choose", {"cell": "0!B4"}),
        ("nothing_to_choose", {"cell": "0!Z99"}),
        ("chosen_meanwhile", {"seen": 7}),
        ("not_allowed", {"by": town.officer("兰州市民政局")}),
        ("not_allowed", {"by": actor(Role.SUPERVISOR)}),
    ],
)
def test_refuses_a_choice(code, given):
    form, says, _other = contradicted()
    refused(code, lambda: chosen(form, says, **given))


def test_refuses_a_figure_of_another_cell_and_any_once_the_form_was_sent():
    form, says, _other = contradicted()
    refused("not_a_choice", lambda: chosen(form, standing(form, "0!D4").fact))
    town.sent(form)
    refused("already_answered", lambda: chosen(form, says))


def test_refuses_a_choice_without_a_reason_in_the_database():
    form, says, _other = contradicted()
    with pytest.raises(DatabaseError), transaction.atomic():
        FormChoice.objects.create(form=form, cell=CELL, fact=says, reason="", at=town.NOON)


@pytest.mark.parametrize("model", [FormChoice, AnsweredCell])
def test_changes_and_removes_nothing(model):
    form, says, _other = contradicted()
    chosen(form, says)
    town.sent(form)
    for deed in (lambda: model.objects.update(id=F("id")), lambda: model.objects.all()._raw_delete("default")):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


@pytest.mark.django_db(transaction=True)
def test_passes_over_nobody_when_two_choose():
    form, says, other = contradicted()
    failures = at_once(2, lambda number: chosen(form, (says, other)[number]))

    assert [str(one) for one in failures] == ["chosen_meanwhile"]
    assert FormChoice.objects.count() == 1


def test_control_of_two_who_saw_both_choices_the_second_holds():
    form, says, other = contradicted()
    chosen(form, other, seen=chosen(form, says).pk)

    assert FormChoice.objects.count() == 2


def test_names_the_reason_in_the_annex():
    form, says, _other = contradicted()
    chosen(form, says)
    with translation.override("zh-hans"):
        head, *rows = schemas.annex_of(form, "https://city.example")(standings(form))
    told = {row[1]: row[-1] for row in rows}

    assert len(head) == len(rows[0])
    assert told == {
        name: f"{WHY} ({town.UNIT}, 2026-11-21)" if name == "C4" else "" for name in told
    }


def test_chooses_by_the_page_and_shows_it_in_public(client):
    form, says, _other = contradicted()
    who = account(Role.OFFICER)
    Staff.objects.filter(pk=who.pk).update(unit=town.UNIT)
    client.force_login(who)
    home = f"/console/forms-asked/{form.code}/"
    here = f"{home}choose/0/C4/"
    assert client.get(home).context["to_choose"] == 1
    assert here in client.get(home).content.decode()
    assert client.get(f"{home}choose/0/B4/").status_code == 404

    given = {"fact": says.code, "seen": "0"}
    assert client.post(here, given | {"reason": ""}).status_code == 422
    assert client.post(here, given | {"reason": WHY, "fact": "nothing"}).status_code == 422
    assert client.post(here, given | {"reason": WHY, "seen": "9" * 30}).status_code == 409
    assert FormChoice.objects.count() == 0
    assert client.post(here, given | {"reason": WHY})["Location"] == home
    assert client.get(here).context["typed"]["fact"].value() == says.code
    client.post(f"{home}send/", {"send-words": "尚无数据"})
    assert client.post(here, given | {"reason": WHY}).status_code == 409

    client.logout()
    assert WHY in client.get(f"/forms-asked/{form.code}/").content.decode()
    cells = json.loads(client.get(f"/forms-asked/{form.code}/cells.json").content)["cells"]
    said = {one["cell"]: one["chosen_by_hand"] for one in cells}
    assert said.pop("C4")["reason"] == WHY
    assert {*said.values()} == {None}
    assert FormAnswer.objects.get().cells.exclude(choice=None).count() == 1
