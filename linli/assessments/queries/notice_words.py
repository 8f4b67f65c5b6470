"""How objections and awards stand, each with its lamp, and what an agreement allows to conclude."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.assessments.models import Award, Objection
from linli.assessments.rules.reliability import FAIR, GOOD, POOR, UNKNOWN
from linli.kernel.text import Words

AGREEMENT: dict[str, tuple[str, Words]] = {
    GOOD: ("done", _("reliable")),
    FAIR: ("soon", _("with caution")),
    POOR: ("late", _("not reliable")),
    UNKNOWN: ("plain", _("not known")),
}
AWARDS: dict[str, tuple[str, Words]] = {
    Award.IN_FORCE: ("done", _("in force")),
    Award.WARNED: ("soon", _("warned")),
    Award.WITHDRAWN: ("late", pgettext_lazy("honour", "withdrawn")),
}
_SHAPES = {Objection.UPHELD: "note", Objection.REJECTED: "plain", Objection.WITHDRAWN: "plain"}
_STATES: dict[str, Words] = dict(Objection.STATES)


def objection_lamp(objection: Objection, today: date) -> tuple[str, Words]:
    """Return how an objection stands: one that is open is late after its last day."""
    if objection.state != Objection.OPEN:
        return _SHAPES[objection.state], _STATES[objection.state]
    if objection.due_on < today:
        return "late", _("late")
    return "soon", _STATES[Objection.OPEN]
