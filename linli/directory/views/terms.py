"""Words to sort by on the console: the list of each taxonomy, one as a form; a planner amends and closes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.directory import actions, queries
from linli.directory.forms import TermForm
from linli.directory.models import TaxonomyTerm
from linli.directory.views.told import history
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form


@require_safe
@staff_only()
def term_list(request: HttpRequest) -> HttpResponse:
    context = {
        "terms": queries.listed_terms(),
        "may_edit": acting(request).role == Role.PLANNER,
        "trail": _trail(_("Words to sort by"))[::2],
    }
    return render(request, "directory/console_terms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def term_new(request: HttpRequest) -> HttpResponse:
    return _page(request, TermForm(request.POST or None), None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def term_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    term = get_object_or_404(TaxonomyTerm.objects.select_related("parent"), uuid=uuid)
    return _page(request, TermForm(request.POST or None, term=term), term)


@require_POST
@staff_only(Role.PLANNER)
def term_close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    term = get_object_or_404(TaxonomyTerm.objects.select_related("parent"), uuid=uuid)
    try:
        actions.close_term(by=acting(request), at=now(), term=term)
    except Refused as refused:
        return _shown(request, TermForm(term=term), term, refused)
    messages.success(request, _("Nothing is sorted by this word any more."))
    return redirect("directory:term_list")


def _page(request: HttpRequest, form: TermForm, term: TaxonomyTerm | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.TermDraft(**form.said())
            actions.write_term(by=acting(request), at=now(), draft=draft)
        except Refused as refused:
            on_form(form, refused, "above")
        else:
            return redirect("directory:term_list")
    return _shown(request, form, term)


def _shown(
    request: HttpRequest, form: TermForm, term: TaxonomyTerm | None, refused: Refused | None = None
) -> HttpResponse:
    here = term.name if term else _("A new word")
    context = {
        "form": form,
        "term": term,
        "refused": refused,
        "here": here,
        "trail": _trail(here),
        "sorted": queries.listed_terms().filter(pk=term.pk).first() if term else None,
        "history": history(queries.changes_of(term.uuid)) if term else [],
    }
    status = 422 if form.errors or refused else 200
    return render(request, "directory/console_term.html", context, status=status)


def _trail(here: str) -> list[tuple[str, str]]:
    return [
        (_("Desk"), reverse("portal:console")),
        (_("Words to sort by"), reverse("directory:term_list")),
        (here, ""),
    ]
