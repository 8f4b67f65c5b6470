"""What the five reports count, as indicators: one definition for all places, so that they compare."""

from collections.abc import Iterator
from datetime import datetime

from linli.demo.tables import rows
from linli.facts.actions import IndicatorDraft, define
from linli.facts.models import Indicator
from linli.kernel.actors import Actor


def drafts() -> Iterator[IndicatorDraft]:
    """Yield the indicators as somebody would write them down."""
    for code, unit, kind, marks, name, name_hant, name_en, definition in rows("indicators.tsv"):
        yield IndicatorDraft(
            code=code,
            unit=unit,
            kind=kind,
            name=name,
            name_hant=name_hant,
            name_en=name_en,
            definition=definition,
            computed_by="官方统计" if "o" in marks else "各地工作报告",
            adds_up="+" in marks,
            about_people="p" in marks,
            official_only="o" in marks,
        )


def define_all(*, by: Actor, at: datetime) -> None:
    """Define the indicators that are missing."""
    known = set(Indicator.objects.values_list("code", flat=True))
    for draft in drafts():
        if draft.code not in known:
            define(by=by, at=at, draft=draft)
