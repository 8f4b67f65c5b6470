"""From a concern about food to a case: begun on the look-up, asked in the form of all cases, answered as all are.

Which premises and which lot stand where the person says where, sealed with all else; counted is how many concerns a
month there are about premises, and nothing leads from there to a case.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from linli.cases.models import Topic
from linli.cases.queries.concerns import concerns_since
from linli.trace.events import Concern
from linli.trace.models import Lot, Premises

KIND = "food"
# The town's topic for food: its own, else that of the office which supervises markets.
TOPICS = ("food", "market")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many concerns about premises became cases."""

    premises: Premises
    count: int


def topic_for_food() -> Topic | None:
    """Return what concerns about food are asked under; None leaves it to the topic for all else."""
    found = {one.code: one for one in Topic.objects.asked_for().filter(code__in=TOPICS)}
    return next((found[code] for code in TOPICS if code in found), None)


def answers_of(concern: Concern, premises: Premises, lot: Lot | None) -> dict[str, str]:
    """Return what a concern answers beforehand in the form of the cases: topic, where, about what."""
    topic = topic_for_food()
    where = f"{premises.name}({premises.code}), {premises.area.name} {premises.street}"
    if lot is not None:
        where += "; " + gettext("%(product)s, lot %(number)s (%(code)s)") % {
            "product": lot.product.name, "number": lot.number, "code": lot.code,
        }  # fmt: skip
    answers = {"place": where, "about": f"{KIND}:{concern.premises}"}
    return answers | ({"topic": topic.code} if topic else {})


def counted_concerns(since: date) -> list[Counted]:
    """Return the premises about which there were concerns since a month, most first. Two queries."""
    counts = concerns_since(since, KIND)
    found = Premises.objects.filter(code__in=counts).select_related("operator__unit", "area")
    by_code = {one.code: one for one in found}
    return [Counted(by_code[code], n) for code, n in counts.items() if code in by_code]
