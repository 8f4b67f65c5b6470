"""A collection for tests, and what came in."""

from linli.funds.actions import gifts
from tests.town import funds


def collection(*, at, of=None, title="一元钱", published=True, **given):
    fund = of or funds.fund(at=at, name="爱心捐款")
    draft = gifts.CollectionDraft(
        title=title, purpose="资助困难家庭学生。", begins_on=at.date().replace(day=1), **given
    )
    made = gifts.open_collection(by=funds.officer(), at=at, fund=fund, draft=draft)
    if published:
        made = gifts.publish_collection(by=funds.officer(), at=at, collection=made)
    return made


def taken(collection, gifts_, amount, *, at, door="box", day=None, by=None):
    total = gifts.Total(day=day or at.date(), door=door, gifts=gifts_, amount=amount)
    return gifts.take(by=by or funds.officer(), at=at, collection=collection, total=total)


def receipt(collection, amount, *, at, door="counter"):
    return gifts.acknowledge(
        by=funds.officer(), at=at, collection=collection, amount=amount, door=door
    )
