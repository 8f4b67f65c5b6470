"""A feed (Atom, RFC 4287) of recalls: one entry each, with an id that stays, newly dated when it ends."""

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from linli.trace.models import Recall
from linli.trace.queries.recalls import public_recalls

MOST = 50
_TYPE = "application/atom+xml; charset=utf-8"
_NEVER = datetime(2020, 1, 1, tzinfo=UTC)


class RecallFeed(Atom1Feed):
    """A feed that was changed when its newest recall was, never "now"."""

    newest = _NEVER

    def latest_post_date(self) -> datetime:
        """Return when the feed last changed."""
        return self.newest


def _changed(recall: Recall) -> datetime:
    return recall.ended_at or recall.decided_at or recall.at


def _latest(_request: HttpRequest) -> datetime:
    return max(map(_changed, public_recalls()[:MOST]), default=_NEVER)


@require_safe
@condition(last_modified_func=_latest)
def recall_feed(request: HttpRequest) -> HttpResponse:
    """Return the newest recalls as a feed in the language of the address."""
    found = list(public_recalls()[:MOST])
    host = f"{request.scheme}://{request.get_host()}"
    feed = RecallFeed(
        title=_("Recalls of food"),
        link=host + reverse("trace:recalls"),
        description=None,
        language=get_language(),
        author_name=_("Linli"),
        feed_url=host + request.path,
        feed_guid=_stays("recalls"),
    )
    feed.newest = max(map(_changed, found), default=_NEVER)
    for one in found:
        _add(feed, one, host)
    answer = HttpResponse(feed.writeString("utf-8"), content_type=_TYPE)
    patch_cache_control(answer, public=True, max_age=60)
    return answer


def _add(feed: RecallFeed, recall: Recall, host: str) -> None:
    lot = recall.lot
    said = [str(recall.get_advice_display()), str(recall.get_grounds_display()), recall.words]
    feed.add_item(
        title=f"{lot.product.name} {lot.number} · {lot.product.operator.name}",
        link=host + reverse("trace:recall", args=[recall.code]),
        description=" ".join(filter(None, said)),
        unique_id=_stays(f"recall:{recall.code}"),
        pubdate=recall.decided_at,
        updateddate=_changed(recall),
        author_name=recall.by_unit or lot.product.operator.name,
        categories=(recall.grounds,),
    )


def _stays(key: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'urn:linli:{key}')}"
