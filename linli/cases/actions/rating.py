"""Rate: a token that says nothing of whom, offered once after the end, spent once for one of five grades."""

from datetime import datetime
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.cases.actions import steps
from linli.cases.models import Case, Rating, SpentToken
from linli.cases.rules import tokens
from linli.directory.models import Unit
from linli.kernel.actors import HOLDER, Actor, Role, allow
from linli.kernel.passphrases import keyed_hash
from linli.kernel.refusals import Refused
from linli.kernel.subjects import Gone


@transaction.atomic
def offer_rating(*, by: Actor = HOLDER, at: datetime, case: Case) -> str:
    """Return a token for one rating of the unit. That one was offered is kept, the token is not.

    Refuses: not_allowed for everybody but the person; not_closed before the person closed the case or the
    time to object was over; rating_offered the second time; gone when it was purged.
    """
    allow(by, Role.HOLDER)
    case = steps.held(by=by, at=at, case=case)
    if case.purged_at is not None:
        raise Gone
    if case.state != Case.CLOSED:
        raise Refused("not_closed", _("One rates when the case is closed."))
    if case.rating_offered:
        raise Refused("rating_offered", _("The rating was offered already."))
    case.rating_offered = True
    case.save(update_fields=["rating_offered"])
    said = tokens.Token(case.unit.code, case.kind, localdate(at).replace(day=1))
    return tokens.new_token(said, _mark)


@transaction.atomic
def rate(*, by: Actor = HOLDER, token: str, grade: int, solved: str, at: datetime) -> Rating:
    """Keep one grade for a unit in a month, and that this token is spent; nothing joins the two.

    Refuses: not_allowed for staff; token_unknown for one that we did not give, or whose time is over;
    grade_unknown unless it is one of five; solved_unknown; token_spent the second time.
    """
    allow(by, Role.HOLDER)
    said = tokens.read_token(token, _mark)
    unit = Unit.objects.filter(code=said.unit).first() if said else None
    if said is None or unit is None or localdate(at) >= tokens.lapses_on(said.month):
        raise Refused(
            "token_unknown", _("This rating cannot be given, or not any more."), status=404
        )
    if grade not in dict(Rating.GRADES):
        raise Refused("grade_unknown", _("Choose one of the five grades."))
    if solved not in dict(Rating.SOLVED):
        raise Refused("solved_unknown", _("Say whether it was solved."))
    try:
        with transaction.atomic():
            SpentToken.objects.create(
                digest=tokens.digest_of(token), month=tokens.lapses_on(said.month)
            )
    except IntegrityError:
        # Two at the same moment: the database lets one of them spend it.
        raise Refused("token_spent", _("This rating was given already."), status=409) from None
    return Rating.objects.create(
        id=uuid4(), unit=unit, kind=said.kind, month=said.month, grade=grade, solved=solved
    )


def _mark(said: str) -> str:
    return keyed_hash("rating token", said)
