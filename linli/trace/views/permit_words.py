"""How applications, papers and certificates stand, in words and lamps."""

from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from linli.kernel.text import Words
from linli.kernel.working_days import working_days_between
from linli.trace.models import Application, ApplicationPaper, Certificate, Permit
from linli.trace.queries.permits import PERMIT
from linli.trace.queries.valid_then import LackTold, Then
from linli.trace.rules.applying import OPERATOR, turn_of
from linli.trace.views.premises_words import Told

_STAGE_LAMPS: Final = {
    Application.GRANTED: "done",
    Application.REFUSED: "late",
    Application.TAKEN_BACK: "plain",
    Application.LAPSED: "plain",
}
_PAPER_LAMPS: Final = {
    ApplicationPaper.WAITING: "note",
    ApplicationPaper.ACCEPTED: "done",
    ApplicationPaper.RETURNED: "late",
}
NEXT: Final[dict[str, Words]] = {
    Application.PAPERS: gettext_lazy(
        "Hand in what is missing. As soon as nothing is, the unit looks at it."
    ),
    Application.CHECKING: gettext_lazy("The unit looks at the papers. You need do nothing."),
    Application.VISIT: gettext_lazy(
        "Somebody comes to see the premises, on a day that is not told."
    ),
    Application.DECISION: gettext_lazy(
        "Somebody else than who looked at the papers decides, and gives the reasons."
    ),
}
_WHYS: Final[dict[str, Words]] = {
    "withdrawn": gettext_lazy("it was withdrawn"),
    "suspended": gettext_lazy("it was suspended"),
    "other_scope": gettext_lazy("it is for something else"),
    "expired": gettext_lazy("it had run out"),
    "not_yet": gettext_lazy("it did not hold yet"),
    "never": gettext_lazy("there is none on record"),
    "unknown_place": gettext_lazy("nobody has told at which premises"),
}
_STEPS: Final[dict[str, Words]] = {
    "creating_class_instance": pgettext_lazy("of goods", "Made"),
    "commissioning": pgettext_lazy("of goods", "Made"),
    "receiving": gettext_lazy("Taken in"),
    "accepting": gettext_lazy("Taken in"),
    "shipping": gettext_lazy("Sent on"),
    "departing": gettext_lazy("Sent on"),
    "storing": gettext_lazy("Stored"),
    "transporting": gettext_lazy("On the way"),
    "retail_selling": gettext_lazy("Sold over the counter"),
    "destroying": gettext_lazy("Thrown away"),
    "packing": gettext_lazy("Packed"),
    "inspecting": gettext_lazy("Looked at"),
    "sampling": gettext_lazy("A sample taken"),
}


class Due(NamedTuple):
    """Until when somebody must do something: whose turn, the day, how many working days are left in words."""

    turn: str
    on: date
    state: str
    words: str


def stage_told(application: Application) -> Told:
    """Return where an application stands."""
    lamp = _STAGE_LAMPS.get(application.stage)
    if lamp is None:
        lamp = "soon" if turn_of(application.stage) == OPERATOR else "note"
    return Told(lamp, application.get_stage_display())


def due_told(application: Application, today: date) -> Due | None:
    """Return until when who must do something, None once it is over."""
    if application.due_on is None:
        return None
    left = working_days_between(today, application.due_on)
    if left < 0:
        words = ngettext("%(n)s working day over", "%(n)s working days over", -left) % {"n": -left}
        return Due(turn_of(application.stage), application.due_on, "late", words)
    words = ngettext("%(n)s working day left", "%(n)s working days left", left) % {"n": left}
    state = "soon" if left <= 2 else "plain"
    return Due(turn_of(application.stage), application.due_on, state, words)


def handed_told(paper: ApplicationPaper) -> Told:
    """Return what became of a paper."""
    return Told(_PAPER_LAMPS[paper.state], paper.get_state_display())


def certificate_told(one: Certificate, today: date) -> Told:
    """Return how a certificate stands."""
    if one.struck_at is not None:
        return Told("late", pgettext("certificate", "struck"))
    if one.checked_at is None:
        return Told("note", pgettext("certificate", "not checked yet"))
    return _ending(one.valid_from, one.valid_until, today)


def ending_told(permit: Permit, at: datetime) -> Told | None:
    """Return that a permit runs out soon, None while there is time or it is over."""
    left = (permit.valid_until - localdate(at)).days
    if permit.state == Permit.WITHDRAWN or not 0 <= left <= 30:
        return None
    return Told("soon", _left(left))


def then_told(row: Then) -> dict[str, Any]:
    """Return one event of a lot with its papers, ready to be shown."""
    step = _STEPS.get(row.step, row.step)
    if row.event is not None and row.event.kind == "TransformationEvent":
        step = _("Went into something else") if row.used else pgettext("of goods", "Made")
    return {
        "row": row,
        "step": step,
        "lamp": Told("late", _("something was lacking")) if row.lacks else _held(row),
        "held": [(one, paper_named(one)) for one in row.held],
        "lacks": [(lack_name(one), _WHYS[one.why], one.paper) for one in row.lacks],
    }


def paper_named(paper: Permit | Certificate) -> str:
    """Return what a paper is called."""
    if isinstance(paper, Permit):
        return _("Permit %(number)s") % {"number": paper.number}
    return f"{paper.kind} {paper.number}"


def lack_name(lack: LackTold) -> str:
    """Return which kind of paper was lacking."""
    return _("Permit") if lack.kind == PERMIT else lack.name or lack.kind


def _held(row: Then) -> Told:
    if not row.asked:
        return Told("plain", _("asks for no paper"))
    return Told("done", _("every paper held"))


def _ending(first: date, last: date, today: date) -> Told:
    if today > last:
        return Told("late", pgettext("certificate", "run out"))
    if today < first:
        return Told("note", pgettext("certificate", "not valid yet"))
    left = (last - today).days
    if left <= 30:
        return Told("soon", _left(left))
    return Told("done", pgettext("certificate", "valid"))


def _left(days: int) -> str:
    if days == 0:
        return _("today is the last day")
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}
