"""What the demo's first town says of who keeps its promises: courses that train, money that goes to Maqu."""

from datetime import datetime

from linli.demo.courses import COURSES
from linli.demo.people import planner
from linli.demo.units import JIAYUGUAN
from linli.flows.commitment_to_offer import deliver_by
from linli.flows.money_to_outcome import pay_from
from linli.funds.models import Account
from linli.funds.rules.flows import PAID
from linli.offers.models import Offer
from linli.plans.models import Task
from linli.plans.queries.ways import ways_of

_TRAINING, _MAQU = "培训", "玛曲"


def say_who_delivers(*, at: datetime) -> None:
    """Link a promise of training with the courses, and a promise to Maqu with what was paid; once."""
    by = planner(JIAYUGUAN)
    training, maqu = (_promise(words) for words in (_TRAINING, _MAQU))
    if training and not ways_of(training.code):
        for offer in Offer.objects.published().filter(title__in=COURSES, area=JIAYUGUAN.code):
            deliver_by(by=by, at=at, task=training, offer=offer)
    if maqu and not ways_of(maqu.code):
        paid = Account.objects.filter(kind=PAID, fund__name__contains=_MAQU)
        for account in paid.filter(fund__published_at__isnull=False).select_related("fund"):
            pay_from(by=by, at=at, task=maqu, account=account)


def _promise(words: str) -> Task | None:
    promised = Task.objects.published().exclude(state=Task.DROPPED)
    here = promised.filter(measure__programme__area=JIAYUGUAN.code, title__contains=words)
    return here.order_by("-pk").first()
