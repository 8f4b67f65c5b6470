"""How the demo's tables of services and stations are written: short forms for hours, rules, papers, steps."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from linli.directory.actions import (
    CostDraft,
    DocumentDraft,
    LanguageDraft,
    ScheduleDraft,
    StageDraft,
)
from linli.directory.rules.hours import DAYS, weekly

SINCE = date(2024, 1, 1)


def weekdays(text: str) -> tuple[int, ...]:
    """Read "MO-FR,SU" as weekdays, 0 being Monday."""
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        found += range(DAYS.index(first), DAYS.index(last or first) + 1)
    return tuple(found)


def schedules(text: str) -> tuple[ScheduleDraft, ...]:
    """Read "MO-FR 09:00-12:00 14:00-17:00; 1SU 10:00-12:00 open" as opening hours."""
    return tuple(one for rule in text.split("; ") for one in _spans(*rule.split()))


def _spans(days: str, *spans: str) -> Iterator[ScheduleDraft]:
    monthly = any(sign.isdigit() for sign in days)
    rrule = f"FREQ=MONTHLY;BYDAY={days}" if monthly else weekly(weekdays(days))
    days_off = "open" if spans[-1] == "open" else "closed"
    for span in spans:
        if span != "open":
            opens_at, closes_at = map(time.fromisoformat, span.split("-"))
            yield ScheduleDraft(
                rrule=rrule, opens_at=opens_at, closes_at=closes_at, starts_on=SINCE, days_off=days_off
            )  # fmt: skip


def languages(rows: list[list[str]]) -> tuple[LanguageDraft, ...]:
    """Read rows of language, weekdays and way; what stands twice is one."""
    said = (
        LanguageDraft(language=language, weekday=day, mode=mode)
        for language, days, mode in rows
        for day in weekdays(days)
    )
    return tuple(dict.fromkeys(said))


def documents(text: str) -> tuple[DocumentDraft, ...]:
    """Read "name=form=copies=without|…" as papers to bring."""
    return tuple(
        DocumentDraft(name=name, form=form, copies=int(copies or 1), without=without)
        for name, form, copies, without in _cells(text, 4)
    )


def stages(text: str) -> tuple[StageDraft, ...]:
    """Read "name=days=words|…" as steps."""
    return tuple(
        StageDraft(name=name, days=int(days) if days else None, words=words)
        for name, days, words in _cells(text, 3)
    )


def costs(text: str) -> tuple[CostDraft, ...]:
    """Read "yuan=for|…" as prices."""
    return tuple(
        CostDraft(amount=100 * int(yuan), option=option) for yuan, option in _cells(text, 2)
    )


def rules(text: str, area: str) -> tuple[Mapping[str, Any], ...]:
    """Read "age:16-60=reason=help|any:lives,holds 居住证=reason=help" as rules of eligibility."""
    return tuple(
        _rule(said, area) | {"reason": reason, "help": helps}
        for said, reason, helps in _cells(text, 3)
    )


def _rule(said: str, area: str) -> dict[str, Any]:
    kind, _, rest = said.partition(":")
    if kind == "any":
        return {"kind": "any", "of": [_simple(part, area) for part in rest.split(",")]}
    return _simple(f"{kind} {rest.replace(':', ' ')}", area)


def _simple(said: str, area: str) -> dict[str, Any]:
    kind, *rest = said.split()
    if kind == "lives":
        return {"kind": "lives_in", "areas": [area]}
    if kind == "holds":
        return {"kind": "holds", "document": rest[0]}
    if kind == "age":
        return {"kind": "age", **_range(rest[0])}
    if kind == "amount":
        return {"kind": "amount", "of": rest[0], **_range(rest[1])}
    return {"kind": "situation", "of": rest[0] if rest else kind}


def _range(text: str) -> dict[str, int]:
    low, _, high = text.partition("-")
    return {name: int(value) for name, value in (("from", low), ("until", high)) if value}


def _cells(text: str, count: int) -> Iterator[list[str]]:
    for part in filter(None, text.split("|")):
        yield [*part.split("="), *[""] * count][:count]
