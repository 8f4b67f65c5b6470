"""Promises as JSON for everybody: what the public page shows, to read."""

from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router
from ninja.decorators import decorate_view

from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.open_answers import PAGE, host_of, open_answer
from linli.kernel.refusals import Refused
from linli.plans.queries import Filters, public_ledger, row_of
from linli.plans.queries.published import published_tasks
from linli.plans.schemas.answers import (
    Code,
    PageNumber,
    Problem,
    PromiseOut,
    PromisesOut,
    Typed,
    promise_out,
)
from linli.plans.schemas.rows import promises

router = Router(tags=["promises"])
_PROBLEMS: Any = {frozenset({404, 422, 429}): Problem}
Lamps = Literal["", "green", "blue", "amber", "red", "grey"]


@router.get("/promises", response={200: PromisesOut, **_PROBLEMS})
@decorate_view(open_answer)
def list_promises(
    request: HttpRequest,
    area: Typed = "",
    unit: Typed = "",
    words: Typed = "",
    lamp: Lamps = "",
    page: PageNumber = 1,
) -> PromisesOut:
    """Tell what was promised and how it stands; area: it and all inside it; unit: a full name."""
    filters = Filters(area=area.strip(), unit=unit.strip(), words=words.strip(), lamp=lamp)
    ledger = public_ledger(filters, now())
    total = len(ledger.shown)
    pages = max(1, -(-total // PAGE))
    rows = [*ledger.page(page, PAGE)] if page <= pages else []
    return PromisesOut(
        as_of=ledger.today,
        total=total,
        page=page,
        pages=pages,
        lamps={lamp.value: count for lamp, count in ledger.counts.items()},
        promises=[promise_out(one, host_of(request)) for one in promises(rows)],
    )


@router.get("/promises/{code}", response={200: PromiseOut, **_PROBLEMS})
@decorate_view(open_answer)
def tell_promise(request: HttpRequest, code: Code) -> PromiseOut:
    """Tell how one promise stands, by its code."""
    at = now()
    task = published_tasks(at).filter(code=read_code(code) or "").first()
    if task is None:
        raise Refused(
            "no_promise", _("Nothing that is public was promised under this code."), status=404
        )
    return promise_out(promises([row_of(task, at)])[0], host_of(request))
