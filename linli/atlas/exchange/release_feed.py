"""A feed (Atom, RFC 4287) of releases: one entry for each table that passed the release gate."""

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from linli.atlas.models import Release
from linli.facts.schemas import telling

MOST = 50
_TYPE = "application/atom+xml; charset=utf-8"
_NEVER = datetime(2020, 1, 1, tzinfo=UTC)


class ReleaseFeed(Atom1Feed):
    """A feed that says when it last changed."""

    newest = _NEVER

    def latest_post_date(self) -> datetime:
        """Return when the feed last changed."""
        return self.newest


def _newest() -> list[Release]:
    found = Release.objects.released().select_related("product__scope")
    return list(found.order_by("-decided_at", "-id")[:MOST])


def _latest(_request: HttpRequest) -> datetime:
    found = Release.objects.released().order_by("-decided_at").values_list("decided_at", flat=True)
    return found.first() or _NEVER


@require_safe
@condition(last_modified_func=_latest)
def release_feed(request: HttpRequest) -> HttpResponse:
    """Return the newest releases as a feed in the language of the address."""
    found = _newest()
    host = f"{request.scheme}://{request.get_host()}"
    feed = ReleaseFeed(
        title=_("Released figures"),
        link=host + reverse("atlas:open_data"),
        description=None,
        language=get_language(),
        author_name=_("Linli"),
        feed_url=host + request.path,
        feed_guid=_stays("releases"),
    )
    feed.newest = max((one.decided_at for one in found if one.decided_at), default=_NEVER)
    for one in found:
        _add(feed, one, host)
    answer = HttpResponse(feed.writeString("utf-8"), content_type=_TYPE)
    patch_cache_control(answer, public=True, max_age=60)
    return answer


def _add(feed: ReleaseFeed, one: Release, host: str) -> None:
    period = telling.period(one.period_from, one.period_until)
    feed.add_item(
        title=f"{one.product.shown_name} · {one.product.scope.name} · {period}",
        link=host + reverse("atlas:release", args=[one.code]),
        description=_("SHA-256 of the table: %(digest)s") % {"digest": one.digest},
        unique_id=_stays(f"release:{one.code}"),
        pubdate=one.decided_at,
        updateddate=one.decided_at,
        author_name=one.decided_unit or _("Linli"),
        categories=(one.product.code,),
    )


def _stays(key: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'urn:linli:{key}')}"
