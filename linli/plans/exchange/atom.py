"""Feeds (Atom, RFC 4287): what was done with a promise, one entry a deed, each with an id that stays."""

from collections.abc import Iterable
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.plans.exchange.followed import Followed, answer, of_measure, of_place, of_task
from linli.plans.queries.published import Deed, deeds
from linli.plans.schemas import telling

MOST = 100
_TYPE = "application/atom+xml; charset=utf-8"


class DeedFeed(Atom1Feed):
    """A feed that was changed when its newest deed was done, never "now"."""

    newest: datetime

    def latest_post_date(self) -> datetime:
        """Return when the feed last changed."""
        return self.newest


@require_safe
def task_feed(request: HttpRequest, code: str) -> HttpResponse:
    return _feed(request, of_task(code))


@require_safe
def measure_feed(request: HttpRequest, code: str) -> HttpResponse:
    return _feed(request, of_measure(code))


@require_safe
def place_feed(request: HttpRequest, area: str) -> HttpResponse:
    return _feed(request, of_place(area))


def _feed(request: HttpRequest, followed: Followed) -> HttpResponse:
    done = deeds(followed.tasks, MOST)
    host = f"{request.scheme}://{request.get_host()}"
    feed = DeedFeed(
        title=followed.title,
        link=f"{host}{followed.page}",
        description=None,
        language=get_language(),
        author_name=_("Linli"),
        feed_url=f"{host}{request.path}",
        feed_guid=_stays(followed.key),
    )
    feed.newest = done[0].at
    for one in done:
        _add(feed, one, host)
    return answer(request, feed.writeString("utf-8").encode(), _TYPE, feed.newest)


def _add(feed: DeedFeed, deed: Deed, host: str) -> None:
    kind = str(telling.DEEDS[deed.kind])
    feed.add_item(
        title=f"{kind}: {deed.task.title}",
        link=f"{host}{telling.promise_path(deed.task.code)}",
        description=" ".join(_said(deed)),
        unique_id=_stays(deed.key),
        pubdate=deed.at,
        updateddate=deed.at,
        author_name=deed.unit or _("Linli"),
        categories=(deed.kind,),
    )


def _said(deed: Deed) -> Iterable[str]:
    """Yield what is to be read without opening the page: what, why, and by which unit."""
    if words := telling.deed(deed):
        yield words
    if deed.reason:
        yield _("Reason: %(reason)s") % {"reason": deed.reason}
    if deed.unit:
        yield _("By: %(unit)s") % {"unit": deed.unit}


def _stays(key: str) -> str:
    """Return an id that stays the same for ever, whatever the host is called."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'urn:linli:{key}')}"
