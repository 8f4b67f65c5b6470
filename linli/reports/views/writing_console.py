"""Reports on the console: begun, written, looked through, published by somebody else, taken back."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.reports.actions import publishing, writing
from linli.reports.forms.writing import DraftsFilter, NewReportForm, WriteForm
from linli.reports.models import Written
from linli.reports.queries import written as queries
from linli.reports.queries.papers import draft_of
from linli.reports.rules.writing.linting import publishable
from linli.reports.rules.writing.reading import read_text
from linli.reports.views.setting import LANGS, set_paper
from linli.reports.views.writing_words import told
from linli.ui.private import private

WRITERS: Final = (Role.PLANNER, Role.OFFICER)
READERS: Final = (*WRITERS, Role.SUPERVISOR)
DO: Final = ["GET", "HEAD", "POST"]
PER_PAGE: Final = 25
# What is refused, at which field it is said.
_AT: Final = {"no_title": "title", "unknown_period": "period", "template_has_errors": "template"}


@private
@require_safe
@staff_only(*READERS)
def writing_list(request: HttpRequest) -> HttpResponse:
    """List the reports that one works with."""
    by = acting(request)
    form = DraftsFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    waiting = chosen.get("state") == "waiting"
    found = queries.waiting_reports(by) if waiting else queries.visible_reports(by)
    if chosen.get("kind"):
        found = found.filter(version__template__kind=chosen["kind"])
    for word in chosen.get("words", "").replace("\0", "").split():
        found = found.filter(title__icontains=word)
    context = {
        "trail": trail(),
        "filters": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "writes": by.role in WRITERS,
    }
    return render(request, "reports/writing_list.html", context)


@private
@require_http_methods(DO)
@staff_only(*WRITERS)
def writing_new(request: HttpRequest) -> HttpResponse:
    """Begin a report."""
    by = acting(request)
    form = NewReportForm(posted(request), by=by, initial={"template": request.GET.get("template")})
    if form.is_valid() and (
        made := attempt(form, lambda: writing.begin_report(by=by, at=now(), draft=form.draft()))
    ):
        messages.success(request, _("Begun. Write its passages; its figures are there already."))
        return redirect("reports:writing", made.code)
    context = {"form": form, "trail": trail((_("Begin a report"), ""))}
    return render(request, "reports/writing_new.html", context, status=status_of(form))


@private
@require_safe
@staff_only(*READERS)
def writing_one(request: HttpRequest, code: str) -> HttpResponse:
    """Show a draft as it would be published, with what stands against it."""
    by = acting(request)
    found = written_or_404(by, code)
    draft = draft_of(found, at=now())
    newest = queries.edition_of(found) if found.edition else None
    context = {
        "written": found,
        "draft": draft,
        "body": set_paper(draft.paper),
        "lang": LANGS[draft.paper.language],
        "findings": [told(one) for one in draft.findings],
        "errors": sum(one.error for one in draft.findings),
        "publishable": publishable(draft.findings),
        "newest": newest,
        "changed": newest is None or newest.digest != draft.digest,
        "public": bool(found.edition) and found.withdrawn_at is None,
        "publishes": by.role == Role.PLANNER,
        "writes": by.role in WRITERS,
        "own": found.changed_by == by.name,
        "newer": found.version.number < found.version.template.version,
        "trail": trail((found.title, "")),
    }
    return render(request, "reports/writing.html", context)


@private
@require_http_methods(DO)
@staff_only(*WRITERS)
def writing_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Write the passages of a report. What somebody else wrote meanwhile is never written over."""
    by = acting(request)
    found = written_or_404(by, code)
    kept = {f"passage_{one.number}": one.text for one in found.by_hand.all()}
    kept |= {"title": found.title, "base": found.changed_at.isoformat()}
    form = WriteForm(posted(request), text=read_text(found.version.text), initial=kept)
    if form.is_valid() and attempt(
        form,
        lambda: writing.change_report(
            by=by, at=now(), written=found, base=form.cleaned_data["base"],
            title=form.cleaned_data["title"], by_hand=form.by_hand(),
        ),
    ):  # fmt: skip
        messages.success(request, _("Kept. This is how it stands now."))
        return redirect("reports:writing", code)
    here = (found.title, reverse("reports:writing", args=[code]))
    context = {
        "form": form,
        "written": found,
        "laid": found.laid.all(),
        "trail": trail(here, (_("Write"), "")),
    }
    return render(request, "reports/writing_edit.html", context, status=status_of(form))


@private
@require_POST
@staff_only(Role.PLANNER)
def writing_publish(request: HttpRequest, code: str) -> HttpResponse:
    """Publish a report as it was looked at."""
    by, seen = acting(request), request.POST.get("seen", "")[:64]
    found = written_or_404(by, code)
    return _done(
        request,
        code,
        lambda: publishing.publish_report(by=by, at=now(), written=found, seen=seen),
        _("Published: everybody can read it now."),
    )


@private
@require_POST
@staff_only(Role.PLANNER)
def writing_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take a report back from the public."""
    by = acting(request)
    found = written_or_404(by, code)
    return _done(
        request,
        code,
        lambda: publishing.withdraw_report(by=by, at=now(), written=found),
        _("Withdrawn: nobody outside sees it any more."),
    )


@private
@require_POST
@staff_only(*WRITERS)
def writing_remove(request: HttpRequest, code: str) -> HttpResponse:
    """Throw a draft away that was never published."""
    by = acting(request)
    found = written_or_404(by, code)
    try:
        writing.remove_report(by=by, at=now(), written=found)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
        return redirect("reports:writing", code)
    messages.success(request, _("The draft is gone."))
    return redirect("reports:writing_list")


def attempt(form: BaseForm, deed: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the deed returns
    """Do a deed; None, with what is wrong at its field, where it is refused."""
    try:
        return deed()
    except Refused as refused:
        at = _AT.get(refused.code)
        on_form(form, refused, at if at in form.fields else None)
        return None


def trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way from the desk to a page of writing."""
    here = reverse("reports:writing_list") if steps else ""
    return [(_("Desk"), reverse("portal:console")), (_("Writing reports"), here), *steps]


def posted(request: HttpRequest) -> Any:  # noqa: ANN401 - a QueryDict or nothing
    """Return what was sent, None where somebody only looks."""
    return request.POST if request.method == "POST" else None


def status_of(form: BaseForm) -> int:
    """Return the status of a page that shows a form: 422 where something was sent that is not taken."""
    return 422 if form.is_bound else 200


def written_or_404(by: Actor, code: str) -> Written:
    """Return a report of those that one works with."""
    return get_object_or_404(queries.visible_reports(by), code=code)


def _done(
    request: HttpRequest, code: str, deed: Callable[[], object], words: Words
) -> HttpResponse:
    try:
        deed()
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, str(words))
    return redirect("reports:writing", code)
