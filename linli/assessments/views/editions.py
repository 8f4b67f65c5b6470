"""Editions on the console: one as it reads, what differs between two, a draft looked at before it is adopted."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.assessments.actions import drafting
from linli.assessments.actions import instruments as actions
from linli.assessments.models import Edition, Round
from linli.assessments.queries.form_faults import WORDS, faults_of
from linli.assessments.queries.instruments import edition_before, visible_editions
from linli.assessments.queries.preview import Preview, preview, rounds_on
from linli.assessments.rules.differences import differences
from linli.assessments.rules.instruments import Form, Level, Texts, said
from linli.assessments.schemas.edition_shown import edition_shown
from linli.assessments.schemas.instrument_words import Told, share_words, told_changes
from linli.assessments.views.builder import frame
from linli.assessments.views.instruments import (
    draft_of,
    instrument_trail,
    seen_draft,
)
from linli.assessments.views.ways import KEEPERS, READERS, told
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.text import Words

MOST_MOVED = 200


@require_safe
@staff_only(*READERS)
def console_edition(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show an edition as it reads, in one of its languages."""
    edition = edition_of(request, code, number)
    instrument = edition.instrument
    here = reverse("assessments:console_instrument", args=[code])
    before = edition_before(edition)
    title = _("Edition %(number)s") % {"number": number}
    context = edition_shown(edition, request.GET.get("in", "")) | {
        "before": before.number if before else None,
        "trail": instrument_trail((instrument.name, here), (title, "")),
    }
    return render(request, "assessments/edition_console.html", context)


@require_safe
@staff_only(*READERS)
def edition_differences(request: HttpRequest, code: str, number: int, other: int) -> HttpResponse:
    """Show what differs between two editions."""
    new, old = edition_of(request, code, number), edition_of(request, code, other)
    here = reverse("assessments:console_instrument", args=[code])
    title = _("Edition %(new)s beside edition %(old)s") % {"new": number, "old": other}
    context = {
        "instrument": new.instrument,
        "changes": changes_between(old.form, new.form),
        "title": title,
        "trail": instrument_trail((new.instrument.name, here), (title, "")),
    }
    return render(request, "assessments/edition_differences.html", context)


@require_safe
@staff_only(*KEEPERS)
def draft_review(request: HttpRequest, code: str) -> HttpResponse:
    """Look at a draft before it is adopted: its faults, what it changes, and who would change level by it."""
    found = draft_of(request, code)
    form, before, rounds = found.form, edition_before(found), rounds_on(found)
    asked = next((one for one in rounds if one.code == request.GET.get("round")), None)
    context = frame(found, form, "") | {
        "faults": [(WORDS[one.code], one.where) for one in faults_of(form)],
        "before": before,
        "changes": changes_between(before.form, form) if before else [],
        "rounds": rounds,
        "asked": asked,
        "count": sum(len(section.items) for section in form.sections),
        "points": sum(item.weight for item in form.items()),
        "seen": found.changed_at.isoformat(),
    }
    if asked:
        context |= _preview(asked, form)
    back = reverse("assessments:draft", args=[code])
    context["trail"] = [*context["trail"][:-1], (_("Draft"), back), (_("Adopt"), "")]
    return render(request, "assessments/draft_review.html", context)


@require_POST
@staff_only(*KEEPERS)
def draft_adopt(request: HttpRequest, code: str) -> HttpResponse:
    """Adopt a draft."""
    found = seen_draft(request, draft_of(request, code))
    return told(
        request,
        lambda: actions.adopt(by=acting(request), at=now(), edition=found),
        _("Adopted. It may be used from now on, and never changes."),
        reverse("assessments:console_instrument", args=[code]),
    )


@require_POST
@staff_only(*KEEPERS)
def draft_drop(request: HttpRequest, code: str) -> HttpResponse:
    """Throw a draft away."""
    found = draft_of(request, code)
    return told(
        request,
        lambda: drafting.drop_draft(by=acting(request), at=now(), edition=found),
        _("The draft is gone."),
        reverse("assessments:console_instrument", args=[code]),
    )


def edition_of(request: HttpRequest, code: str, number: int) -> Edition:
    """Return the edition that an address names, if whoever asks may read it."""
    found = visible_editions(acting(request))
    return get_object_or_404(found, instrument__code=code, number=number)


def changes_between(old: Form, new: Form) -> list[Told]:
    """Return what differs, in words."""
    names: dict[str, Texts] = {}
    for form in (old, new):
        names |= {one.key: one.title for one in form.sections}
        names |= {one.key: one.title for one in form.levels}
        names |= {item.key: item.text for item in form.items()}
    return told_changes(differences(old, new), names, get_language() or "")


def _preview(round_: Round, form: Form) -> dict[str, Any]:
    found: Preview = preview(round_, form)
    levels = _level_names(form, round_.edition.form)
    return {
        "preview": found,
        "moved": [
            (
                one.candidacy,
                levels.get(one.before.level, "–"),
                share_words(one.before.share),
                levels.get(one.after.level, "–"),
                share_words(one.after.share),
                ("done", _("up")) if one.way > 0 else ("late", _("down")),
            )
            for one in found.moved[:MOST_MOVED]
        ],
        "left_out": max(len(found.moved) - MOST_MOVED, 0),
        "all": len(found.moved) + found.same,
    }


def _level_names(*forms: Form) -> dict[str, Words]:
    tag = get_language() or ""
    levels: list[Level] = [one for form in reversed(forms) for one in form.levels]
    return {one.key: said(one.title, tag) or one.key for one in levels}
