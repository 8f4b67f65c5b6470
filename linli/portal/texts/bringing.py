"""Bring a translator's file: it is looked through, shown, and let in with a reviewer's name; an earlier one is put back."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel import files
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.models import TextEdition
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text_editions import TextDraft, keep_texts, newest, put_back_texts
from linli.portal.texts.forms import KINDS, BackForm, FileForm, ReviewForm
from linli.portal.texts.views import language_or_404, trail
from linli.ui.languages import Language
from linli.ui.wording.bringing import bring_up
from linli.ui.wording.comparing import Comparison, compared
from linli.ui.wording.own import Own, own_of, rows_of, standing
from linli.ui.wording.po_reading import LARGEST, Brought, read

SALT = "portal.texts"
_SHOWN = 50  # a page
_MOST = 200  # faults, and texts that are not ours
_EDITIONS = 50


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.ADMINISTRATOR)
def text_language(request: HttpRequest, code: str) -> HttpResponse:
    """Show one language and its editions; take a file, and show what is wrong with it or what it would change."""
    language = language_or_404(code)
    sent = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if sent else FileForm()
    brought = None
    if sent and form.is_valid():
        data = form.cleaned_data["file"].read(LARGEST + 1)
        try:
            brought = read(data, language)
        except Refused as refused:
            on_form(form, refused, "file")
        else:
            if not brought.faults:
                kept = {"digest": files.set_aside(data, at=now()), "code": code}
                return redirect("portal:texts_look", code, signing.dumps(kept, salt=SALT))
    edition = newest(code)
    context = {
        "language": language,
        "edition": edition,
        "standing": standing(code, own_of(edition)),
        "editions": TextEdition.objects.filter(language=code).defer("words")[:_EDITIONS],
        "form": form,
        "faults": brought.faults[:_MOST] if brought else [],
        "faults_more": max(len(brought.faults) - _MOST, 0) if brought else 0,
        "trail": trail(language.own_name),
    }
    wrong = form.errors or brought
    return render(request, "portal/texts/language.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.ADMINISTRATOR)
def text_look(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Show what a file would change; let it in when somebody has reviewed it."""
    language = language_or_404(code)
    digest, brought = _aside(code, token, language)
    edition = newest(code)
    looked = compared(code, own_of(edition), brought.words)
    base = edition.number if edition else 0
    status, form = 200, ReviewForm(initial={"base": base})
    if request.method == "POST":
        status, form = 422, ReviewForm(request.POST)
        if form.is_valid():
            try:
                _let_in(request, form, _draft(code, looked.own), looked, digest)
            except Refused as refused:
                status, form = refused.status, _on_newest(request, base)
                on_form(form, refused)
            else:
                messages.success(request, _("The words are in force."))
                return redirect("portal:texts_language", code)
    context = _told(request, brought, looked) | {
        "language": language,
        "form": form,
        "digest": digest,
        "trail": trail(language.own_name),
    }
    return render(request, "portal/texts/look.html", context, status=status)


@require_POST
@staff_only(Role.ADMINISTRATOR)
def text_back(request: HttpRequest, code: str) -> HttpResponse:
    """Put an earlier edition in force again."""
    language_or_404(code)
    form = BackForm(request.POST)
    if not form.is_valid():
        raise Refused("not_earlier", _("Only an earlier edition can be put back."))
    number, base = form.cleaned_data["number"], form.cleaned_data["base"]
    earlier = TextEdition.objects.filter(language=code, number=number).first()
    if number and earlier is None:
        raise Http404
    draft = _draft(code, own_of(earlier))
    if earlier:
        draft = replace(
            draft,
            sha256=earlier.sha256,
            reviewer_name=earlier.reviewer_name,
            reviewer_unit=earlier.reviewer_unit,
            reviewed_on=earlier.reviewed_on,
        )
    put_back_texts(by=acting(request), at=now(), base=base, back_to=number, draft=draft)
    bring_up()
    messages.success(request, _("The earlier words are in force again."))
    return redirect("portal:texts_language", code)


def _let_in(
    request: HttpRequest, form: ReviewForm, draft: TextDraft, looked: Comparison, digest: str
) -> None:
    given = dict(form.cleaned_data)
    base = given.pop("base")
    said = replace(draft, brought=looked.brought, sha256=digest, **given)
    keep_texts(by=acting(request), at=now(), base=base, draft=said)
    bring_up()


def _draft(code: str, own: Own) -> TextDraft:
    how = standing(code, own)
    return TextDraft(code, rows_of(own), how.texts, how.lacking, how.unsure)


def _on_newest(request: HttpRequest, base: int) -> ReviewForm:
    """Return what was typed; who looks at the page again lets in what it shows now."""
    data = request.POST.copy()
    data["base"] = str(base)
    form = ReviewForm(data)
    form.is_valid()  # a refusal is added to what was looked through
    return form


def _aside(code: str, token: str, language: Language) -> tuple[str, Brought]:
    try:
        kept = signing.loads(token, salt=SALT, max_age=files.A_DAY)
        data = files.fetch_aside(kept["digest"])
    except (signing.BadSignature, FileNotFoundError) as error:
        raise Http404 from error
    if kept["code"] != code:
        raise Http404
    return kept["digest"], read(data, language)


def _told(request: HttpRequest, brought: Brought, looked: Comparison) -> dict[str, Any]:
    counts = looked.counts
    first = next((kind for kind, count in counts.items() if count), "new")
    asked = request.GET.get("kind", "")
    kind = asked if asked in KINDS else first
    return {
        "tabs": [(name, KINDS[name], count) for name, count in counts.items()],
        "kind": kind,
        "page": Paginator(looked.of(kind), _SHOWN).get_page(request.GET.get("page")),
        "brought": looked.brought,
        "unknown": brought.unknown[:_MOST],
        "unknown_count": len(brought.unknown),
    }
