"""Priority areas in words: which areas a rule names, by which share, and whom the money by it reaches."""

from typing import Any

from django.utils.translation import gettext_lazy

from linli.facts.schemas import telling
from linli.funds.models import Criterion, Priority
from linli.funds.queries.priorities import Ground, Ranked, ground, ranked
from linli.funds.rules import priorities as rule
from linli.funds.schemas.attested_words import fact
from linli.kernel.text import Words

STATES: dict[str, tuple[str, Words]] = {
    rule.PRIORITY: ("done", gettext_lazy("priority area")),
    rule.CLAIMED: ("soon", gettext_lazy("claimed only, so not yet")),
    rule.UNSURE: ("note", gettext_lazy("not certain")),
    rule.BELOW: ("plain", gettext_lazy("below")),
}


def told_rule(priority: Priority) -> dict[str, Any]:
    """Return a rule with every area of which the share is known."""
    areas = ranked(priority)
    return {
        "priority": priority,
        "threshold": telling.told(priority.threshold, "exact", priority.indicator.unit),
        "areas": [_area(one) for one in areas],
        "count": sum(one.state == rule.PRIORITY for one in areas),
        "source": priority.evidence,
        "address": telling.safe_address(priority.evidence.address),
    }


def told_grounds(criteria: list[Criterion], *, public: bool = False) -> list[Ground]:
    """Return what each criterion comes to; `public`: of what everybody may see."""
    return [ground(one, public=public) for one in criteria]


def _area(one: Ranked) -> dict[str, Any]:
    return {"area": one.area, "share": fact(one.fact), "status": STATES[one.state]}
