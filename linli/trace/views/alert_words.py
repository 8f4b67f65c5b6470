"""What an alert says, in the reader's language, out of its kind and what it names."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from linli.kernel.text import Words
from linli.trace.models import Alert

_LAMPS: Final = {
    Alert.EXPIRY: "soon",
    Alert.CHECK: "late",
    Alert.ADVERSE: "late",
    Alert.CHAIN: "note",
    Alert.RECALL: "late",
}
_SENTENCES: Final = {
    "runs_out": gettext_noop("%(number)s of %(operator)s (%(name)s) runs out after %(until)s."),
    "ran_out": gettext_noop(
        "%(number)s of %(operator)s (%(name)s) runs out: %(until)s is its last day."
    ),
    "work": gettext_noop("%(operator)s worked at %(name)s on %(on)s, where no permit was valid."),
    Alert.ADVERSE: gettext_noop(
        "A laboratory confirmed in sample %(sample)s from %(name)s what should not be there."
    ),
    Alert.CHAIN: gettext_noop(
        "%(operator)s used %(name)s, and nobody has told where that came from."
    ),
    Alert.RECALL: gettext_noop("%(operator)s has %(name)s, which is being recalled."),
    "drill": gettext_noop("A drill: %(operator)s has %(name)s, which is recalled as an exercise."),
    "moved": gettext_noop("%(name)s is being recalled, and was moved or sold all the same."),
}


class AlertTold(NamedTuple):
    """One alert, ready to be shown."""

    alert: Alert
    state: str
    kind: Words
    words: str


class _Said(dict[str, object]):
    """What an alert names; what it does not name is a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


def alert_told(alert: Alert) -> AlertTold:
    """Return an alert with its words; a settled one is done."""
    state = "done" if alert.settled_at else _LAMPS[alert.kind]
    return AlertTold(alert, state, alert.get_kind_display(), _words(alert.kind, alert.said))


def _words(kind: str, said: Mapping[str, object]) -> str:
    named = _Said(said)
    if kind == Alert.CHECK:
        grave = said.get("grave")
        sentence = ngettext(
            "An inspection of %(name)s on %(on)s found %(grave)s grave thing.",
            "An inspection of %(name)s on %(on)s found %(grave)s grave things.",
            grave if isinstance(grave, int) else 1,
        )
        return sentence % named
    return _(_SENTENCES[_way(kind, said)]) % named


def _way(kind: str, said: Mapping[str, object]) -> str:
    """Return which sentence tells it."""
    if kind == Alert.EXPIRY:
        if said.get("what") == "work":
            return "work"
        return "ran_out" if said.get("days") == 0 else "runs_out"
    if kind == Alert.RECALL:
        if said.get("drill"):
            return "drill"
        return kind if "operator" in said else "moved"
    return kind
