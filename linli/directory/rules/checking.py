"""What is wrong with a draft, as stable codes: forms, actions and the dry run of an import say the same."""

from collections.abc import Iterable, Iterator
from dataclasses import fields

from linli.directory.rules.access import unknown_ways
from linli.directory.rules.drafts import (
    CostDraft,
    DocumentDraft,
    Draft,
    LanguageDraft,
    LocationDraft,
    OfferDraft,
    OrganizationDraft,
    Part,
    PhoneDraft,
    ScheduleDraft,
    ServiceDraft,
    StageDraft,
)
from linli.directory.rules.eligibility_grammar import grammar_fault
from linli.directory.rules.hours import rule_fault
from linli.directory.rules.languages import MODES, is_tag

STATUSES = ("active", "temporarily closed", "defunct")
KINDS = ("station", "hall", "centre", "venue", "office")
FORMS = ("original", "copy", "original and copy", "electronic", "declaration")
DAYS_OFF = ("closed", "open")
MOST_PARTS = 100
_LONGEST: dict[type, dict[str, int]] = {
    OrganizationDraft: {"name": 120, "website": 200, "email": 254, "description": 10_000},
    ServiceDraft: dict.fromkeys(("description", "eligibility", "basis", "alert"), 10_000)
    | {"name": 120},
    LocationDraft: {"name": 120, "address": 200, "transport": 200, "description": 10_000},
    OfferDraft: {"window": 40, "description": 240},
    PhoneDraft: {"number": 30, "extension": 10, "description": 120},
    DocumentDraft: {"name": 120, "without": 240},
    StageDraft: {"name": 60, "words": 240},
    CostDraft: {"option": 120, "currency": 3},
    ScheduleDraft: {"rrule": 200, "note": 240},
    LanguageDraft: {"language": 20},
}
LARGEST = 32_767  # what a small number may be
_DIALLED = frozenset("0123456789 +-()#*转")


def faults(draft: Draft) -> tuple[str, ...]:
    """Return the codes of everything that is wrong with a draft, each once."""
    return tuple(dict.fromkeys([*_too_long(draft), *_faults(draft)]))


def _too_long(draft: Draft) -> Iterator[str]:
    values = [getattr(draft, one.name) for one in fields(draft)]
    parts = [
        p for value in values if isinstance(value, tuple) for p in value if isinstance(p, Part)
    ]
    if any(
        len(getattr(thing, name)) > longest
        for thing in (draft, *parts)
        for name, longest in _LONGEST[type(thing)].items()
    ):
        yield "too_long"
    if len(parts) > MOST_PARTS:
        yield "too_many_parts"


def _faults(draft: Draft) -> Iterator[str]:
    if isinstance(draft, ServiceDraft):
        yield from _name(draft.name)
        yield from _service(draft)
        yield from _phones(draft.phones)
    elif isinstance(draft, LocationDraft):
        yield from _name(draft.name)
        yield from _location(draft)
        yield from _phones(draft.phones)
        yield from _schedules(draft.schedules)
    elif isinstance(draft, OrganizationDraft):
        yield from _name(draft.name)
        yield from _phones(draft.phones)
    else:
        yield from _schedules(draft.schedules)


def _name(name: str) -> Iterator[str]:
    if not name.strip():
        yield "no_name"


def _service(draft: ServiceDraft) -> Iterator[str]:
    if draft.status not in STATUSES:
        yield "unknown_status"
    promised, statutory = draft.promised_days, draft.statutory_days
    if promised is not None and statutory is not None and promised > statutory:
        yield "promises_more_than_the_law"
    if any(number is not None and not 0 <= number <= LARGEST for number in _numbers(draft)):
        yield "number_out_of_range"
    if any(cost.amount < 0 or cost.amount > 10**9 for cost in draft.costs):
        yield "number_out_of_range"
    if fault := grammar_fault(draft.rules):
        yield fault
    yield from _documents(draft.documents)
    if any(not stage.name.strip() for stage in draft.stages):
        yield "no_name"


def _numbers(draft: ServiceDraft) -> list[int | None]:
    days = [stage.days for stage in draft.stages]
    return [draft.promised_days, draft.statutory_days, draft.visits, *days]


def _documents(documents: Iterable[DocumentDraft]) -> Iterator[str]:
    for document in documents:
        yield from _name(document.name)
        if document.form not in FORMS:
            yield "unknown_form"
        if not 1 <= document.copies <= 99:
            yield "number_out_of_range"


def _location(draft: LocationDraft) -> Iterator[str]:
    if draft.kind not in KINDS:
        yield "unknown_kind"
    if unknown_ways(draft.access):
        yield "unknown_way_in"
    if draft.tile is not None and not all(0 <= number <= 99 for number in draft.tile):
        yield "not_on_the_map"
    yield from _languages(draft.languages)


def _languages(languages: tuple[LanguageDraft, ...]) -> Iterator[str]:
    if any(not is_tag(one.language) or len(one.language) > 20 for one in languages):
        yield "unknown_language"
    if any(one.mode not in MODES or not 0 <= one.weekday <= 6 for one in languages):
        yield "unknown_way_of_speaking"
    if len({(one.language, one.weekday, one.mode) for one in languages}) < len(languages):
        yield "language_stands_twice"


def _schedules(schedules: Iterable[ScheduleDraft]) -> Iterator[str]:
    for one in schedules:
        if fault := rule_fault(one.rrule):
            yield fault
        if one.closes_at <= one.opens_at:
            yield "closes_before_it_opens"
        if one.valid_until and one.valid_until <= one.starts_on:
            yield "ends_before_it_begins"
        if one.days_off not in DAYS_OFF:
            yield "unknown_days_off"


def _phones(phones: Iterable[PhoneDraft]) -> Iterator[str]:
    for phone in phones:
        if not phone.number.strip() or set(phone.number) - _DIALLED:
            yield "not_a_number"
