"""Emergency access by the console: asked with a reason, let in by a second person, over by itself."""

import re
from datetime import timedelta

import pytest
import time_machine

from linli.cases.actions import emergency
from linli.cases.models import Step
from linli.kernel.models import BreakGlass, Look
from tests.cases.console import desk, main_of, page, said, send
from tests.town import cases as town

pytestmark = pytest.mark.django_db

DOOR = "/console/emergency/"
REASON = "来电称屋内有人受伤。"


@pytest.fixture(autouse=True)
def at_noon(noon):
    with time_machine.travel(noon, tick=False):
        yield noon


@pytest.fixture
def legal():
    return desk(town.officer(town.LEGAL))


@pytest.fixture
def second():
    return desk(town.supervisor())


@pytest.fixture
def case(noon):
    return town.taken(at=noon)


def asked(client, case, status=302, **changes):
    given = {"code": case.code, "reason": REASON, "hours": "2"} | changes
    return send(client, DOOR, status, **{f"glass-{k}": v for k, v in given.items()})


def glass():
    return BreakGlass.objects.get()


def test_opens_a_case_only_after_a_second_person_let_in(legal, second, case):
    asked(legal, case)
    assert "waits for a second person" in page(legal, DOOR)
    assert legal.get(f"/en{DOOR}{glass().code}/").status_code == 404

    assert REASON not in page(second, DOOR)
    assert REASON in page(second, f"{DOOR}{glass().code}/decide/")
    send(second, f"{DOOR}{glass().code}/decide/", answer="let_in")

    text = page(legal, f"{DOOR}{glass().code}/")
    assert town.WORDS in text
    assert "You look without leave until 2026-11-21 14:00. The person is told." in text
    told = list(Step.objects.filter(shown=True).values_list("verb", flat=True))
    assert told[-2:] == ["glass_asked", "glass_opened"]
    looks = Look.objects.order_by("pk").values_list("by_unit", "purpose", "fields")
    assert [(unit, purpose) for unit, purpose, _ in looks] == [
        (town.SUPERVISION, "emergency"), (town.LEGAL, "emergency"),
    ]  # fmt: skip
    assert looks[0][2] == "reason"


def test_ends_by_itself(legal, case, noon):
    asked(legal, case)
    emergency.let_in(by=town.supervisor(), at=noon, case=case, glass=glass())
    assert legal.get(f"/en{DOOR}{glass().code}/").status_code == 200

    with time_machine.travel(noon + timedelta(hours=2), tick=False):
        again = desk(town.officer(town.LEGAL))
        assert again.get(f"/en{DOOR}{glass().code}/").status_code == 404
        assert "over" in page(again, DOOR)


def test_stays_closed_when_the_second_person_refuses(legal, second, case):
    asked(legal, case)

    send(second, f"{DOOR}{glass().code}/decide/", answer="refuse")

    assert legal.get(f"/en{DOOR}{glass().code}/").status_code == 404
    assert "refused" in page(legal, DOOR)
    assert second.get(f"/en{DOOR}{glass().code}/decide/").status_code == 404


def test_opens_for_the_one_who_asked_alone(legal, case, noon):
    asked(legal, case)
    emergency.let_in(by=town.supervisor(), at=noon, case=case, glass=glass())
    colleague = desk(town.officer(town.LEGAL, name="同事"))

    assert colleague.get(f"/en{DOOR}{glass().code}/").status_code == 404
    assert case.code not in page(colleague, DOOR)
    assert legal.get(f"/en/console/cases/{case.code}/").status_code == 404


def test_is_decided_by_another_unit_alone(legal, case):
    asked(legal, case)
    same = desk(town.supervisor(town.LEGAL))

    assert case.code not in page(same, DOOR)
    assert same.get(f"/en{DOOR}{glass().code}/decide/").status_code == 404
    assert same.post(f"/en{DOOR}{glass().code}/decide/", {"answer": "let_in"}).status_code == 404
    assert glass().let_in_at is None
    assert not Look.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": ""}, "This field is required."),
        ({"hours": "25"}, "less than or equal to 24"),
        ({"code": "0000-0000"}, "There is no open case with this code."),
        ({"code": "x"}, "There is no open case with this code."),
    ],
)
def test_asks_nothing_that_is_incomplete(legal, case, changes, sentence):
    answer = asked(legal, case, 422, **changes)

    assert sentence in said(answer)
    assert changes.get("reason") == "" or REASON in main_of(answer)
    assert not BreakGlass.objects.exists()


def test_hands_out_papers_while_it_lasts(legal, noon):
    from linli.kernel.uploads import Rebuilt

    photo = Rebuilt(b"\xff\xd8\xff photo", "image/jpeg", "jpg")
    case = town.taken(at=noon, photos=(photo,))
    asked(legal, case)
    emergency.let_in(by=town.supervisor(), at=noon, case=case, glass=glass())
    html = main_of(legal.get(f"/en{DOOR}{glass().code}/"))
    address = re.search(rf'href="(/en{DOOR}[^"]+/papers/[^"]+)"', html)[1]

    assert legal.get(address).content == photo.data
    with time_machine.travel(noon + timedelta(hours=3), tick=False):
        assert desk(town.officer(town.LEGAL)).get(address).status_code == 404


def test_is_closed_to_planners(case):
    assert desk(town.planner()).get(f"/en{DOOR}").status_code == 403
    assert desk(town.officer()).get(f"/en{DOOR}zzzz/decide/").status_code == 403
