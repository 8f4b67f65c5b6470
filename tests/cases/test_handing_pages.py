"""A case goes on by the console: to another unit with typed reasons and fields, back, and to one that helps."""

import pytest
import time_machine

from linli.cases.actions import handing, handling
from linli.cases.models import Case, HandOver, JointUnit, Step
from linli.directory.models import Unit
from linli.kernel.models import Look
from tests.cases.console import desk, main_of, page, said, send
from tests.town import cases as town
from tests.town import directory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(noon):
    directory.unit(town.LEGAL)
    with time_machine.travel(noon, tick=False):
        yield noon


@pytest.fixture
def officer():
    return desk(town.officer())


@pytest.fixture
def legal():
    return desk(town.officer(town.LEGAL))


def at(case, rest=""):
    return f"/console/cases/{case.code}/{rest}"


def given(**changes):
    unit = Unit.objects.get(name=town.LEGAL)
    asked = {"unit": unit.code, "kind": "competence", "words": "请办理。", "fields_read": ["words"]}
    return {f"hand-{name}": value for name, value in (asked | changes).items()}


def test_proposes_with_a_typed_reason_and_only_the_chosen_fields(officer, legal, noon):
    case = town.taken(at=noon, place="3号楼")

    send(officer, at(case, "hand-on/"), **given())

    way = HandOver.objects.get()
    assert (way.state, way.kind) == (HandOver.PROPOSED, "competence")
    assert set(way.grant.fields) == {"words", "passing_on"}
    text = page(legal, at(case))
    assert town.WORDS in text
    assert "3号楼" not in text
    assert "Your unit may read: What was said、May be handed to another unit." in text
    assert Look.objects.get(by_unit=town.LEGAL).purpose == "decide"


def test_says_when_it_waits_for_leave(officer, legal, noon):
    case = town.taken(at=noon, fields_granted=("words",))
    assert "The person did not tick that it may be passed on" in page(officer, at(case))

    send(officer, at(case, "hand-on/"), **given())

    text = page(officer, at(case))
    assert "The person is asked for leave. Until they answer, your unit does." in text
    assert f"On the way to {town.LEGAL} waits for the person's leave" in text
    assert legal.get(f"/en{at(case)}").status_code == 404


def test_says_that_a_sensitive_topic_waits_for_leave(officer, noon):
    case = town.taken(at=noon, topic=town.topic("violence", name="家庭暴力", sensitive=True))

    assert "This topic is sensitive: the person is asked first" in page(officer, at(case))


def test_offers_no_field_that_the_unit_may_not_read(officer, noon):
    case = town.taken(at=noon, fields_granted=("words",))

    answer = send(officer, at(case, "hand-on/"), 422, **given(fields_read=["contact"]))

    assert "Select a valid choice." in said(answer)
    assert 'value="contact"' not in main_of(answer)
    assert not HandOver.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"unit": ""}, "This field is required."),
        ({"kind": "assigned"}, "Select a valid choice."),
        ({"words": ""}, "This field is required."),
        ({"fields_read": []}, "This field is required."),
    ],
)
def test_says_what_is_missing_and_keeps_the_rest(officer, noon, changes, sentence):
    case = town.taken(at=noon)

    answer = send(officer, at(case, "hand-on/"), 422, **given(**changes))

    assert sentence in said(answer)
    assert changes.get("words") == "" or "请办理。" in main_of(answer)
    assert not HandOver.objects.exists()


def test_accepts_what_was_proposed(officer, legal, noon):
    way = town.handed_on(at=noon)
    assert f"{town.HOUSING} would like your unit to answer." in page(legal, at(way.case))

    answer = send(legal, f"/console/hand-overs/{way.code}/accept/")

    assert answer["Location"] == f"/en{at(way.case)}"
    assert Case.objects.get().unit.name == town.LEGAL
    assert officer.get(f"/en{at(way.case)}").status_code == 404


def test_declines_with_a_typed_reason(officer, legal, noon):
    way = town.handed_on(at=noon)
    reason = {"decline-kind": "not_ours", "decline-words": "不属于我们。"}

    answer = send(legal, f"/console/hand-overs/{way.code}/decline/", **reason)

    assert answer["Location"] == "/en/console/cases/"
    assert legal.get(f"/en{at(way.case)}").status_code == 404
    text = page(officer, at(way.case))
    assert "hand-over declined · We are not competent" in text
    assert "不属于我们。" in text
    assert Case.objects.get().bounces == 1


def test_declines_nothing_without_words(legal, noon):
    way = town.handed_on(at=noon)

    send(legal, f"/console/hand-overs/{way.code}/decline/", 422, **{"decline-kind": "not_ours"})

    assert HandOver.objects.get().state == HandOver.PROPOSED


def test_keeps_the_words_when_a_colleague_accepted_first(legal, noon):
    way = town.handed_on(at=noon)
    handing.accept(by=town.officer(town.LEGAL, name="同事"), at=noon, hand_over=way)
    reason = {"decline-kind": "not_ours", "decline-words": "不属于我们。"}

    answer = send(legal, f"/console/hand-overs/{way.code}/decline/", 409, **reason)

    assert "This hand-over was decided meanwhile." in said(answer)
    assert "不属于我们。" in main_of(answer)
    assert not Step.objects.filter(verb="declined").exists()


def test_keeps_the_words_when_a_colleague_declined_first(legal, noon):
    way, colleague = town.handed_on(at=noon), town.officer(town.LEGAL, name="同事")
    handing.decline(by=colleague, at=noon, hand_over=way, kind="not_ours", words="不归我们。")
    reason = {"decline-kind": "no_capacity", "decline-words": "人手不够。"}

    answer = send(legal, f"/console/hand-overs/{way.code}/decline/", 409, **reason)

    assert "This case is no longer with your unit" in said(answer)
    assert "人手不够。" in main_of(answer)


def test_calls_a_hand_over_back(officer, noon):
    way = town.handed_on(at=noon)

    send(officer, at(way.case, "call-back/"))

    assert HandOver.objects.get().state == HandOver.ENDED
    send(officer, at(way.case, "call-back/"), 409)


@pytest.mark.parametrize("deed", ["accept", "decline"])
def test_has_no_hand_over_to_another_unit(noon, deed):
    way = town.handed_on(at=noon)
    for who in (town.officer(), town.clerk()):
        assert desk(who).post(f"/en/console/hand-overs/{way.code}/{deed}/").status_code == 404
        assert desk(who).post(f"/en/console/hand-overs/0000-0000/{deed}/").status_code == 404

    assert HandOver.objects.get().state == HandOver.PROPOSED


def test_asks_another_unit_to_help_until_it_has_finished(officer, legal, noon):
    case = town.taken(at=noon)
    unit = Unit.objects.get(name=town.LEGAL)
    asked = {"join-unit": unit.code, "join-words": "请协助核实。"}

    send(officer, at(case, "join/"), **asked)
    text = page(legal, at(case))
    assert "We have done our part" in text
    assert "Your answer" not in text
    assert "Hand it on" not in text
    send(legal, at(case, "note/"), **{"note-words": "正在核实。"})
    answer = send(legal, at(case, "finish/"), **{"finish-words": "已核实。"})

    assert answer["Location"] == "/en/console/cases/"
    assert legal.get(f"/en{at(case)}").status_code == 404
    assert JointUnit.objects.get().done_at == noon
    assert "已核实。" in page(officer, at(case))


def test_lets_a_helping_unit_neither_answer_nor_hand_on(legal, noon):
    case = town.taken(at=noon)
    unit = directory.unit(town.LEGAL)
    handling.join(by=town.officer(), at=noon, case=case, unit=unit, words="请协助。")
    before = Step.objects.count()

    answer = send(legal, at(case, "reply/"), 404, **{"reply-words": "代为答复。"})

    assert "代为答复。" in main_of(answer)
    assert Step.objects.count() == before
