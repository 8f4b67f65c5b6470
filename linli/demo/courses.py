"""The demo's training: two employers order it, seventy people train by a plan, and are taken on."""

from datetime import datetime

from django.db import transaction

from linli.demo.people import officer, planner
from linli.demo.units import JIAYUGUAN
from linli.directory import actions as directory
from linli.directory.models import Organization
from linli.offers.actions.lessons import Planned, plan_lessons, teach
from linli.offers.actions.outcomes import Result, record_outcome
from linli.offers.actions.training import Order, order_training
from linli.offers.models import Booking, Offer, Training

COURSES = ("拉面师技能培训班(第一期)", "拉面师技能培训班(第二期)")
_EMPLOYERS = ("雄关牛肉面餐饮公司(示例)", "长城路餐饮管理公司(示例)")
_PLAN = (
    Planned("认识面粉", "筋度、水温与季节。"),
    Planned("和面与醒面", "水、盐、面的比例。"),
    Planned("溜条"),
    Planned("拉面", "从毛细到大宽。"),
    Planned("调汤", "吊汤、调味、保温。"),
    Planned("后厨卫生", "健康证、留样、消毒。"),
    Planned("门店管理", "备料、排班、记账。"),
    Planned("结业考核"),
)


def train(*, at: datetime) -> None:
    """Plan and order the courses that have neither; who was trained works with whoever ordered."""
    for title in COURSES:
        offer = (
            Offer.objects.filter(title=title, area=JIAYUGUAN.code).select_related("unit").first()
        )
        if offer is not None and not offer.lessons.exists():
            _trained(offer, at)


@transaction.atomic
def _trained(offer: Offer, at: datetime) -> None:
    by = officer(offer.unit.name)
    plan_lessons(by=by, at=offer.at, offer=offer, plan=_PLAN)
    session = offer.sessions.select_related("offer__unit").get()
    meetings = session.meetings.count()
    about = {number: 1 + (number - 1) * len(_PLAN) // meetings for number in range(1, meetings + 1)}
    teach(by=by, at=offer.at, session=session, lessons=about)
    orders = [_ordered(offer, name, session.capacity // 2, at) for name in _EMPLOYERS]
    came = session.bookings.filter(state=Booking.ATTENDED).select_related("session__offer__unit")
    for number, booking in enumerate(came.order_by("pk")):
        result = Result(kind="employed", people=booking.size, training=orders[number % len(orders)])
        record_outcome(by=by, at=session.ends_at, booking=booking, result=result)


def _ordered(offer: Offer, name: str, places: int, at: datetime) -> Training:
    found = Organization.objects.filter(name=name).first()
    draft = directory.OrganizationDraft(name=name, area=JIAYUGUAN.code)
    employer = found or directory.add_organization(by=planner(JIAYUGUAN), at=at, draft=draft)
    order = Order(organization=employer, places=places, role="拉面师")
    return order_training(by=officer(offer.unit.name), at=offer.at, offer=offer, order=order)
