"""Take a form in that somebody asks a unit to fill, say what its cells mean, lay it aside.

A mapping is of the layout: the next form of the same layout is filled without a word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.facts.models import Indicator
from linli.facts.rules.periods import Period, of_typed, shown
from linli.kernel import files
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.traits import TRAIT, refuse_traits, trait_in
from linli.reports.models import FormAnswer, FormAsked, FormLayout, FormSaying
from linli.reports.queries.asked import sayings_of
from linli.reports.rules import mapping
from linli.reports.rules.grid import TEXT, Sheet, as_json, digest
from linli.reports.rules.workbook import Unfit, read_form

_UNFIT = {
    "locked": _("This file is locked, or of an old program. Save it as XLSX without a password."),
    "macros": _("This file holds macros. Save it as XLSX without them and bring it once more."),
    "not_a_form": _("This is no XLSX that we can read: it is damaged, or something else."),
    "form_too_large": _(
        "A form has at most 12 sheets of 150 rows and 60 columns, and 5 MB. Remove empty rows with borders, or split it."
    ),
    "empty": _("There is not a word in this form."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDraft:
    """One form as it was brought: the file, who asks, on what ground, until when, for which period, who fills it."""

    data: bytes
    file_name: str
    title: str
    asker: str
    ground: str
    due_on: date
    period: Period
    unit: Unit


@transaction.atomic
def bring_form(*, by: Actor, at: datetime, draft: FormDraft) -> FormAsked:
    """Take a form in, and keep its file as it came. Of a refused file nothing is kept.

    Refuses: not_allowed unless a planner, or an officer for the own unit, brings it; locked, macros, not_a_form,
    form_too_large, empty for what is no form; trait_of_a_person when it asks for traits of persons; no_asker without who
    asks or on what ground; unknown_period when it has no day; brought_before when the same form waits already.
    """
    may_fill(by=by, at=at, unit=draft.unit)
    asker, ground = (" ".join(said.split()) for said in (draft.asker, draft.ground))
    if not asker or not ground:
        raise Refused("no_asker", _("Say who asks, and on what ground."))
    if draft.period.until <= draft.period.start:
        raise Refused("unknown_period", _("Say for which period: 2025, 2025-06."))
    sheets = _read(draft.data)
    name = digest(sheets, draft.period.start.year)
    # Of two who bring the first form of a layout one makes it.
    layout, _made = FormLayout.objects.get_or_create(digest=name)
    FormLayout.objects.select_for_update().get(pk=layout.pk)
    kept = files.digest_of(draft.data)
    same = FormAsked.objects.open().filter(layout=layout, unit=draft.unit, asker=asker)
    if same.filter(period_from=draft.period.start, period_until=draft.period.until).exists():
        raise Refused("brought_before", _("This form of this asker waits here already."))
    files.keep(draft.data)
    return FormAsked.objects.create(
        code=new_code(), layout=layout, unit=draft.unit, asker=asker[:200], ground=ground[:300],
        title=" ".join(draft.title.split())[:200] or draft.file_name[:200], due_on=draft.due_on,
        period_from=draft.period.start, period_until=draft.period.until, digest=kept,
        file_name=draft.file_name[-200:], grid=as_json(sheets), **signed(by, at),
    )  # fmt: skip


@transaction.atomic
def say(
    *, by: Actor, at: datetime, form: FormAsked, seen: int, given: Mapping[mapping.Saying, str]
) -> int:
    """Say what places of a form's layout mean, and return how many sayings are new. seen: the newest that was looked at.

    Refuses: not_allowed unless a planner, or an officer of the unit that fills it, says so; unknown_indicator,
    unknown_area, unknown_period, unknown_scale for a word that nobody knows; said_otherwise when somebody else
    said something else of the same place since; already_answered.
    """
    may_fill(by=by, at=at, unit=form.unit)
    still_open(by=by, at=at, form=form)
    # One at a time speaks of a layout, so that nobody overlooks what another says.
    layout = FormLayout.objects.select_for_update().get(pk=form.layout_id)
    _known(given)
    merged = mapping.merge(sayings_of(layout, until=seen), sayings_of(layout), given)
    if merged.conflicts:
        sentence = _("Somebody said something else of the same place since. Look at it first.")
        raise Refused("said_otherwise", sentence, status=409)
    FormSaying.objects.bulk_create(
        FormSaying(layout=layout, place=place, field=field, value=value, **signed(by, at))
        for (place, field), value in merged.changes.items()
    )
    return len(merged.changes)


@transaction.atomic
def lay_aside(*, by: Actor, at: datetime, form: FormAsked, words: str) -> FormAnswer:
    """End a form that was brought by mistake. It stays on record here, and the public never sees it.

    Refuses: not_allowed unless a planner, or an officer of the unit that fills it, asks; no_reason; already_answered.
    """
    may_fill(by=by, at=at, unit=form.unit)
    if not words.strip():
        raise Refused("no_reason", _("Say why."))
    aside = FormAnswer(kind=FormAnswer.ASIDE, words=words.strip()[:500], **signed(by, at))
    return end(by=by, at=at, form=form, answer=aside)


def may_fill(*, by: Actor, at: datetime, unit: Unit) -> None:
    """Let a planner go on, and an officer of the unit, whatever `at`.

    Refuses: not_allowed for everybody else.
    """
    allow(by, Role.PLANNER, Role.OFFICER)
    if by.role == Role.OFFICER and by.unit != unit.name:
        raise Refused("not_allowed", _("Your role may not do this."), status=403)


def still_open(*, by: Actor, at: datetime, form: FormAsked) -> None:
    """Let whoever acts go on while a form waits, whatever `at`.

    Refuses: already_answered when it does not.
    """
    if FormAnswer.objects.filter(form=form).exists():
        raise _ended()


@transaction.atomic
def end(*, by: Actor, at: datetime, form: FormAsked, answer: FormAnswer) -> FormAnswer:
    """Give a form its one end, which the caller has made and signed.

    Refuses: already_answered when it has one.
    """
    still_open(by=by, at=at, form=form)
    answer.form = form
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
    except IntegrityError as error:
        # Two answer at once: a form ends once, the database keeps it so.
        if not FormAnswer.objects.filter(form=form).exists():
            raise
        raise _ended() from error
    return answer


def _ended() -> Refused:
    return Refused("already_answered", _("This form has been answered. Look at it."), status=409)


def _read(data: bytes) -> tuple[Sheet, ...]:
    try:
        sheets = read_form(data)
    except Unfit as unfit:
        raise Refused(unfit.code, _UNFIT[unfit.code]) from unfit
    texts = [text for one in sheets for kind, text in one.said.values() if kind == TEXT]
    # An office's name is no trait, and a people's share is a figure: what is left asks about persons.
    about = [text for text in texts if TRAIT.search(trait_in(text).replace(" ", "_"))]
    refuse_traits(about, texts, "\n".join(texts))
    return sheets


def _known(given: Mapping[mapping.Saying, str]) -> None:
    """Refuse a word that nobody knows; "" takes back what was said."""
    said = {
        field: {value for (_place, of), value in given.items() if of == field and value}
        for field in mapping.FIELDS
    }
    indicators = said[mapping.INDICATOR] - {mapping.NOT_ASKED}
    known = Indicator.objects.filter(code__in=indicators).values_list("code", flat=True)
    if indicators - set(known):
        raise Refused("unknown_indicator", _("There is no such indicator."))
    areas = said[mapping.AREA] - {mapping.OWN}
    if areas - set(Area.objects.filter(code__in=areas).values_list("code", flat=True)):
        raise Refused("unknown_area", _("There is no such place."))
    if not all(map(_is_period, said[mapping.PERIOD])):
        raise Refused("unknown_period", _("Say for which period: 2025, 2025-06."))
    if said[mapping.SCALE] - set(mapping.SCALES):
        raise Refused("unknown_scale", _("Choose one of the ways to count."))


def _is_period(value: str) -> bool:
    read = of_typed(mapping.from_own_back(value, "2020"))
    return read is not None and len(shown(read)) < 40
