"""The desk, the news for one member of staff, and how far both have been read. Nobody writes by looking."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel import markers
from linli.kernel.clock import now
from linli.kernel.desk_news import KINDS, choose, sentence
from linli.kernel.doors import acting, signed_in, staff_only
from linli.kernel.models import MailChoice, Marker, Message, Notification, Staff
from linli.kernel.outbox import channels
from linli.kernel.refusals import Refused
from linli.portal.desk import desk_entries
from linli.portal.work_cards import work_cards
from linli.portal.workbench.changes import changes
from linli.portal.workbench.days import days
from linli.portal.workbench.forms import MailForm
from linli.ui.look import address_in

ROWS = 50
_PAGES = {Marker.DESK: "portal:console", Marker.NEWS: "portal:news"}


@require_safe
@staff_only()
def console(request: HttpRequest) -> HttpResponse:
    """Show what waits, what is due, and what changed since this member of staff looked last."""
    staff, by, at = signed_in(request), acting(request), now()
    mark = markers.marker_of(staff, Marker.DESK)
    context = {
        "desk": desk_entries(by, at),
        "work": work_cards(by.role),
        "days": days(by, at),
        "changes": changes(by, mark.until if mark else None, at),
        "new": _unread(staff).count(),
        "mark": mark,
        "undo": markers.may_undo(mark, at),
        "place": Marker.DESK,
        "at": at.isoformat(),
    }
    return render(request, "portal/console.html", context)


@require_safe
@staff_only()
def news(request: HttpRequest) -> HttpResponse:
    """Show what the house tells this member of staff, newest first, by kind."""
    staff, at = signed_in(request), now()
    mark = markers.marker_of(staff, Marker.NEWS)
    kind = request.GET.get("kind", "")
    found = Notification.objects.filter(staff=staff)
    if kind in KINDS:
        found = found.filter(kind=kind)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    spoken = get_language() or ""
    context = {
        "page": page,
        "rows": [
            {
                "told": one,
                "words": sentence(one),
                "kind": KINDS.get(one.kind, one.kind),
                "address": address_in(one.address, spoken),
                "new": mark is None or one.at > mark.until,
            }
            for one in page.object_list
        ],
        "kinds": [("", _("All"), not kind), *((key, said, key == kind) for key, said in KINDS.items())],
        "new": _unread(staff).count(),
        "mark": mark,
        "undo": markers.may_undo(mark, at),
        "place": Marker.NEWS,
        "at": at.isoformat(),
        "trail": [(_("Desk"), reverse("portal:console")), (_("News for me"), "")],
    }  # fmt: skip
    return render(request, "portal/workbench/news.html", context)


@require_POST
@staff_only()
def mark(request: HttpRequest, place: str) -> HttpResponse:
    """Say that all of a page is seen, or take that back."""
    if place not in _PAGES:
        raise Http404
    staff, by, at = signed_in(request), acting(request), now()
    if request.POST.get("deed") == "undo":
        markers.unmark(by=by, at=at, staff=staff, place=place)
        messages.success(request, _("It is as it was before."))
    elif request.POST.get("deed") == "seen":
        until = _moment(request.POST.get("until", "")) or at
        markers.mark_seen(by=by, at=at, staff=staff, place=place, until=until)
        messages.success(request, _("All is marked as seen. You can undo this for ten minutes."))
    else:
        raise Refused("no_deed", _("Say what to do: mark as seen, or undo."))
    return redirect(_PAGES[place])


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only()
def news_mail(request: HttpRequest) -> HttpResponse:
    """Ask which news also come by mail."""
    staff = signed_in(request)
    kept = MailChoice.objects.filter(staff=staff).first()
    form = MailForm(request.POST if request.method == "POST" else None, kept=kept)
    if form.is_valid():
        choose(
            by=acting(request), at=now(), staff=staff,
            language=form.cleaned_data["language"], ways=form.ways,
        )  # fmt: skip
        messages.success(request, _("Kept."))
        return redirect("portal:news")
    context = {
        "form": form,
        "reached": bool(staff.email) and Message.EMAIL in channels(),
        "trail": [
            (_("Desk"), reverse("portal:console")),
            (_("News for me"), reverse("portal:news")),
            (_("By mail"), ""),
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "portal/workbench/news_mail.html", context, status=status)


def _unread(staff: Staff) -> QuerySet[Notification]:
    mark = markers.marker_of(staff, Marker.NEWS)
    told = Notification.objects.filter(staff=staff)
    return told.filter(at__gt=mark.until) if mark else told


def _moment(said: str) -> datetime | None:
    try:
        moment = parse_datetime(said)
    except ValueError:
        return None
    return None if moment is None or is_naive(moment) else moment
