"""Instruments on the console: the list, a new one, one with its editions; draft the next, close."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.assessments.actions import instruments as actions
from linli.assessments.forms.instruments import InstrumentsForm, NewInstrumentForm
from linli.assessments.models import Edition, Instrument
from linli.assessments.queries.instrument_import import read_file
from linli.assessments.queries.instruments import (
    editions_of,
    may_keep,
    visible_instruments,
    with_editions,
)
from linli.assessments.rules.instrument_table import Wrong
from linli.assessments.rules.instruments import Form
from linli.assessments.schemas.instrument_words import TABLE_WRONGS
from linli.assessments.views.ways import DO, KEEPERS, READERS, posted, told
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words

ROWS = 25
MOST_WRONGS = 50


@require_safe
@staff_only(*READERS)
def console_instruments(request: HttpRequest) -> HttpResponse:
    """List instruments with their editions."""
    by = acting(request)
    form = InstrumentsForm(request.GET)
    found = form.found(with_editions(visible_instruments(by))).order_by("name", "pk")
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "address": reverse("assessments:console_instruments"),
        "keeps": by.role in KEEPERS,
        "trail": instrument_trail(),
    }
    return render(request, "assessments/instruments_console.html", context)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def instrument_new(request: HttpRequest) -> HttpResponse:
    """Begin an instrument, empty or out of a file."""
    by = acting(request)
    form = NewInstrumentForm(posted(request), request.FILES or None, by=by)
    wrongs: list[Wrong] = []
    if form.is_valid():
        given = form.cleaned_data
        named = {name: given[name] for name in ("name", "use", "unit")}
        try:
            made, wrongs = Form((given["language"],), ()), []
            if given["file"]:
                made, wrongs = read_file(given["file"].read(), set())
            if not wrongs:
                begun = actions.begin_instrument(by=by, at=now(), form=made, **named)
                return redirect("assessments:draft", begun.instrument.code)
        except Refused as refused:
            on_form(form, refused, "file" if given["file"] else None)
    title = _("A new instrument")
    context = {
        "form": form,
        "wrongs": wrong_words(wrongs),
        "left_out": max(len(wrongs) - MOST_WRONGS, 0),
        "title": title,
        "trail": instrument_trail((title, "")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "assessments/instrument_new.html", context, status=status)


@require_safe
@staff_only(*READERS)
def console_instrument(request: HttpRequest, code: str) -> HttpResponse:
    """Show an instrument with its editions, and what can be done with it."""
    by, instrument = acting(request), instrument_of(request, code)
    editions = [*editions_of(by, instrument)]
    context = {
        "instrument": instrument,
        "editions": editions,
        "draft": next((one for one in editions if one.adopted_at is None), None),
        "keeps": may_keep(by, instrument),
        "trail": instrument_trail((instrument.name, "")),
    }
    return render(request, "assessments/instrument_console.html", context)


@require_POST
@staff_only(*KEEPERS)
def instrument_next(request: HttpRequest, code: str) -> HttpResponse:
    """Draft the next edition."""
    instrument = kept_instrument(request, code)
    return told(
        request,
        lambda: actions.draft_next(by=acting(request), at=now(), instrument=instrument),
        _("This is a copy of the last edition: change it, then adopt it."),
        reverse("assessments:draft", args=[code]),
    )


@require_POST
@staff_only(*KEEPERS)
def instrument_close(request: HttpRequest, code: str) -> HttpResponse:
    """Close an instrument."""
    instrument = kept_instrument(request, code)
    return told(
        request,
        lambda: actions.close(by=acting(request), at=now(), instrument=instrument),
        _("Closed. What was adopted stands."),
        reverse("assessments:console_instrument", args=[code]),
    )


def instrument_of(request: HttpRequest, code: str) -> Instrument:
    """Return the instrument that an address names, if whoever asks may see it."""
    found = visible_instruments(acting(request)).select_related("unit")
    return get_object_or_404(found, code=code)


def kept_instrument(request: HttpRequest, code: str) -> Instrument:
    """Return the instrument that an address names, if whoever asks keeps it."""
    found = instrument_of(request, code)
    if not may_keep(acting(request), found):
        raise Http404
    return found


def draft_of(request: HttpRequest, code: str) -> Edition:
    """Return the draft of the instrument that an address names, if whoever asks keeps it."""
    found = kept_instrument(request, code)
    drafts = Edition.objects.filter(adopted_at=None).select_related("instrument__unit")
    return get_object_or_404(drafts, instrument=found)


def seen_draft(request: HttpRequest, draft: Edition) -> Edition:
    """Let a draft be the one that the page showed: an action refuses when it is another by now."""
    try:
        draft.changed_at = datetime.fromisoformat(request.POST.get("seen", ""))
    except ValueError as error:
        raise Http404 from error
    return draft


def wrong_words(wrongs: list[Wrong]) -> list[tuple[int, str, Words]]:
    """Return what is wrong with a file, in words, as much as a page shows."""
    return [(line, column, TABLE_WRONGS[code]) for line, column, code in wrongs[:MOST_WRONGS]]


def instrument_trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, from the desk through the instruments."""
    here = reverse("assessments:console_instruments") if steps else ""
    return [(_("Desk"), reverse("portal:console")), (_("Instruments"), here), *steps]
