"""Organizations and services: written, amended, assured, ended, each with its history."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from linli.directory import actions, queries
from linli.directory.actions import guides
from linli.directory.models import (
    Change,
    CostOption,
    Entry,
    Organization,
    Phone,
    RequiredDocument,
    Service,
    Stage,
    TaxonomyTerm,
)
from linli.directory.queries.drafts import service_draft
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import directory
from tests.town import services as town
from tests.town.races import at_once
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
TABLES = (
    Organization, Service, RequiredDocument, Stage, CostOption, Phone, TaxonomyTerm, Change, Entry,
)  # fmt: skip
OTHERS = "嘉峪关市教育局"


def refused(code, deed, **given):
    before = [list(table.objects.order_by("pk").values()) for table in TABLES]
    with pytest.raises(Refused) as refusal:
        deed(**given)
    assert refusal.value.code == code
    assert [list(table.objects.order_by("pk").values()) for table in TABLES] == before
    return refusal.value


def amended(service, *, by=None, at=town.NOON, seen=None, **changes):
    draft = replace(service_draft(service), **changes)
    by = by or town.planner()
    return actions.amend_service(by=by, at=at, service=service, draft=draft, seen=seen)


def history(thing):
    return [(one.verb, one.was, one.becomes) for one in reversed(queries.changes_of(thing.uuid))]


def test_adds_a_service_with_its_whole_guide(noon):
    made = town.full_service(at=noon)

    service = Service.objects.get(code=made.code)
    assert service_draft(service).said() == {
        "organization": str(town.organization().uuid),
        "name": "职业技能培训补贴",
        "other_names": ["技能补贴"],
        "description": "参加目录内培训并取得证书的，可以申请补贴。",
        "status": "active",
        "terms": ["theme/jobs"],
        "areas": ["620200"],
        "rules": [
            {"kind": "age", "from": 16, "until": 60, "reason": "在劳动年龄内", "help": ""},
            {
                "kind": "holds",
                "document": "培训合格证书",
                "reason": "补贴按证书发放",
                "help": "先参加一期培训。",
            },
        ],
        "eligibility": "",
        "instead": None,
        "promised_days": 5,
        "statutory_days": 20,
        "visits": 1,
        "basis": "《职业技能培训补贴办法》",
        "alert": "",
        "documents": [
            {"name": "培训合格证书", "form": "original and copy", "copies": 1, "without": ""},
            {"name": "申请表", "form": "original", "copies": 2, "without": "窗口可以代填。"},
        ],
        "stages": [
            {"name": "受理", "words": "窗口当场核对材料。", "days": 1},
            {"name": "发放", "words": "", "days": 4},
        ],
        "costs": [],
        "phones": [{"number": "0937-6220000", "extension": "", "description": ""}],
    }
    assert (service.assured_on, service.assured_by) == (date(2026, 11, 21), town.planner().unit)
    assert history(service) == [("added", {}, service_draft(service).said())]
    assert Entry.objects.filter(service=service).count() <= 1


def test_keeps_of_a_change_what_was_and_what_became(noon):
    service = town.full_service(at=noon)

    amended(service, at=noon + timedelta(days=1), promised_days=3, alert="十二月一日起网上可办。")

    service.refresh_from_db()
    assert history(service)[1:] == [
        (
            "amended",
            {"promised_days": 5, "alert": ""},
            {"promised_days": 3, "alert": "十二月一日起网上可办。"},
        )
    ]
    assert service.last_modified == noon + timedelta(days=1)
    assert service.assured_on == date(2026, 11, 21)


def test_writes_nothing_for_a_draft_that_says_the_same(noon):
    service = town.full_service(at=noon)

    amended(service, at=noon + timedelta(days=1))

    service.refresh_from_db()
    assert len(history(service)) == 1
    assert service.last_modified == noon


def test_keeps_parts_the_same_rows_when_they_are_moved_amended_and_added(noon):
    service = town.full_service(at=noon)
    first, second = service.documents.all()
    papers = (
        actions.DocumentDraft(
            name="申请表", copies=1, without="窗口可以代填。", uuid=str(second.uuid)
        ),
        actions.DocumentDraft(name="培训合格证书", form="original and copy"),
        actions.DocumentDraft(name="银行卡", form="copy"),
    )

    amended(service, documents=papers)

    rows = list(service.documents.all())
    assert [(row.name, row.copies, row.position) for row in rows] == [
        ("申请表", 1, 1),
        ("培训合格证书", 1, 2),
        ("银行卡", 1, 3),
    ]
    assert [row.uuid for row in rows[:2]] == [second.uuid, first.uuid]


def test_removes_parts_that_a_draft_leaves_out(noon):
    service = town.full_service(at=noon)

    amended(service, documents=(), stages=(), phones=(), terms=(), areas=())

    assert (
        service_draft(Service.objects.get()).said()
        | {name: [] for name in ("documents", "stages", "phones", "terms", "areas")}
        == service_draft(Service.objects.get()).said()
    )
    assert RequiredDocument.objects.count() + Stage.objects.count() + Phone.objects.count() == 0


def test_assures_a_guide_without_changing_it(noon):
    service = town.full_service(at=noon)
    later = noon + timedelta(days=200)

    actions.assure_service(by=town.officer(), at=later, service=service)

    service.refresh_from_db()
    assert (service.assured_on, service.assured_by) == (date(2027, 6, 9), town.UNIT)
    assert [verb for verb, _, _ in history(service)] == ["added", "assured"]
    assert queries.service_guide(service.code, date(2027, 6, 9)).fresh.state == "fresh"


def test_ends_a_service_once(noon):
    service = town.service(at=noon)

    actions.end_service(by=town.planner(), at=noon, service=service)

    service.refresh_from_db()
    assert service.status == "defunct"
    assert list(queries.open_services()) == []
    refused("already_closed", actions.end_service, by=town.planner(), at=noon, service=service)


@pytest.mark.parametrize("who", [town.officer, town.clerk])
def test_lets_a_unit_keep_what_it_offers_itself(noon, who):
    service = town.service(at=noon, by=who())

    amended(service, by=who(), name="失业登记与证明")
    actions.assure_service(by=who(), at=noon, service=service)
    actions.end_service(by=who(), at=noon, service=service)

    assert [verb for verb, _, _ in history(service)] == ["added", "amended", "assured", "ended"]


@pytest.mark.parametrize(
    "by",
    [
        town.officer(OTHERS),
        town.clerk(OTHERS),
        town.officer(""),
        actor(Role.SUPERVISOR, unit=town.UNIT),
        actor(Role.ADMINISTRATOR, unit=town.UNIT),
    ],
)
def test_refuses_whoever_does_not_keep_it(noon, by):
    service = town.service(at=noon)
    draft = service_draft(service)
    for deed in (actions.assure_service, actions.end_service):
        refused("not_allowed", deed, by=by, at=noon, service=service)
    changed = replace(draft, name="别的名称")
    refused("not_allowed", actions.amend_service, by=by, at=noon, service=service, draft=changed)
    said = refused("not_allowed", actions.add_service, by=by, at=noon, draft=changed)
    assert said.status == 403


def test_refuses_to_hand_a_service_to_an_organization_of_another_unit(noon):
    service = town.service(at=noon)
    other = town.organization("嘉峪关市教育服务中心", unit=OTHERS)

    refused(
        "not_allowed",
        actions.amend_service,
        by=town.officer(),
        at=noon,
        service=service,
        draft=replace(service_draft(service), organization=other.uuid),
    )
    assert amended(service, organization=other.uuid).organization == other


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("no_name", {"name": "  "}),
        ("too_long", {"name": "长" * 121}),
        ("unknown_status", {"status": "open"}),
        ("promises_more_than_the_law", {"promised_days": 21}),
        ("number_out_of_range", {"visits": 40_000}),
        ("number_out_of_range", {"costs": (actions.CostDraft(amount=-1),)}),
        ("number_out_of_range", {"stages": (actions.StageDraft(name="受理", days=-1),)}),
        ("no_name", {"stages": (actions.StageDraft(name=""),)}),
        ("unknown_form", {"documents": (actions.DocumentDraft(name="申请表", form="fax"),)}),
        ("too_many_parts", {"documents": (actions.DocumentDraft(name="申请表"),) * 101}),
        ("not_a_number", {"phones": (actions.PhoneDraft(number="找老王"),)}),
        ("unknown_area", {"areas": ("620200", "999999")}),
        ("unknown_term", {"terms": ("theme/nothing",)}),
        ("not_a_rule", {"rules": ({"kind": "race", "reason": "x"},)}),
        ("group_of_people", {"rules": ({"kind": "age", "from": 1, "reason": "限回族"},)}),
        ("trait_of_a_person", {"rules": ({"kind": "holds", "document": "户籍证明", "reason": "x"},)}),
        ("trait_of_a_person", {"rules": ({"kind": "age", "from": 1, "reason": "ethnic group"},)}),
    ],
)  # fmt: skip
def test_refuses_a_draft_with_a_fault(noon, code, changes):
    service = town.full_service(at=noon)
    draft = replace(service_draft(service), **changes)

    refused(code, actions.amend_service, by=town.planner(), at=noon, service=service, draft=draft)
    refused(code, actions.add_service, by=town.planner(), at=noon, draft=draft)


def test_refuses_an_alternative_that_is_not_there_or_itself(noon):
    service, other = town.service(at=noon), town.service("灵活就业登记", at=noon)

    amended(service, instead=other.uuid)

    assert Service.objects.get(pk=service.pk).instead == other
    for code, uuid in (
        ("instead_of_itself", service.uuid),
        ("unknown_service", town.organization().uuid),
    ):
        draft = replace(service_draft(other), instead=uuid)
        if code == "instead_of_itself":
            draft = replace(service_draft(service), instead=uuid)
        which = service if code == "instead_of_itself" else other
        refused(code, actions.amend_service, by=town.planner(), at=noon, service=which, draft=draft)


def test_refuses_an_organization_that_is_not_there(noon):
    service = town.service(at=noon)
    draft = replace(service_draft(service), organization=service.uuid)

    refused("unknown_organization", actions.add_service, by=town.planner(), at=noon, draft=draft)


def test_refuses_an_id_that_another_part_bears(noon):
    paper = str(town.full_service(at=noon).documents.first().uuid)
    draft = town.service_draft(documents=(actions.DocumentDraft(name="申请表", uuid=paper),))

    refused("id_stands_twice", actions.add_service, by=town.planner(), at=noon, draft=draft)


def test_refuses_what_somebody_else_has_changed_meanwhile(noon):
    service = town.service(at=noon)
    amended(service, at=noon + timedelta(hours=1), seen=noon, visits=1)
    draft = replace(service_draft(service), visits=2)

    refused(
        "changed_meanwhile", actions.amend_service, by=town.planner(), at=noon, service=service,
        draft=draft, seen=noon,
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_tells_each_change_from_the_one_before_when_several_amend_at_once(noon):
    service = town.service(at=noon, visits=0)

    failures = at_once(4, lambda number: amended(service, visits=number + 1))

    assert failures == []
    assert in_a_chain(service)


@pytest.mark.django_db(transaction=True)
def test_would_see_changes_that_were_told_from_what_somebody_had_read_before(noon, monkeypatch):
    service = town.service(at=noon, visits=0)
    before = service_draft(service)
    monkeypatch.setattr(guides, "service_draft", lambda _: before)

    at_once(4, lambda number: amended(service, visits=number + 1))

    assert not in_a_chain(service)


def in_a_chain(service):
    told = [(was["visits"], becomes["visits"]) for _, was, becomes in history(service)[1:]]
    return len(told) == 4 and [was for was, _ in told] == [0, *[now for _, now in told[:-1]]]


def test_writes_organizations_and_refuses_a_name_or_unit_taken(noon):
    made = town.organization(description="为求职者和用人单位服务。")
    other = directory.unit(OTHERS)
    draft = actions.OrganizationDraft(name="嘉峪关市教育服务中心", area="620200", unit=other.name)

    amended = actions.amend_organization(by=town.planner(), at=noon, organization=made, draft=draft)

    assert (amended.name, amended.unit) == ("嘉峪关市教育服务中心", other)
    assert history(made)[1][1:] == (
        {"name": "嘉峪关市就业服务中心", "unit": town.UNIT, "description": "为求职者和用人单位服务。"},
        {"name": "嘉峪关市教育服务中心", "unit": OTHERS, "description": ""},
    )  # fmt: skip
    for code, changes in (
        ("name_taken", {"unit": ""}),
        ("unit_taken", {"name": "另一个中心"}),
        ("unknown_unit", {"name": "另一个中心", "unit": "不存在的局"}),
        ("unknown_area", {"name": "另一个中心", "unit": "", "area": "000000"}),
        ("no_name", {"name": ""}),
    ):
        given = {"by": town.planner(), "at": noon, "draft": replace(draft, **changes)}
        refused(code, actions.add_organization, **given)
    refused("not_allowed", actions.add_organization, by=town.officer(), at=noon, draft=draft)
    refused(
        "not_allowed", actions.amend_organization, by=town.officer(), at=noon, organization=made,
        draft=draft,
    )  # fmt: skip


def test_closes_an_organization_that_offers_nothing_any_more(noon):
    service = town.service(at=noon)
    given = {"organization": service.organization, "at": noon, "on": noon.date()}

    refused("still_offers", actions.close_organization, by=town.planner(), **given)
    actions.end_service(by=town.planner(), at=noon, service=service)
    refused("not_allowed", actions.close_organization, by=town.officer(), **given)
    actions.close_organization(by=town.planner(), **given)

    assert Organization.objects.get().closed_on == noon.date()
    refused("already_closed", actions.close_organization, by=town.planner(), **given)


def test_writes_a_term_once_and_amends_it(noon):
    wide = actions.TermDraft("theme", "work", "劳动就业")
    actions.write_term(by=town.planner(), at=noon, draft=wide)
    narrow = actions.TermDraft("theme", "jobs", "就业", above="work")
    for name in ("就业", "就业", "找工作"):
        term = actions.write_term(by=town.planner(), at=noon, draft=replace(narrow, name=name))

    assert (term.name, term.parent.code) == ("找工作", "work")
    assert [verb for verb, _, _ in history(term)] == ["added", "amended"]
    lost = replace(narrow, above="nothing")
    refused("unknown_term", actions.write_term, by=town.planner(), at=noon, draft=lost)
    refused("not_allowed", actions.write_term, by=town.officer(), at=noon, draft=narrow)


def test_reads_a_guide_in_a_bounded_number_of_queries(noon, django_assert_max_num_queries):
    service = town.full_service(at=noon)
    for number in range(4):
        station = town.station(f"第{number}服务站", at=noon)
        town.offer(service, station, at=noon, window="2号窗口")

    with django_assert_max_num_queries(13):
        guide = queries.service_guide(service.code, noon.date())
        said = [
            (offer.location.area.name, len(offer.location.schedules.all()))
            for offer in guide.offers
        ]

    assert said == [("嘉峪关市", 1)] * 4
    assert queries.service_guide("0000-0000", noon.date()) is None


def test_finds_the_services_of_a_place_and_those_for_everywhere(noon):
    directory.area("620000", name="甘肃省", level="province")
    directory.area("510106", name="金牛区", level="county")
    for name, areas in (
        ("处处", ()),
        ("本市", ("620200",)),
        ("全省", ("620000",)),
        ("外地", ("510106",)),
    ):
        town.service(name, at=noon, areas=areas)

    assert {service.name for service in queries.open_services("620200")} == {"处处", "本市", "全省"}
