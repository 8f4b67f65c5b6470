"""The desk's pages of services: list, guide, form with its rows, where it is offered, history."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from linli.directory import actions
from linli.directory.models import Change, Organization, Service, ServiceAtLocation
from linli.directory.queries.drafts import service_draft
from linli.kernel.actors import Role
from tests.town import services as town
from tests.town.staff import account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(noon):
    with time_machine.travel(noon + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def planner(client):
    client.force_login(account(Role.PLANNER))
    return client


@pytest.fixture
def officer(client):
    staff = account(Role.OFFICER)
    staff.unit = town.UNIT
    staff.save()
    client.force_login(staff)
    return client


def url(name, *args):
    return reverse(f"directory:{name}", args=args)


def page(client, name, *args, query=""):
    answer = client.get(f"/en{url(name, *args).removeprefix('/en')}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def form_of(client, name, *args):
    """Return what a browser would send of the form that the page shows."""
    answer = client.get(url(name, *args))
    forms = answer.context["forms"]
    sent = {}
    for form in (forms.guide, *(one for part in forms.parts for one in part.forms)):
        for field in form:
            value = field.value()
            if value not in (None, False, [], ""):
                sent[field.html_name] = value
    for part in forms.parts:
        for field in part.management_form:
            sent[field.html_name] = field.value()
    return sent


def test_lists_services_in_a_bounded_number_of_queries(
    planner, noon, django_assert_max_num_queries
):
    station = town.station(at=noon)
    for number in range(8):
        town.offer(town.service(f"服务{number}", at=noon), station, at=noon)

    with django_assert_max_num_queries(14):
        text = page(planner, "guide_list")

    assert text.count("<tr>") == 9
    assert "8 services" in text


def test_narrows_the_list_by_what_stands_in_the_address(planner, noon):
    jobs = town.full_service(at=noon)
    old = town.service("老服务", at=noon - timedelta(days=400))
    actions.end_service(by=town.planner(), at=noon, service=town.service("停办的", at=noon))

    def names(query):
        answer = planner.get(url("guide_list") + query)
        return {row[0].name for row in answer.context["rows"]}

    assert names("") == {jobs.name, old.name, "停办的"}
    assert names("?words=技能") == {jobs.name}
    assert names(f"?words={jobs.code.lower()}") == {jobs.name}
    assert names("?term=jobs") == {jobs.name}
    assert names("?fresh=stale") == {old.name}
    assert names("?status=defunct") == {"停办的"}
    assert names(f"?organization={jobs.organization.uuid}&area=620200") == {
        jobs.name, old.name, "停办的"
    }  # fmt: skip
    assert names("?words=nothing") == set()
    assert names("?organization=x&status=open") == {jobs.name, old.name, "停办的"}


def test_tells_when_there_is_nothing(planner):
    assert "No service is in the directory yet." in page(planner, "guide_list")
    assert "No service answers these filters." in page(planner, "guide_list", query="?words=x")


def test_shows_a_guide_with_its_history(planner, noon):
    service = town.full_service(at=noon)
    draft = replace(service_draft(service), promised_days=2)
    actions.amend_service(by=town.officer(), at=noon, service=service, draft=draft)

    text = page(planner, "guide", service.code)

    assert "培训合格证书" in text
    assert "age 16–59" in text
    assert "free of charge" in text
    assert re.search(r"Promised working days: .*5.*→.*2", text)
    assert "At no place yet" in text


def test_keeps_what_a_guide_says_when_the_form_is_sent_back_as_it_is(officer, noon):
    service = town.full_service(at=noon, instead=town.service("求职登记", at=noon).uuid)
    draft = service_draft(service)
    other = actions.amend_service(
        by=town.planner(),
        at=noon,
        service=service,
        draft=replace(
            draft,
            rules=(
                *draft.rules,
                {
                    "kind": "any",
                    "of": [
                        {"kind": "lives_in", "areas": ["620200"]},
                        {"kind": "situation", "of": "new_in_town"},
                        {"kind": "amount", "of": "months_here", "from": 6},
                    ],
                    "reason": "在本地的人",
                    "help": "",
                },
            ),
            costs=(actions.CostDraft(amount=1050, option="工本费"),),
        ),
    )
    before = Change.objects.count()

    answer = officer.post(
        url("guide_edit", service.code), form_of(officer, "guide_edit", service.code)
    )

    assert answer.status_code == 302
    assert Change.objects.count() == before
    assert service_draft(Service.objects.get(pk=service.pk)).said() == service_draft(other).said()


def test_edits_papers_rules_and_prices(officer, noon):
    service = town.full_service(at=noon)
    sent = form_of(officer, "guide_edit", service.code)
    sent |= {
        "name": "技能培训补贴",
        "papers-0-ORDER": "2",
        "papers-1-ORDER": "1",
        "papers-1-DELETE": "on",
        "papers-2-name": "银行卡",
        "papers-2-form": "copy",
        "papers-2-copies": "1",
        "costs-0-yuan": "12.30",
        "costs-0-option": "工本费",
        "rules-2-join": "or",
        "rules-2-what": "situation:in_training",
    }

    answer = officer.post(url("guide_edit", service.code), sent)

    assert answer.status_code == 302
    draft = service_draft(Service.objects.get(pk=service.pk))
    assert draft.name == "技能培训补贴"
    assert [paper.name for paper in draft.documents] == ["培训合格证书", "银行卡"]
    assert [(cost.amount, cost.option) for cost in draft.costs] == [(1230, "工本费")]
    assert draft.rules[1] == {
        "kind": "any",
        "of": [
            {"kind": "holds", "document": "培训合格证书"},
            {"kind": "situation", "of": "in_training"},
        ],
        "reason": "补贴按证书发放",
        "help": "先参加一期培训。",
    }
    assert service_draft(service).terms == ("theme/jobs",)


def test_gives_more_rows_without_keeping_anything(officer, noon):
    service = town.full_service(at=noon)
    sent = form_of(officer, "guide_edit", service.code) | {"more": "papers", "name": "新名称"}

    answer = officer.post(url("guide_edit", service.code), sent)

    assert answer.status_code == 200
    assert len(answer.context["forms"].papers.forms) == 3 + 3
    assert "新名称" in answer.content.decode()
    assert Service.objects.get(pk=service.pk).name == service.name


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, None),
        ({"rules-0-reason": ""}, "Say why it is asked"),
        ({"rules-0-low": "60", "rules-0-high": "16"}, "larger than the first"),
        ({"rules-1-text": ""}, "Say which."),
        ({"rules-0-what": "lives_in", "rules-0-text": "火星市"}, "No such place"),
        ({"rules-0-what": "amount:children", "rules-0-low": "", "rules-0-high": ""}, "one of both"),
        ({"rules-0-what": "religion"}, None),
        ({"rules-0-reason": "限回族"}, "A rule names a group of people"),
        ({"rules-1-text": "户籍证明"}, "trait of a person"),
        ({"areas": "火星市"}, "No such place"),
        ({"instead": "没有的服务"}, "No service has this code"),
        ({"promised_days": "30"}, "longer than the statutory"),
        ({"papers-0-copies": "0"}, None),
        ({"phones-0-number": "找老王"}, "no telephone number"),
    ],
)
def test_shows_the_form_again_with_what_is_wrong(officer, noon, changes, words):
    service = town.full_service(at=noon)
    sent = form_of(officer, "guide_edit", service.code) | changes

    answer = officer.post("/en" + url("guide_edit", service.code).removeprefix("/en"), sent)

    assert answer.status_code == 422
    text = answer.content.decode()
    assert 'role="alert"' in text
    assert words is None or words in text
    assert service_draft(Service.objects.get(pk=service.pk)) == service_draft(service)


def test_refuses_a_form_that_was_filled_before_somebody_else_changed_it(officer, noon):
    service = town.full_service(at=noon)
    sent = form_of(officer, "guide_edit", service.code) | {"name": "我的名称"}
    draft = replace(service_draft(service), visits=3)
    actions.amend_service(
        by=town.planner(), at=noon + timedelta(hours=1), service=service, draft=draft
    )

    answer = officer.post(url("guide_edit", service.code), sent)

    assert answer.status_code == 422
    assert (Service.objects.get().name, Service.objects.get().visits) == (service.name, 3)


def test_adds_a_service_for_the_own_unit_only(officer, noon):
    town.organization()
    other = town.organization("嘉峪关市教育服务中心", unit="嘉峪关市教育局")
    sent = form_of(officer, "guide_new")
    own = sent | {
        "name": "灵活就业登记",
        "organization": str(town.organization().uuid),
        "status": "active",
    }

    foreign = officer.post(url("guide_new"), own | {"organization": str(other.uuid)})
    answer = officer.post(url("guide_new"), own)

    assert foreign.status_code == 422
    made = Service.objects.get()
    assert (made.name, made.assured_by) == ("灵活就业登记", town.UNIT)
    assert answer.url == url("guide", made.code)


def test_offers_at_one_more_place_and_takes_it_out(officer, noon):
    service, station = town.service(at=noon), town.station(at=noon)
    given = {"location": station.code, "window": "3号窗口", "description": ""}

    assert officer.post(url("offer_add", service.code), given).status_code == 302
    offer = ServiceAtLocation.objects.get()
    assert (offer.location, offer.window) == (station, "3号窗口")
    assert officer.post(url("offer_add", service.code), given).status_code == 422
    assert "3号窗口" in page(officer, "guide", service.code)

    assert officer.post(url("offer_drop", service.code, offer.uuid)).status_code == 302
    assert not ServiceAtLocation.objects.exists()


def test_assures_and_ends_a_service(officer, noon):
    service = town.service(at=noon)

    officer.post(url("guide_assure", service.code))
    officer.post(url("guide_end", service.code))

    service.refresh_from_db()
    assert (service.assured_by, service.status) == (town.UNIT, "defunct")
    assert officer.post(url("guide_end", service.code)).status_code == 422


POSTS = ["guide_edit", "guide_assure", "guide_end", "offer_add"]


@pytest.mark.parametrize("name", POSTS)
def test_forbids_officers_of_another_unit(client, noon, name):
    service = town.service(at=noon)
    client.force_login(account(Role.OFFICER))

    assert client.post(url(name, service.code)).status_code == 403
    assert "guide_edit" not in page(client, "guide", service.code)
    assert Service.objects.get().status == "active"


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_lets_others_look_and_not_write(client, noon, role):
    service = town.service(at=noon)
    client.force_login(account(role))

    assert client.get(url("guide", service.code)).status_code == 200
    for name in POSTS:
        assert client.post(url(name, service.code)).status_code == 403
    assert client.get(url("guide_new")).status_code == 403


def test_sends_strangers_to_sign_in(client, noon):
    service = town.service(at=noon)
    for name, args in (
        ("guide_list", ()),
        ("guide", (service.code,)),
        ("guide_edit", (service.code,)),
    ):
        assert "login" in client.get(url(name, *args)).url


def test_answers_404_for_what_is_not_there(planner):
    assert planner.get(url("guide", "0000-0000")).status_code == 404
    assert planner.get(url("guide_edit", "0000-0000")).status_code == 404


def test_keeps_organizations(planner, noon):
    organization = town.organization()
    given = {"name": "嘉峪关市劳动协会", "area": "嘉峪关市", "unit": ""}

    assert planner.post(url("organization_new"), given).status_code == 302
    assert planner.post(url("organization_new"), given).status_code == 422
    edited = {"name": "嘉峪关市就业中心", "area": "620200", "unit": town.UNIT}
    assert planner.post(url("organization_edit", organization.uuid), edited).status_code == 302

    names = set(Organization.objects.values_list("name", flat=True))
    assert names == {"嘉峪关市劳动协会", "嘉峪关市就业中心"}
    assert "嘉峪关市就业中心" in page(planner, "organization_list", query="?words=就业")
    assert "No organization has these words" in page(planner, "organization_list", query="?words=x")


@pytest.mark.parametrize("name", ["organization_new", "package_bring"])
def test_leaves_organizations_and_packages_to_planners(officer, name):
    assert officer.get(url(name)).status_code == 403
