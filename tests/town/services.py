"""Services and places for tests: an organization of Jiayuguan, what it offers and where."""

from datetime import UTC, date, datetime, time

from linli.directory import actions
from linli.directory.models import Organization, TaxonomyTerm
from linli.directory.rules.hours import weekly
from linli.directory.rules.languages import WORKING_WEEK
from linli.kernel.actors import Role
from tests.town import directory
from tests.town.staff import actor

UNIT = "嘉峪关市人力资源和社会保障局"
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)  # as the fixture `noon`
MORNING, EVENING = time(9), time(17, 30)


def planner():
    return actor(Role.PLANNER, name="规划员", unit="嘉峪关市民族宗教事务局")


def officer(unit=UNIT):
    return actor(Role.OFFICER, name="经办人", unit=unit)


def clerk(unit=UNIT):
    return actor(Role.CLERK, name="窗口人员", unit=unit)


def organization(name="嘉峪关市就业服务中心", *, unit=UNIT, at=NOON, **overrides):
    """The organization of that name; with unit="" it is none of the house."""
    if found := Organization.objects.filter(name=name).first():
        return found
    if unit:
        directory.unit(unit)
    given = {"area": directory.area().code, "unit": unit} | overrides
    draft = actions.OrganizationDraft(name=name, **given)
    return actions.add_organization(by=planner(), at=at, draft=draft)


def term(code="jobs", name="就业", *, taxonomy="theme", at=NOON):
    found = TaxonomyTerm.objects.filter(taxonomy=taxonomy, code=code).first()
    draft = actions.TermDraft(taxonomy, code, name)
    return found or actions.write_term(by=planner(), at=at, draft=draft)


def schedule(days=WORKING_WEEK, opens_at=MORNING, closes_at=EVENING, **overrides):
    """Draft of opening hours; days as weekdays, 0 is Monday, or as a rule of RFC 5545."""
    rrule = days if isinstance(days, str) else weekly(days)
    given = {"starts_on": date(2024, 1, 1)} | overrides
    return actions.ScheduleDraft(rrule=rrule, opens_at=opens_at, closes_at=closes_at, **given)


def speaks(language="ug", days=WORKING_WEEK, mode="in_person"):
    """Drafts of one language on some weekdays."""
    return tuple(actions.LanguageDraft(language=language, weekday=day, mode=mode) for day in days)


def service_draft(name="失业登记", *, organization=None, **overrides):
    organization = organization or globals()["organization"]()
    return actions.ServiceDraft(organization=organization.uuid, name=name, **overrides)


def service(name="失业登记", *, at=NOON, by=None, **overrides):
    draft = service_draft(name, **overrides)
    return actions.add_service(by=by or planner(), at=at, draft=draft)


def full_service(name="职业技能培训补贴", *, at=NOON, **overrides):
    """A service with everything that a guide can tell."""
    term()
    given = {
        "other_names": ("技能补贴",),
        "description": "参加目录内培训并取得证书的，可以申请补贴。",
        "terms": ("theme/jobs",),
        "areas": ("620200",),
        "rules": (
            {"kind": "age", "from": 16, "until": 60, "reason": "在劳动年龄内", "help": ""},
            {
                "kind": "holds",
                "document": "培训合格证书",
                "reason": "补贴按证书发放",
                "help": "先参加一期培训。",
            },
        ),
        "promised_days": 5,
        "statutory_days": 20,
        "visits": 1,
        "basis": "《职业技能培训补贴办法》",
        "documents": (
            actions.DocumentDraft(name="培训合格证书", form="original and copy"),
            actions.DocumentDraft(name="申请表", copies=2, without="窗口可以代填。"),
        ),
        "stages": (
            actions.StageDraft(name="受理", words="窗口当场核对材料。", days=1),
            actions.StageDraft(name="发放", days=4),
        ),
        "costs": (),
        "phones": (actions.PhoneDraft(number="0937-6220000"),),
    }
    return service(name, at=at, **given | overrides)


def station_draft(name="祁连社区邻里服务站", *, organization=None, **overrides):
    organization = organization or globals()["organization"]()
    given = {
        "area": directory.area().code,
        "address": "祁连街1号",
        "schedules": (schedule(),),
        "languages": speaks("zh-Hans"),
    }
    return actions.LocationDraft(organization=organization.uuid, name=name, **given | overrides)


def station(name="祁连社区邻里服务站", *, at=NOON, by=None, **overrides):
    draft = station_draft(name, **overrides)
    return actions.open_location(by=by or planner(), at=at, draft=draft)


def offer(service, location, *, at=NOON, by=None, **overrides):
    draft = actions.OfferDraft(service=service.uuid, location=location.uuid, **overrides)
    return actions.offer_service(by=by or planner(), at=at, draft=draft)
