"""Define what can be known. An indicator's meaning never changes: another meaning is another code."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.facts.models import Indicator
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.traits import TRAIT

# Whether it counts persons, whatever the box says.
_PERSONS = re.compile(
    r"人口|人数|人數|居民|住户|群众|群眾|(?<![a-z])(people|persons?|residents?|inhabitants|population)",
    re.IGNORECASE,
)
# Which group they belong to: such figures come from official statistics alone (PRIVACY 9).
_GROUP = re.compile(
    r"少数民族|少數民族|民族(?:成份|成分|构成|構成)|族别|族別|[汉漢回藏壮壯苗彝满滿傣侗瑶瑤白]族|维吾尔|維吾爾|蒙古族"
    r"|朝鲜族|哈萨克|土家族|minorit|nationalit|(?<![a-z])ethnic",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorDraft:
    """One indicator as somebody writes it down."""

    code: str
    name: str
    unit: str
    kind: str
    definition: str
    computed_by: str
    name_hant: str = ""
    name_en: str = ""
    adds_up: bool = False
    about_people: bool = False
    official_only: bool = False
    public: bool = True


@transaction.atomic
def define(
    *, by: Actor, at: datetime, draft: IndicatorDraft, released_from: Indicator | None = None
) -> Indicator:
    """Add an indicator; released_from: the one whose public twin it is.

    Refuses: not_allowed unless a planner asks; not_an_indicator when a field is missing or a code
    badly formed; code_taken when another one bears the code; trait_of_a_person for what nobody may
    count about persons; official_only_needed for a share of a group that is not marked so.
    """
    allow(by, Role.PLANNER)
    _refuse_traits(draft)
    indicator = Indicator(**asdict(draft), released_from=released_from)
    try:
        indicator.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise Refused("not_an_indicator", "; ".join(error.messages)) from error
    try:
        with transaction.atomic():
            indicator.save(force_insert=True)
    except IntegrityError as error:
        raise Refused("code_taken", _("Another indicator bears this code.")) from error
    return indicator


def _refuse_traits(draft: IndicatorDraft) -> None:
    said = f"{draft.name} {draft.name_hant} {draft.name_en} {draft.code}".replace("_", " ")
    if not (draft.about_people or _PERSONS.search(f"{said} {draft.unit}")):
        return
    if TRAIT.search(_GROUP.sub(" ", said).replace(" ", "_")):
        raise Refused(
            "trait_of_a_person",
            _("This would count a trait of persons. Linli keeps none, and counts none."),
        )
    if _GROUP.search(said) and not draft.official_only:
        raise Refused(
            "official_only_needed",
            _("Figures about a group of people come from official statistics only: mark it so."),
        )
