"""The map of who answers for what: topics, templates, officials."""

from datetime import UTC, datetime

import pytest

from linli.cases.actions import topics
from linli.cases.actions.topics import TopicDraft
from linli.cases.models import Case, Leader, ReplyTemplate, Topic
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import cases as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)


def draft(**overrides):
    given = {"name": "路灯", "kind": "request", "unit": town.unit()} | overrides
    return TopicDraft(**given)


def opened(code="lamp", **overrides):
    return topics.open_topic(by=town.planner(), at=MONDAY, code=code, draft=draft(**overrides))


def amended(topic, **overrides):
    return topics.amend_topic(by=town.planner(), at=MONDAY, topic=topic, draft=draft(**overrides))


def test_opens_a_topic_with_its_days():
    topic = opened(keywords=["灯", "路灯"], case_days=20)

    kept = Topic.objects.get(code="lamp")
    assert kept == topic
    assert (kept.keywords, kept.step_days, kept.unit_days, kept.case_days) == (
        ["灯", "路灯"],
        1,
        5,
        20,
    )


def test_changes_days_for_what_is_asked_from_now_on():
    topic = opened()
    before = town.asked(at=MONDAY, topic=topic)

    amended(topic, case_days=30)

    after = town.asked(at=MONDAY, topic=Topic.objects.get(code="lamp"))
    assert Case.objects.get(pk=before.pk).due_at == before.due_at < after.due_at


def test_takes_cases_out_of_the_public_list_when_a_topic_becomes_sensitive():
    topic = opened()
    case = town.asked(at=MONDAY, topic=topic, public=True)
    other = town.asked(at=MONDAY, topic=town.topic(), public=True)

    amended(topic, sensitive=True)

    assert [Case.objects.get(pk=one.pk).public for one in (case, other)] == [False, True]


@pytest.mark.parametrize(
    ("code", "said", "named"),
    [
        ("lamp", {"name": "宗教活动场所"}, "宗教"),
        ("lamp", {"name": "少数民族事务"}, "民族"),
        ("lamp", {"group": "户籍"}, "户籍"),
        ("lamp", {"keywords": ["路灯", "native place"]}, "native place"),
        ("religion", {}, "religio"),
    ],
)
def test_names_no_trait_of_who_asks(code, said, named):
    with pytest.raises(Refused, match="trait_of_a_person") as refused:
        opened(code, **said)

    assert f"“{named}”" in str(refused.value.sentence)
    assert not Topic.objects.filter(code=code).exists()


def test_names_no_trait_later_either():
    topic = opened()

    with pytest.raises(Refused, match="trait_of_a_person"):
        amended(topic, keywords=["族别"])

    assert Topic.objects.get().keywords == []


@pytest.mark.parametrize(
    "name", ["民族宗教事务局的服务", "民族团结进步创建", "清真食品标识", "需要翻译"]
)
def test_names_matters_and_offices(name):
    assert opened(name=name).name == name


def test_closes_a_topic_but_never_the_last_resort():
    topic = opened()

    topics.close_topic(by=town.planner(), at=MONDAY, topic=topic)

    assert Topic.objects.get(code="lamp").closed_on == MONDAY.date()
    with pytest.raises(Refused, match="topic_closed"):
        amended(topic)
    with pytest.raises(Refused, match="topic_closed"):
        topics.close_topic(by=town.planner(), at=MONDAY, topic=topic)
    with pytest.raises(Refused, match="last_resort"):
        topics.close_topic(by=town.planner(), at=MONDAY, topic=town.other())


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "no_name"),
        ({"name": "长" * 61}, "topic_unclear"),
        ({"code": "not a code"}, "topic_unclear"),
        ({"kind": "rumour"}, "unknown_kind"),
        ({"step_days": 0}, "days_out_of_order"),
        ({"step_days": 6}, "days_out_of_order"),
        ({"case_days": 4}, "days_out_of_order"),
        ({"case_days": 251}, "days_out_of_order"),
        ({"kept_days": 1101}, "days_out_of_order"),
    ],
)
def test_refuses_a_topic_that_promises_nothing_sensible(changed, code):
    with pytest.raises(Refused, match=code):
        opened(**changed)

    assert Topic.objects.count() == 0


def test_gives_a_code_once_and_no_topic_to_a_closed_unit():
    opened()
    closed = town.unit("嘉峪关市旧房管局")
    closed.closed_on = MONDAY.date()
    closed.save()

    with pytest.raises(Refused, match="code_taken"):
        opened()
    with pytest.raises(Refused, match="unit_closed"):
        opened("road", unit=closed)
    with pytest.raises(Refused, match="unit_closed"):
        topics.name_official(by=town.planner(), at=MONDAY, unit=closed, office="局长", name="王某")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CLERK, Role.ADMINISTRATOR, Role.HOLDER])
def test_leaves_the_map_to_planners(role):
    by, topic = actor(role), opened()

    for deed in (
        lambda: topics.open_topic(by=by, at=MONDAY, code="road", draft=draft()),
        lambda: topics.amend_topic(by=by, at=MONDAY, topic=topic, draft=draft()),
        lambda: topics.close_topic(by=by, at=MONDAY, topic=topic),
        lambda: topics.name_official(by=by, at=MONDAY, unit=town.unit(), office="局长", name="王"),
    ):
        with pytest.raises(Refused, match="not_allowed"):
            deed()
    assert (Topic.objects.count(), Leader.objects.count()) == (1, 0)


def written(by=None, **changed):
    town.unit()
    given = {"name": "已修好", "language": "zh-hans", "words": "灯已修好。"} | changed
    return topics.write_template(by=by or town.officer(), at=MONDAY, **given)


def test_writes_a_template_anew_under_its_name():
    first = written()

    again = written(words="路灯已修好。")

    assert again.pk == first.pk
    assert ReplyTemplate.objects.get().words == "路灯已修好。"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "no_name"),
        ({"words": ""}, "no_words"),
        ({"words": "长" * 8001}, "words_too_long"),
    ],
)
def test_refuses_a_template_without_words(changed, code):
    with pytest.raises(Refused, match=code):
        written(**changed)

    assert ReplyTemplate.objects.count() == 0


def test_drops_the_templates_of_ones_own_unit():
    template = written()

    with pytest.raises(Refused, match="not_own_template"):
        topics.drop_template(by=town.officer(town.LEGAL), at=MONDAY, template=template)
    with pytest.raises(Refused, match="no_unit"):
        written(by=town.officer("无此单位"))
    topics.drop_template(by=town.officer(), at=MONDAY, template=template)

    assert ReplyTemplate.objects.count() == 0


def test_names_an_official_until_the_office_ends():
    given = {"unit": town.unit(), "office": "局长", "name": "王某"}
    leader = topics.name_official(by=town.supervisor(), at=MONDAY, **given)

    topics.end_office(by=town.planner(), at=MONDAY, leader=leader)

    assert Leader.objects.get().until_on == MONDAY.date()
    for changed, code in (
        ({"office": ""}, "no_office"),
        ({"name": ""}, "no_name"),
        ({"name": "长" * 61}, "words_too_long"),
    ):
        with pytest.raises(Refused, match=code):
            topics.name_official(by=town.planner(), at=MONDAY, **(given | changed))
    assert Leader.objects.count() == 1
