"""The map of who answers for what, by the console: topics, reply templates, officials, other cities."""

import pytest
import time_machine

from linli.cases.actions import topics
from linli.cases.models import Leader, ReplyTemplate, Topic
from linli.directory.models import Unit
from linli.kernel.actors import Role
from tests.cases.console import desk, main_of, page, said, send
from tests.town import cases as town
from tests.town import directory
from tests.town.staff import actor

pytestmark = pytest.mark.django_db

TOPICS = "/console/topics/"


@pytest.fixture(autouse=True)
def at_noon(noon):
    with time_machine.travel(noon, tick=False):
        yield noon


@pytest.fixture
def planner():
    return desk(town.planner())


@pytest.fixture
def officer():
    return desk(town.officer())


def given(**changes):
    asked = {
        "code": "street-lamp", "name": "路灯", "kind": "request",
        "unit": directory.unit(town.HOUSING).code, "keywords": "路灯、灯坏了, 楼道 路灯",
        "step_days": "1", "unit_days": "5", "case_days": "10", "kept_days": "180",
    }  # fmt: skip
    return asked | changes


def test_opens_a_topic(planner):
    send(planner, f"{TOPICS}new/", **given(sensitive="on"))

    topic = Topic.objects.get()
    assert (topic.code, topic.unit.name, topic.sensitive) == ("street-lamp", town.HOUSING, True)
    assert topic.keywords == ["路灯", "灯坏了", "楼道"]
    text = page(planner, TOPICS)
    assert "路灯 sensitive" in text
    assert f"{town.HOUSING} 1 5 10 路灯、灯坏了、楼道" in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"code": "Straßenlampe!"}, "Enter a valid"),
        ({"code": "new"}, "This code cannot be taken."),
        ({"kind": "praise"}, "Select a valid choice."),
        ({"step_days": "6"}, "The unit has fewer days than one step."),
        ({"unit_days": "11"}, "All in all there are fewer days than for the unit."),
        ({"case_days": "251"}, "less than or equal to 250"),
    ],
)
def test_opens_nothing_that_is_wrong(planner, changes, sentence):
    answer = send(planner, f"{TOPICS}new/", 422, **given(**changes))

    assert sentence in said(answer)
    assert "灯坏了" in main_of(answer)
    assert not Topic.objects.exists()


def test_opens_no_topic_under_a_code_that_is_taken(planner):
    town.topic()

    answer = send(planner, f"{TOPICS}new/", 422, **given())

    assert "Another topic bears this code." in said(answer)


def test_amends_a_topic_but_not_its_code(planner):
    town.topic(keywords=["路灯"])
    form = main_of(planner.get(f"/en{TOPICS}street-lamp/"))
    assert 'name="code"' not in form
    assert 'value="10"' in form

    send(
        planner,
        f"{TOPICS}street-lamp/",
        **given(code="other-code", name="路灯和楼道灯", case_days="8"),
    )

    topic = Topic.objects.get()
    assert (topic.code, topic.name, topic.case_days) == ("street-lamp", "路灯和楼道灯", 8)


def test_closes_a_topic_but_never_the_last_resort(planner):
    town.topic()
    town.other()

    send(planner, f"{TOPICS}street-lamp/close/")
    send(planner, f"{TOPICS}other/close/")

    assert list(Topic.objects.asked_for()) == [Topic.objects.get(code="other")]
    assert "路灯" not in page(planner, TOPICS)
    assert "Closed on 2026-11-21." in page(planner, f"{TOPICS}street-lamp/")
    assert "Close this topic" not in page(planner, f"{TOPICS}other/")


def test_filters_topics_by_its_address(planner, noon):
    town.topic()
    town.topic("legal-aid", unit=town.LEGAL, name="法律援助", kind="legal_aid")
    topics.close_topic(by=town.planner(), at=noon, topic=town.topic("water", name="供水"))
    unit = Unit.objects.get(name=town.LEGAL)

    def names(query):
        text = main_of(planner.get(f"/en{TOPICS}{query}")).partition("<tbody>")[2]
        return {name for name in ("路灯", "法律援助", "供水") if f">{name}</a>" in text}

    assert names("") == {"路灯", "法律援助"}
    assert names(f"?unit={unit.code}") == {"法律援助"}
    assert names("?kind=request") == {"路灯"}
    assert names("?state=closed") == {"供水"}
    assert names("?state=all") == {"路灯", "法律援助", "供水"}
    assert names("?kind=legal_aid&state=closed") == set()


def test_lists_topics_in_a_bounded_number_of_queries(planner, django_assert_max_num_queries):
    for n in range(20):
        town.topic(f"topic-{n}", name=f"事项{n}")

    with django_assert_max_num_queries(5):
        page(planner, TOPICS)


def test_lets_others_read_the_map_and_change_nothing(officer):
    town.topic()

    assert "Working days in all 10" in page(officer, f"{TOPICS}street-lamp/")
    for address in (f"{TOPICS}new/", f"{TOPICS}street-lamp/close/"):
        assert officer.post(f"/en{address}", given()).status_code == 403
    officer.post(f"/en{TOPICS}street-lamp/", given(name="别的"))
    assert Topic.objects.get().name == "路灯"


def test_is_closed_to_administrators():
    assert desk(actor(Role.ADMINISTRATOR)).get(f"/en{TOPICS}").status_code == 403


def test_keeps_and_drops_a_template_of_the_own_unit(officer):
    directory.unit(town.HOUSING)

    send(officer, "/console/replies/", name="已派员", language="ug", words="خادىم ئەۋەتىلدى.")

    template = ReplyTemplate.objects.get()
    assert f'lang="ug">{template.words}' in main_of(officer.get("/en/console/replies/"))
    send(officer, f"/console/replies/{template.pk}/drop/")
    assert not ReplyTemplate.objects.exists()


def test_keeps_no_template_without_words(officer):
    directory.unit(town.HOUSING)

    send(officer, "/console/replies/", 422, name="已派员", language="ug", words="")

    assert not ReplyTemplate.objects.exists()


def test_has_no_template_of_another_unit(officer, noon):
    directory.unit(town.LEGAL)
    theirs = topics.write_template(
        by=town.officer(town.LEGAL), at=noon, name="甲", language="ug", words="乙"
    )

    assert officer.post(f"/en/console/replies/{theirs.pk}/drop/").status_code == 404
    assert ReplyTemplate.objects.exists()


def test_names_an_official_and_ends_the_office(planner):
    unit = directory.unit(town.HOUSING)

    send(planner, "/console/officials/", unit=unit.code, office="副局长", name="张明")

    leader = Leader.objects.get()
    assert f"{town.HOUSING} 副局长 张明" in page(planner, "/console/officials/")
    send(planner, f"/console/officials/{leader.pk}/end/")
    assert "until 2026-11-21" in page(planner, "/console/officials/")


def test_lets_an_officer_name_nobody(officer):
    unit = directory.unit(town.HOUSING)

    officer.post("/en/console/officials/", {"unit": unit.code, "office": "局长", "name": "李"})

    assert not Leader.objects.exists()
