"""Is it for you? A judgement with its reasons, of answers that nobody keeps."""

import pytest
from django.db import connection

from linli.directory.actions import DocumentDraft
from linli.directory.schemas.for_you import ELSEWHERE
from tests.town import directory
from tests.town import guides as town

pytestmark = pytest.mark.django_db

RULES = (
    {
        "kind": "age",
        "from": 18,
        "until": 60,
        "reason": "年满18周岁、未满60周岁",
        "help": "满龄后再来",
    },
    {"kind": "lives_in", "areas": ["620200"], "reason": "住在本市"},
    {"kind": "holds", "document": "居住证", "reason": "持有居住证", "help": "先办居住证"},
    {"kind": "situation", "of": "looking_for_work", "reason": "正在找工作"},
)
YES = {"answer0": "30", "answer1": "620200", "answer2": "yes", "answer3": "yes"}


@pytest.fixture
def service(noon):
    directory.area("620200")
    instead = town.service("公益性岗位安置", at=noon)
    return town.service(
        "求职创业补贴",
        at=noon,
        rules=RULES,
        instead=instead.uuid,
        documents=(DocumentDraft(name="银行卡"), DocumentDraft(name="居住证")),
    )


def answer(client, service, **answers):
    return client.post(f"/en/services/{service.code}/for-you/", answers)


def test_asks_each_question_once(client, service):
    page = client.get(f"/en/services/{service.code}/for-you/")

    assert [field.label for field in page.context["form"]] == [
        "How old are you?",
        "Where do you live?",
        "Do you have this: 居住证?",
        "Are you looking for work?",
    ]


def test_says_yes_with_the_papers_to_bring(client, service):
    page = answer(client, service, **YES)

    assert page.status_code == 200
    assert page.context["judgement"].fits is True
    assert page.context["bring"] == ["居住证", "银行卡"]
    assert "Yes: you can have this" in page.content.decode()


def test_says_no_with_the_reason_the_help_and_the_nearest_alternative(client, service):
    page = answer(client, service, **YES | {"answer2": "no", "answer1": ELSEWHERE})
    text = page.content.decode()

    assert page.context["judgement"].fits is False
    assert [reason.reason for reason in page.context["judgement"].fails] == [
        "住在本市",
        "持有居住证",
    ]
    assert "先办居住证" in text
    assert "公益性岗位安置" in text
    assert page.context["instead"].name == "公益性岗位安置"


def test_says_what_it_would_need_to_know(client, service):
    page = answer(client, service, **YES | {"answer3": ""})

    assert page.context["judgement"].fits is None
    assert [str(one) for one in page.context["missing"]] == ["Are you looking for work?"]


@pytest.mark.parametrize("age", ["-1", "300", "thirty"])
def test_refuses_an_age_that_cannot_be(client, service, age):
    page = answer(client, service, **YES | {"answer0": age})

    assert page.status_code == 422
    assert page.context.get("judgement") is None


def test_keeps_no_answer_anywhere(client, service):
    with connection.cursor() as cursor:
        before = _rows(cursor)

        page = answer(client, service, **YES | {"answer0": "47"})

        assert _rows(cursor) == before
    assert page.headers["Cache-Control"] == "private, no-store"
    assert not page.cookies
    assert not page.headers.get("Location")


def test_asks_nothing_where_nothing_is_required(client, noon):
    service = town.service(at=noon)

    assert client.get(f"/services/{service.code}/for-you/").status_code == 404
    assert "for-you" not in client.get(f"/services/{service.code}/").content.decode()


def _rows(cursor):
    counted = {}
    for table in connection.introspection.table_names(cursor):
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        counted[table] = cursor.fetchone()[0]
    return counted
