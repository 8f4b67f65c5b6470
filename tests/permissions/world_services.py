"""Services, places, accounts of the town of the matrix: of the own unit, of another's, over, and nobody's."""

from datetime import time

from django.core import signing

from linli.directory import actions
from linli.directory.actions.guarantees import GuaranteeDraft, promise_language
from linli.directory.models import TaxonomyTerm
from linli.directory.schemas import hsds_rows
from linli.directory.views.packages import SALT
from linli.kernel import accounts, api_keys
from linli.kernel.actors import Role
from linli.kernel.models import Staff
from tests.town import plans, services
from tests.town.staff import actor

KEEPER = actor(Role.ADMINISTRATOR, name="管账人", unit="嘉峪关市政府办公室")
NOBODYS = "00000000-0000-4000-8000-000000000000"


def build(has, *, at):
    parts = _services(has, at) | _accounts(has, at)
    parts["forged package"] = {"token": signing.dumps({"digest": "x"}, salt=f"not {SALT}")}
    parts["no service"] = {"code": "zzz"}
    parts["nobody's id"] = {"id": NOBODYS}
    return parts


def _services(has, at):
    house = services.organization(unit=plans.LEAD)
    others = services.organization("嘉峪关市教育服务中心", unit=plans.OTHER)
    has.organization, has.organization_of_others = house, others
    has.service = services.full_service(at=at, organization=house)
    has.service_of_others = services.service("入学登记", at=at, organization=others)
    has.ended = services.service("旧服务", at=at, organization=house)
    actions.end_service(by=services.planner(), at=at, service=has.ended)
    has.station = services.station(at=at, organization=house)
    has.second = services.station("新华社区服务站", at=at, organization=house)
    has.station_of_others = services.station("教育服务站", at=at, organization=others)
    has.gone = services.station("旧服务站", at=at, organization=house)
    actions.close_location(by=services.planner(), at=at, location=has.gone, on=at.date())
    has.offer = services.offer(has.service, has.station, at=at)
    has.offer_of_others = services.offer(has.service_of_others, has.station_of_others, at=at)
    term = TaxonomyTerm.objects.filter(code="jobs").first()
    guaranteed = GuaranteeDraft(
        area=has.area.code, language="ug", weekdays=(0,), opens_at=time(9), closes_at=time(17),
        begins_on=at.date(),
    )  # fmt: skip
    guarantee = promise_language(by=services.planner(), at=at, draft=guaranteed)
    return {
        "own service": {"code": has.service.code},
        "another's service": {"code": has.service_of_others.code},
        "ended service": {"code": has.ended.code},
        "own station": {"code": has.station.code},
        "another's station": {"code": has.station_of_others.code},
        "closed station": {"code": has.gone.code},
        "own offer": {"code": has.service.code, "uuid": has.offer.uuid},
        "another's offer": {"code": has.service_of_others.code, "uuid": has.offer_of_others.uuid},
        "organization": {"uuid": house.uuid},
        "term": {"uuid": term.uuid},
        "guarantee": {"uuid": guarantee.uuid},
        "service's id": {"id": has.service.uuid},
        "organization's id": {"id": house.uuid},
        "offer's id": {"id": has.offer.uuid},
        "taxonomy's id": {"id": hsds_rows.taxonomy_id(term.taxonomy)},
        "term's id": {"id": term.uuid},
    }


def _accounts(has, at):
    def opened(name):
        return Staff.objects.create(
            username=name, name="乙", role=Role.OFFICER, unit=plans.OTHER, password="long-enough-1"
        )

    has.account, has.new_account, has.closed_account = map(opened, ("helper", "newcomer", "leaver"))
    accounts.disable_account(by=KEEPER, at=at, staff=has.closed_account)
    has.key, _secret = api_keys.issue(by=KEEPER, at=at, staff=has.account, name="热线")
    token = accounts.start_link(by=KEEPER, at=at, staff=has.new_account)
    own = Staff.objects.get(username="administrator")
    return {
        "account": {"pk": has.account.pk},
        "closed account": {"pk": has.closed_account.pk},
        "administrator's account": {"pk": own.pk},
        "key": {"pk": has.account.pk, "key": has.key.pk},
        "another's key": {"pk": own.pk, "key": has.key.pk},
        "start": {"pk": has.new_account.pk, "token": token},
        "spent start": {"pk": has.account.pk, "token": token},
        "no passkey": {"pk": 987654321},
        "log position": {"position": 0},
    }
