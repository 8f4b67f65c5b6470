from datetime import date

import pytest

from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.plans import actions
from linli.plans.models import PolicyDocument, Step
from tests.town import directory
from tests.town import plans as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db


def draft(**overrides):
    given = {"title": "创建工作实施意见", "number": "嘉政发〔2026〕1号", "area": directory.area()}
    return actions.DocumentDraft(**given | {"issued_on": date(2026, 1, 5)} | overrides)


def recorded(noon, **overrides):
    return actions.record_document(by=town.planner(), at=noon, draft=draft(**overrides))


def refused(code, deed, **given):
    models = (PolicyDocument, Step)
    before = [list(model.objects.values()) for model in models]
    with pytest.raises(Refused) as refusal:
        deed(**given)
    assert refusal.value.code == code
    assert [list(model.objects.values()) for model in models] == before


def test_records_a_document(noon):
    document = recorded(noon, title=" 意见 ")

    assert (document.title, document.status, str(document.issued_on)) == (
        "意见",
        "in_force",
        "2026-01-05",
    )
    assert Step.objects.get().verb == "recorded"


def test_puts_a_document_in_the_place_of_another(noon):
    old = recorded(noon)
    given = {"by": town.planner(), "at": noon, "document": old}

    new = actions.replace_document(**given, draft=draft(number="嘉政发〔2026〕2号"))

    old.refresh_from_db()
    assert (old.status, old.superseded_by, new.status) == ("replaced", new, "in_force")
    step = Step.objects.get(verb="replaced")
    assert (step.was, step.becomes["superseded_by"]) == ({"status": "in_force"}, new.code)
    again = draft(number="嘉政发〔2026〕3号")
    refused("already_replaced", actions.replace_document, **given, draft=again)


def test_refuses_a_document_that_is_none(noon):
    old = recorded(noon)
    for code, wrong in (
        ("no_title", {"title": " "}),
        ("unknown_status", {"status": "lost", "number": "x"}),
        ("number_taken", {}),
    ):
        given = {"by": town.planner(), "at": noon, "draft": draft(**wrong)}
        refused(code, actions.record_document, **given)
        refused(code, actions.replace_document, **given, document=old)


def test_takes_one_number_in_two_places_and_none_twice(noon):
    recorded(noon)
    recorded(noon, area=directory.area("620100", name="兰州市"))
    recorded(noon, number="")
    recorded(noon, number="")

    assert PolicyDocument.objects.count() == 4


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
def test_leaves_documents_to_planners(noon, role):
    given = {"by": actor(role), "at": noon, "draft": draft(number="x")}

    refused("not_allowed", actions.record_document, **given)
    refused("not_allowed", actions.replace_document, **given, document=recorded(noon))
