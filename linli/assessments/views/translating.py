"""The languages of a draft: which there are, which of them holds, and one section said in one of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.assessments.actions import drafting
from linli.assessments.forms.building import TranslationForm
from linli.assessments.forms.instruments import LanguageForm
from linli.assessments.queries.question_words import own_language
from linli.assessments.rules import languages as rule
from linli.assessments.rules.instruments import Form
from linli.assessments.views.builder import frame, part_page
from linli.assessments.views.instruments import draft_of
from linli.assessments.views.ways import DO, KEEPERS, posted, told
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form


@require_http_methods(DO)
@staff_only(*KEEPERS)
def draft_languages(request: HttpRequest, code: str) -> HttpResponse:
    """Show the languages with how much is said in each, and add one."""
    found = draft_of(request, code)
    form = LanguageForm(posted(request))
    here = reverse("assessments:draft_languages", args=[code])
    if form.is_valid():
        edit = rule.language_added(form.cleaned_data["tag"])
        try:
            drafting.revise(by=acting(request), at=now(), edition=found, edit=edit)
        except Refused as refused:
            on_form(form, refused, "tag")
        else:
            return redirect(here)
    whole = found.form
    context = frame(found, whole, "") | {
        "form": form,
        "rows": [(own_language(tag), *_said(whole, tag)) for tag in whole.languages],
        "sections": [(one.key, one.title.get(whole.languages[0], "")) for one in whole.sections],
    }
    context["trail"] = [
        *context["trail"][:-1],
        (_("Draft"), reverse("assessments:draft", args=[code])),
    ]
    context["trail"].append((_("Languages"), ""))
    status = 422 if form.is_bound else 200
    return render(request, "assessments/builder_languages.html", context, status=status)


@require_POST
@staff_only(*KEEPERS)
def draft_language(request: HttpRequest, code: str, tag: str) -> HttpResponse:
    """Let a language be the first, or take it out with all that was said in it."""
    found = draft_of(request, code)
    edit = rule.language_out(tag) if "out" in request.POST else rule.language_first(tag)
    return told(
        request,
        lambda: drafting.revise(by=acting(request), at=now(), edition=found, edit=edit),
        _("Taken out.") if "out" in request.POST else _("This language holds now."),
        reverse("assessments:draft_languages", args=[code]),
    )


@require_http_methods(DO)
@staff_only(*KEEPERS)
def translate(request: HttpRequest, code: str, tag: str, key: str) -> HttpResponse:
    """Say a section in a language, beside what the first one says."""
    found = draft_of(request, code)
    whole = found.form
    place = next((n for n, one in enumerate(whole.sections) if one.key == key), None)
    if place is None or tag not in whole.languages[1:]:
        raise Http404
    section = whole.sections[place]
    seen = {"seen": rule.texts_mark(section, tag)}
    languages = (whole.languages[0], tag)
    form = TranslationForm(posted(request), section=section, languages=languages, initial=seen)
    if form.is_valid():
        seen_as = form.cleaned_data["seen"]
        edit = rule.translated(form.said(), tag, seen=seen_as, section=key)
        try:
            drafting.revise(by=acting(request), at=now(), edition=found, edit=edit)
        except Refused as refused:
            on_form(form, refused)
        else:
            onward = whole.sections[place + 1].key if place + 1 < len(whole.sections) else ""
            if onward and "more" in request.POST:
                return redirect("assessments:translate", code, tag, onward)
            return redirect("assessments:draft_languages", code)
    named = {"rows": form.rows(), "more": place + 1 < len(whole.sections)}
    title = section.title.get(languages[0]) or key
    template = "assessments/builder_translate.html"
    other = own_language(tag)
    return part_page(request, found, form, template=template, title=title, other=other, **named)


def _said(form: Form, tag: str) -> tuple[int, int]:
    """Return how many of the texts of the first language are said in another, and how many there are."""
    first = form.languages[0]
    texts = [one.title for one in form.sections] + [one.title for one in form.levels]
    texts += [text for item in form.items() for text in (item.text, item.guidance)]
    whole = [text for text in texts if text.get(first)]
    return sum(bool(text.get(tag)) for text in whole), len(whole)
