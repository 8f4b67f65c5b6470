"""One part of a draft on a page of its own: a section's title, a question, the levels."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.assessments.actions import drafting
from linli.assessments.forms.building import ItemForm, SectionForm
from linli.assessments.forms.instruments import LevelsForm
from linli.assessments.queries.form_faults import WORDS, faults_of
from linli.assessments.rules import building
from linli.assessments.views.builder import address, languages_of, part_of, part_page
from linli.assessments.views.instruments import draft_of
from linli.assessments.views.ways import DO, KEEPERS, posted
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form


@require_http_methods(DO)
@staff_only(*KEEPERS)
def section_new(request: HttpRequest, code: str) -> HttpResponse:
    """Add a section."""
    found = draft_of(request, code)
    form = SectionForm(posted(request), languages=languages_of(request, found.form))
    if form.is_valid():
        try:
            key = drafting.add_section(
                by=acting(request), at=now(), edition=found, title=form.title()
            )
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect(f"{address(found, request)}#part-{key}")
    return part_page(request, found, form, title=_("A new section"), button=_("Add it"))


@require_http_methods(DO)
@staff_only(*KEEPERS)
def section(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Give a section another title."""
    found = draft_of(request, code)
    part, _item = part_of(found.form, key)
    seen = {"seen": building.mark(part)}
    form = SectionForm(
        posted(request), section=part, languages=languages_of(request, found.form), initial=seen
    )
    if form.is_valid():
        edit = building.section_titled(key, form.title(), seen=form.cleaned_data["seen"])
        try:
            drafting.revise(by=acting(request), at=now(), edition=found, edit=edit)
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect(f"{address(found, request)}#part-{key}")
    named = {
        "title": _("Title of the section"),
        "button": _("Keep it"),
        "out": not part.items,
        "key": key,
    }
    return part_page(request, found, form, **named)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def item_new(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Add a question to a section."""
    found = draft_of(request, code)
    part_of(found.form, key)
    languages = languages_of(request, found.form)
    form = ItemForm(posted(request), of=found.form, languages=languages, initial={"section": key})
    if form.is_valid():
        into = form.cleaned_data["section"]
        try:
            made = drafting.add_item(
                by=acting(request), at=now(), edition=found, section=into, item=form.made()
            )
        except Refused as refused:
            on_form(form, refused)
        else:
            if "more" in request.POST:
                messages.success(request, _("Added. Here is room for the next one."))
                return redirect(f"{request.path}?in={languages[1]}")
            return redirect(f"{address(found, request)}#part-{made}")
    named = {"title": _("A new question"), "button": _("Add it"), "more": _("Add it, and another")}
    return part_page(request, found, form, **named)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def item(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Change a question."""
    found = draft_of(request, code)
    whole = found.form
    part, kept = part_of(whole, key)
    if kept is None:
        raise Http404
    seen = {"seen": building.mark(kept), "section": part.key}
    languages = languages_of(request, whole)
    form = ItemForm(posted(request), of=whole, item=kept, languages=languages, initial=seen)
    if form.is_valid():
        into, seen_as = form.cleaned_data["section"], form.cleaned_data["seen"]
        edit = building.item_put(form.made(), section=into, seen=seen_as)
        try:
            drafting.revise(by=acting(request), at=now(), edition=found, edit=edit)
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect(f"{address(found, request)}#part-{key}")
    named: dict[str, object] = {
        "faults": [WORDS[x.code] for x in faults_of(whole) if x.where == key]
    }
    named |= {"title": _("Question"), "button": _("Keep it"), "out": True, "key": key}
    return part_page(request, found, form, **named)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def levels(request: HttpRequest, code: str) -> HttpResponse:
    """Say which levels there are, and at which share each is reached."""
    found = draft_of(request, code)
    whole = found.form
    second = languages_of(request, whole)[1]
    form = LevelsForm(posted(request), form=whole, second=second)
    if form.is_valid():
        edit = building.levels_put(form.levels(), seen=request.POST.get("seen", ""))
        try:
            drafting.revise(by=acting(request), at=now(), edition=found, edit=edit)
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect(f"{address(found, request)}#levels")
    named = {"rows": form.rows(), "seen": building.mark(whole.levels), "title": _("Levels")}
    return part_page(request, found, form, template="assessments/builder_levels.html", **named)
