"""What can be followed – a task, a measure, the promises of a place – and answers that need not be sent twice.

Nobody is asked for an address, and none is kept: whoever follows looks again, and is told when nothing changed.
"""

import hashlib
from datetime import datetime
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _

from linli.directory.models import Area
from linli.kernel.clock import now
from linli.plans.models import TaskQuerySet
from linli.plans.queries.published import inside, published_tasks
from linli.plans.schemas.telling import permanent, promise_path

KEPT_FOR = 900  # seconds for which a reader need not ask again


class Followed(NamedTuple):
    """Something to follow: its name, its page, its promised tasks, what it is called in files and ids."""

    title: str
    page: str
    tasks: TaskQuerySet
    key: str


def of_task(code: str) -> Followed:
    """Return one promised task, or 404."""
    tasks = published_tasks(now()).filter(code=code)
    task = get_object_or_404(tasks)
    return Followed(task.title, promise_path(code), tasks, f"task/{code}")


def of_measure(code: str) -> Followed:
    """Return the promised tasks of one measure, or 404."""
    tasks = published_tasks(now()).filter(measure__code=code)
    task = tasks.first()
    if task is None:
        raise Http404
    place = task.measure.programme.area_id
    return Followed(
        task.measure.title, permanent("plans:public_place", place), tasks, f"measure/{code}"
    )


def of_place(area: str) -> Followed:
    """Return the promised tasks of a place and all inside it, or 404."""
    place = get_object_or_404(Area, code=area)
    tasks = inside(published_tasks(now()), area)
    if not tasks.exists():
        raise Http404
    title = _("Promises of %(place)s") % {"place": place.name}
    return Followed(title, permanent("plans:public_place", area), tasks, f"place/{area}")


def answer(request: HttpRequest, body: bytes, media_type: str, changed: datetime) -> HttpResponse:
    """Return the body, or 304 to who has it already."""
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response = HttpResponse(body, content_type=media_type)
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(changed.timestamp())
    patch_cache_control(response, public=True, max_age=KEPT_FOR)
    told = get_conditional_response(request, etag, int(changed.timestamp()), response)
    return told if told is not None else response
