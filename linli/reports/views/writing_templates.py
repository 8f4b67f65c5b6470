"""Templates on the console: listed, begun, changed; looked at for a place and a period before they are kept."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.directory.models import Area
from linli.facts.models import Indicator
from linli.facts.queries.indicators import listed_indicators
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.reports.actions.templates import begin_template, change_template
from linli.reports.forms.writing import TemplateForm
from linli.reports.models import Template
from linli.reports.queries import written as queries
from linli.reports.queries.answers import Setting
from linli.reports.queries.papers import drafted
from linli.reports.rules.writing.filling import Front
from linli.reports.rules.writing.reading import read_text
from linli.reports.views.setting import LANGS, set_paper
from linli.reports.views.writing_console import (
    DO,
    READERS,
    WRITERS,
    attempt,
    posted,
    status_of,
    trail,
)
from linli.reports.views.writing_words import told, wrong
from linli.ui.private import private

MOST_LISTED: Final = 60


@private
@require_safe
@staff_only(*READERS)
def template_list(request: HttpRequest) -> HttpResponse:
    """List the templates."""
    context = {
        "templates": queries.listed_templates(),
        "writes": acting(request).role in WRITERS,
        "trail": trail((_("Templates"), "")),
    }
    return render(request, "reports/template_list.html", context)


@private
@require_http_methods(DO)
@staff_only(*WRITERS)
def template_new(request: HttpRequest) -> HttpResponse:
    """Begin a template."""
    form = TemplateForm(posted(request))
    by = acting(request)
    if _keeps(request, form) and (
        made := attempt(form, lambda: begin_template(by=by, at=now(), draft=form.draft()))
    ):
        messages.success(request, _("Kept as version 1."))
        return redirect("reports:template_edit", made.code)
    return _editor(request, form, _("A new template"))


@private
@require_http_methods(DO)
@staff_only(*WRITERS)
def template_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a template. Earlier versions stay, and the reports that were begun in them."""
    template = get_object_or_404(Template, code=code)
    by = acting(request)
    newest = template.versions.get(number=template.version)
    kept = {name: getattr(template, name) for name in ("title", "title_hant", "title_en")}
    kept |= {"text": newest.text, "base": template.version}
    form = TemplateForm(posted(request), template=template, initial=kept)
    if _keeps(request, form) and (
        made := attempt(
            form,
            lambda: change_template(
                by=by, at=now(), template=template, base=form.cleaned_data["base"] or 0, draft=form.draft()
            ),
        )
    ):  # fmt: skip
        messages.success(request, _("Kept. The newest version is %(number)s.") % {"number": made.version})  # fmt: skip
        return redirect("reports:template_edit", code)
    return _editor(request, form, template.shown_title)


def _keeps(request: HttpRequest, form: TemplateForm) -> bool:
    """Say whether what was sent is to be kept, and may be. Looking at it keeps nothing."""
    return form.is_valid() and request.POST.get("do") != "look"


def _editor(request: HttpRequest, form: TemplateForm, title: str) -> HttpResponse:
    """Show what was typed, what is wrong in it by line, how it comes out, and the indicators that there are."""
    cleaned = getattr(form, "cleaned_data", {})
    text = cleaned.get("text") or form["text"].value() or ""
    area, period = cleaned.get("area"), cleaned.get("period")
    language = cleaned.get("language") or (form.template.language if form.template else "zh-hans")
    context: dict[str, Any] = {
        "form": form,
        "title": title,
        "template": form.template,
        "wrongs": [(one.line, wrong(one.code), one.words) for one in read_text(text).wrong],
        "lines": str(text).count("\n") + 1,
        "indicators": _indicators(cleaned.get("words", ""), area),
        "trail": trail((_("Templates"), reverse("reports:template_list")), (title, "")),
    }
    if text and area and period:
        front = Front(title, "", "")
        draft = drafted(read_text(text), {}, front, Setting(area, period, language, now()))
        context["body"], context["lang"] = set_paper(draft.paper), LANGS[language]
        missing = [one for one in draft.findings if one.code not in {"unwritten", "text"}]
        context["findings"] = [told(one) for one in missing]
        context["errors"] = sum(one.error for one in missing)
    looks = request.POST.get("do") == "look" and not form.errors
    status = 200 if looks else status_of(form)
    return render(request, "reports/template_editor.html", context, status=status)


def _indicators(words: str, area: Area | None) -> list[Indicator]:
    """Return the indicators that may be said, of a place those of which something is known."""
    found = listed_indicators(words=words.replace("\0", ""), public=True)
    if area is not None:
        found = found.filter(facts__area=area).distinct()
    return list(found[:MOST_LISTED])
