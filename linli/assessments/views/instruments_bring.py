"""A file takes the place of a draft: upload it, see what it changes or what is wrong with it, take it in."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.assessments.actions import drafting
from linli.assessments.forms.instruments import BringForm
from linli.assessments.models import Edition
from linli.assessments.queries.drafts import keys_ever
from linli.assessments.queries.instrument_import import ReadFile, read_file
from linli.assessments.rules.building import tidied
from linli.assessments.views.builder import frame
from linli.assessments.views.editions import changes_between
from linli.assessments.views.instruments import MOST_WRONGS, draft_of, seen_draft, wrong_words
from linli.assessments.views.ways import DO, KEEPERS, posted
from linli.kernel import files
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form

SALT = "assessments.instrument"


@require_http_methods(DO)
@staff_only(*KEEPERS)
def draft_bring(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the file."""
    found = draft_of(request, code)
    seen = {"seen": found.changed_at.isoformat()}
    form = BringForm(posted(request), request.FILES or None, initial=seen)
    wrongs: list[Any] = []
    if form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            wrongs = read_file(data, keys_ever(found)).wrongs
        except Refused as refused:
            on_form(form, refused, "file")
        else:
            if not wrongs:
                said = {"digest": files.set_aside(data, at=now()), "name": file.name[-100:]}
                token = signing.dumps(said, salt=SALT, compress=True)
                return redirect("assessments:draft_brought", code, token)
    context = _frame(found) | {
        "form": form,
        "wrongs": wrong_words(wrongs),
        "left_out": max(len(wrongs) - MOST_WRONGS, 0),
    }
    status = 422 if form.is_bound else 200
    return render(request, "assessments/draft_bring.html", context, status=status)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def draft_brought(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Show what a file changes of the draft, and take it in."""
    found = draft_of(request, code)
    name, read = _brought(token, found)
    refused = None
    if request.method == "POST":
        draft = seen_draft(request, found)
        try:
            drafting.save_draft(by=acting(request), at=now(), edition=draft, form=read.form)
        except Refused as error:
            refused = error
        else:
            messages.success(request, _("The file is the draft now."))
            return redirect("assessments:draft", code)
        found = draft_of(request, code)
    context = _frame(found) | {
        "name": name,
        "changes": changes_between(tidied(found.form), read.form),
        "refused": refused,
        "seen": found.changed_at.isoformat(),
    }
    status = refused.status if refused else 200
    return render(request, "assessments/draft_brought.html", context, status=status)


def _brought(token: str, draft: Edition) -> tuple[str, ReadFile]:
    try:
        said: dict[str, str] = signing.loads(token, salt=SALT, max_age=files.A_DAY)
        read = read_file(files.fetch_aside(said["digest"]), keys_ever(draft))
    except (signing.BadSignature, FileNotFoundError) as error:
        raise Http404 from error
    return said["name"], read


def _frame(edition: Edition) -> dict[str, Any]:
    context = frame(edition, edition.form, "")
    back = reverse("assessments:draft", args=[edition.instrument.code])
    context["trail"] = [*context["trail"][:-1], (_("Draft"), back), (_("Bring a file"), "")]
    return context
