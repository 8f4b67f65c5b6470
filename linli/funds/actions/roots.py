"""Sign each day's books when it is over: a root over what every fund has recorded until midnight."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import localdate, make_aware

from linli.funds.models import Fund, Head, Root
from linli.funds.queries.holding import hold_books
from linli.funds.queries.recorded import first_after, recorded_lines
from linli.funds.rules import chain
from linli.kernel import city_key
from linli.kernel.actors import Actor
from linli.kernel.notes import signed


def sign_days(*, by: Actor, at: datetime) -> int:
    """Sign every day that is over and on which something was recorded; return how many.

    Refuses: nothing; a clock does this.
    """
    count = 0
    while _sign_next(at):
        count += 1
    return count


@transaction.atomic
def _sign_next(at: datetime) -> bool:
    """Sign the first day that is not signed yet. Whoever is posting ends first, and whoever comes waits."""
    funds = list(Fund.objects.order_by("pk"))
    hold_books(*funds)
    last = Root.objects.order_by("-number").first()
    since = last.until if last else None
    first = first_after(funds, since)
    if first is None:
        return False
    day = localdate(first)
    until = make_aware(datetime.combine(day + timedelta(days=1), time()))
    if until > at:
        return False
    _sign(funds, last, day, until)
    return True


def _sign(funds: Sequence[Fund], last: Root | None, day: date, until: datetime) -> None:
    heads, leaves = list[Head](), list[bytes]()
    for fund in funds:
        before = fund.heads.order_by("-root__number").values_list("digest", flat=True).first()
        head = _head(fund, last, day, until, before or chain.NOTHING)
        if head.entries:
            heads.append(head)
        if head.entries or before:
            leaves.append(chain.leaf(fund.code, head.digest))
    signer, entries = city_key.signer(), sum(head.entries for head in heads)
    text = chain.root_text(
        chain.RootSaid(
            signer.key.name, last.number + 1 if last else 1, day, until,
            last.digest if last else chain.NOTHING, len(leaves), chain.tree(leaves).hex(), entries,
        )
    )  # fmt: skip
    root = Root.objects.create(
        number=last.number + 1 if last else 1, day=day, until=until, entries=entries,
        before=last.digest if last else chain.NOTHING, digest=chain.digest_of(text),
        note=str(signed(text, [signer])),
    )  # fmt: skip
    for head in heads:
        head.root = root
    Head.objects.bulk_create(heads)


def _head(fund: Fund, last: Root | None, day: date, until: datetime, before: str) -> Head:
    """Return a fund's head after a day, which is the one before if nothing was recorded."""
    head, lines = (
        Head(fund=fund, entries=0),
        recorded_lines(fund, since=last.until if last else None, until=until),
    )

    def counted() -> Iterator[str]:
        for line in lines:
            head.entries += 1
            yield line

    digest = chain.head_of(fund.code, day, before, counted())
    head.digest = digest if head.entries else before
    return head
