"""What is done with a recall on the console: decided, worked out again, ended; who was told, who answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.trace.actions import recall_answers, recalls
from linli.trace.views.recalls_console import recall_of
from linli.trace.views.ways import KEEPERS, told

_DECIDERS = (Role.PLANNER,)


@require_POST
@staff_only(*_DECIDERS)
def recall_decide(request: HttpRequest, code: str) -> HttpResponse:
    """Call a recall that somebody else proposed."""
    found, words = recall_of(request, code), request.POST.get("words", "")
    return told(
        request,
        lambda: recalls.decide(by=acting(request), at=now(), recall=found, words=words),
        _("It runs. Whom it reaches is known, and who could be told is told."),
        _page(code),
    )


@require_POST
@staff_only(*_DECIDERS)
def recall_drop(request: HttpRequest, code: str) -> HttpResponse:
    """Decide that a recall is not called."""
    found, words = recall_of(request, code), request.POST.get("words", "")
    return told(
        request,
        lambda: recalls.drop(by=acting(request), at=now(), recall=found, words=words),
        _("It is not called. The reason stands here."),
        _page(code),
    )


@require_POST
@staff_only(*KEEPERS)
def recall_again(request: HttpRequest, code: str) -> HttpResponse:
    """Work out once more whom a recall reaches."""
    found = recall_of(request, code)
    return told(
        request,
        lambda: recalls.walk_again(by=acting(request), at=now(), recall=found),
        _("Worked out once more. What is new stands below."),
        _page(code),
    )


@require_POST
@staff_only(*KEEPERS)
def recall_end(request: HttpRequest, code: str) -> HttpResponse:
    """End a recall with its balance."""
    found, words = recall_of(request, code), request.POST.get("words", "")
    return told(
        request,
        lambda: recalls.end(by=acting(request), at=now(), recall=found, words=words),
        _("It has ended. Its balance and its marks stay as they are."),
        _page(code),
    )


@require_POST
@staff_only(*KEEPERS, Role.CLERK)
def recall_tell(request: HttpRequest, code: str, pk: int, channel: str) -> HttpResponse:
    """Write down that a business was told by telephone or on paper."""
    row = get_object_or_404(recall_of(request, code).told, pk=pk)
    return told(
        request,
        lambda: recall_answers.tell(by=acting(request), at=now(), told=row, channel=channel),
        _("Written down."),
        _page(code),
    )


@require_POST
@staff_only(*KEEPERS, Role.CLERK)
def recall_heard(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Write down that somebody whom a recall concerns knows of it and acts on it."""
    row = get_object_or_404(recall_of(request, code).told, pk=pk)
    return told(
        request,
        lambda: recall_answers.acknowledge(by=acting(request), at=now(), told=row),
        _("Written down."),
        _page(code),
    )


def _page(code: str) -> str:
    return reverse("trace:console_recall", args=[code])
