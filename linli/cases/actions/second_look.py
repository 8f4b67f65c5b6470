"""What the second person reads who decides about emergency access: why it was asked for, and nothing else."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.rules.reasons import IN_AN_EMERGENCY
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.fields import unseal_text
from linli.kernel.looks import look
from linli.kernel.models import BreakGlass
from linli.kernel.refusals import Refused
from linli.kernel.subjects import key_of


@transaction.atomic
def read_reason(*, by: Actor, at: datetime, glass: BreakGlass) -> str:
    """Return why somebody wants to look without leave, to the one who decides; that is a look as well.

    Refuses: not_allowed unless a supervisor decides; second_person for the unit that asked; gone when it
    was purged; not_logged when the look cannot be written.
    """
    allow(by, Role.SUPERVISOR)
    if not by.unit or by.unit == glass.by_unit or by.name == glass.by_name:
        sentence = _("A second person, of another unit, decides about emergency access.")
        raise Refused("second_person", sentence, status=404)
    key = key_of(glass.subject, at=at)
    look(
        by=by, at=at, subject=glass.subject, verb="opened", about=glass.about,
        purpose=IN_AN_EMERGENCY, fields=["reason"],
    )  # fmt: skip
    return unseal_text(glass, key, "reason")
