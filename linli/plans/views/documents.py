"""Policy documents on the console: list, one with what carries it out, and what takes its place."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.plans.actions import documents as actions
from linli.plans.forms.documents import DocumentFilterForm, DocumentForm
from linli.plans.models import PolicyDocument
from linli.plans.queries.documents import listed_documents, whole_documents
from linli.plans.views.ways import posted, trail

PER_PAGE = 25
STATES = {"draft": "plain", "in_force": "done", "replaced": "soon", "repealed": "late"}


@require_safe
@staff_only()
def documents(request: HttpRequest) -> HttpResponse:
    filters = DocumentFilterForm(request.GET)
    asked = filters.cleaned_data if filters.is_valid() else {}
    listed = listed_documents(words=asked.get("words", ""), status=asked.get("status", ""))
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(document, STATES[document.status]) for document in page],
        "filters": filters,
        "may_plan": acting(request).role == Role.PLANNER,
    }
    return render(request, "plans/documents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def new_document(request: HttpRequest) -> HttpResponse:
    return _record(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def replace_document(request: HttpRequest, code: str) -> HttpResponse:
    return _record(request, get_object_or_404(whole_documents(), code=code))


@require_safe
@staff_only()
def document(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(whole_documents(), code=code)
    planner = acting(request).role == Role.PLANNER
    context = {
        "document": found,
        "state": STATES[found.status],
        "replaced_by": PolicyDocument.objects.filter(supersedes=found).first(),
        "programmes": found.programmes.select_related("area"),
        "may_replace": planner and found.status != "replaced",
        "trail": trail((_("Policy documents"), reverse("plans:documents"))),
    }
    return render(request, "plans/document.html", context)


def _record(request: HttpRequest, replaces: PolicyDocument | None) -> HttpResponse:
    form = DocumentForm(posted(request), replaces=replaces)
    if form.is_valid():
        by, at = acting(request), now()
        try:
            if replaces:
                made = actions.replace_document(by=by, at=at, document=replaces, draft=form.draft())
            else:
                made = actions.record_document(by=by, at=at, draft=form.draft())
        except Refused as refused:
            on_form(form, refused, "number" if refused.code == "number_taken" else None)
        else:
            messages.success(request, _("The document is on record."))
            return redirect("plans:document", made.code)
    steps = [(_("Policy documents"), reverse("plans:documents"))]
    if replaces:
        steps.append((replaces.title, reverse("plans:document", args=[replaces.code])))
    context = {"form": form, "replaces": replaces, "trail": trail(*steps)}
    return render(request, "plans/document_new.html", context, status=422 if form.errors else 200)
