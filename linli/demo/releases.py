"""The demo's releases: invented courses in the counties of a city, held last year, and what came of them through the gate.

Opened, booked, held and recorded by the same actions as in earnest; then declared, frozen by one, released by another.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate, make_aware

from linli.atlas.actions import products, releases
from linli.atlas.actions.products import ProductDraft
from linli.atlas.models import Product
from linli.demo.people import officer, planner, supervisor
from linli.demo.units import LANZHOU, unit_name
from linli.directory.models import Area, Unit
from linli.kernel.actors import HOLDER
from linli.offers.actions import attending, offering
from linli.offers.actions.booking import Wanted, book
from linli.offers.actions.outcomes import Result, record_outcome
from linli.offers.models import Booking, Offer, Session

# County, then groups that came: of one county few people, of another nobody.
_GROUPS: Final = {
    "620102": (12, 15, 9, 14, 11, 13, 12, 8), "620103": (12, 10, 14, 9, 13), "620104": (11, 9, 12, 8),
    "620105": (14, 12, 10, 13, 11, 9), "620111": (2, 2), "620121": (12, 10, 9), "620123": (11, 13, 8),
}  # fmt: skip
_TITLE: Final = "就业技能培训班(示例)"
_CODE: Final = "training-by-county"


def let_pass(*, at: datetime) -> None:
    """Hold last year's courses, and release what came of them."""
    if Product.objects.filter(code=_CODE).exists():
        return
    first = date(localdate(at).year - 1, 1, 1)
    for number, (code, groups) in enumerate(_GROUPS.items()):
        _course(code, groups, first.replace(month=3 + number, day=12))
    _released(first, at)


@transaction.atomic
def _course(code: str, groups: tuple[int, ...], day: date) -> None:
    unit = Unit.objects.get(name=unit_name(LANZHOU, "人力资源和社会保障局"))
    by, opened = officer(unit.name), make_aware(datetime.combine(day, time(9))) - timedelta(days=30)
    draft = offering.OfferDraft(
        kind=Offer.COURSE, title=_TITLE, unit=unit, area=Area.objects.get(code=code),
        description="三天的就业技能培训，结业后登记就业情况。（示例）",
    )  # fmt: skip
    offer = offering.open_offer(by=by, at=opened, draft=draft)
    offering.publish(by=by, at=opened, offer=offer)
    begins = make_aware(datetime.combine(day, time(14)))
    session = offering.add_session(
        by=by, at=opened, offer=offer,
        draft=offering.SessionDraft(
            meetings=[(begins, begins + timedelta(hours=3))], capacity=sum(groups) + 10,
            booking_from=opened, booking_until=begins - timedelta(hours=2), most_together=20,
        ),
    )  # fmt: skip
    for number, size in enumerate(groups):
        moment = opened + timedelta(hours=1 + number)
        book(by=HOLDER, at=moment, session=session, wanted=Wanted(size=size, door="web"))
    _held(session)


def _held(session: Session) -> None:
    """Everybody came but one of each group of ten; nine in ten completed, two in three found work."""
    by = officer(session.offer.unit.name)
    codes = list(session.bookings.order_by("id").values_list("code", "size"))
    for meeting in session.meetings.select_related("session__offer__unit"):
        marks = [attending.Mark(f"demo-{code}", code, size - size // 10) for code, size in codes]
        attending.take_marks(by=by, at=meeting.starts_at, meeting=meeting, marks=marks)
    attending.close_list(by=by, at=session.ends_at, session=session)
    for booking in session.bookings.filter(state=Booking.ATTENDED).select_related("session__offer"):
        came = booking.size - booking.size // 10
        for kind, people in (("completed", came), ("employed", came * 2 // 3)):
            told = Result(kind=kind, people=people)
            record_outcome(by=by, at=session.ends_at, booking=booking, result=told)


def _released(first: date, at: datetime) -> None:
    """Declare a table by county and year; release last year's, and have this year's first months wait."""
    by = planner(LANZHOU)
    figures = ("offers.attended", "offers.completed", "offers.employed")
    yearly = ProductDraft(
        code=_CODE, name="各区县培训到场、结业与就业人数(示例)", name_hant="各區縣培訓到場、結業與就業人數(示例)",
        name_en="People trained by county (demo)", scope=LANZHOU.code, level="county", length="year",
        begins_on=first, wait_days=1, figures=figures,
    )  # fmt: skip
    product = products.declare(by=by, at=at, draft=yearly)
    for release in releases.propose(by=by, at=at, product=product):
        frozen = releases.freeze(by=by, at=at, release=release)
        releases.release(by=supervisor(LANZHOU), at=at, release=frozen)
    quarterly = ProductDraft(
        code="training-by-quarter", name="各区县培训结业人数(按季度，示例)", name_hant="各區縣培訓結業人數(按季度，示例)",
        name_en="People trained by county and quarter (demo)", scope=LANZHOU.code, level="county",
        length="quarter", begins_on=first, wait_days=1, figures=("offers.completed",),
    )  # fmt: skip
    waiting = products.declare(by=by, at=at, draft=quarterly)
    releases.freeze(
        by=by, at=at, release=releases.propose(by=by, at=at, product=waiting)[0]
    )  # fmt: skip
