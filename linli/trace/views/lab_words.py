"""What laboratories say, in words: results, why one is none, what is needed next, why something is not public yet."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.text import Words
from linli.trace.rules.laboratory.confirming import Standing

RESULTS: Final[dict[str, tuple[str, Words]]] = {
    "detected": ("late", pgettext_lazy("test", "detected")),
    "not_detected": ("plain", pgettext_lazy("test", "not detected")),
    "inconclusive": ("soon", pgettext_lazy("test", "not decided")),
    "invalid": ("soon", pgettext_lazy("test", "invalid")),
}
SAMPLE_STATES: Final[dict[str, str]] = {
    "planned": "note",
    "taken": "note",
    "on_the_way": "note",
    "received": "note",
    "refused": "late",
    "in_test": "soon",
    "tested": "done",
    "disposed": "plain",
    "left_out": "plain",
}
PLAN_STATES: Final[dict[str, tuple[str, Words]]] = {
    "waits": ("note", _("waits for its list")),
    "closed": ("soon", _("waits for the log")),
    "late": ("late", _("late")),
    "drawn": ("done", _("drawn")),
    "withdrawn": ("plain", _("taken back")),
}
REASONS: Final[dict[str, Words]] = {
    "control_failed": _("a control of the run failed"),
    "too_few_replicates": _("too few replicates"),
    "sample_control_failed": _("the sample's own DNA did not show"),
    "grey_zone": _("between the cut-offs"),
    "replicates_differ": _("the replicates contradict each other"),
    "spread": _("the replicates lie too far apart"),
    "curve_not_judged": _("a curve was not judged"),
    "no_curve": _("a curve is no amplification"),
}
NEEDS: Final[dict[str, Words]] = {
    "": _("Nothing more is needed."),
    "retest": _("It has to be tested again."),
    "second_run": _("A second run has to confirm it, from DNA extracted anew."),
    "counter_sample": _("The sealed counter-sample decides, in another laboratory."),
    "experts": _("Counter-samples contradict each other: experts look at it."),
}
WHYS: Final[dict[str, Words]] = {
    "missing": _("missing"),
    "excluded": _("set aside"),
    "signal": _("a signal where none may be"),
    "no_signal": _("no signal"),
    "outside_window": _("outside its window"),
    "curve_not_judged": _("a curve was not judged"),
    "no_curve": _("a curve is no amplification"),
}
ROLES: Final[dict[str, Words]] = {
    "sample": _("Sample"),
    "standard": _("Standard of known amount"),
    "ntc": _("No-template control"),
    "negative": _("Negative control"),
    "extraction": _("Extraction blank"),
    "positive": _("Positive control"),
    "inhibition": _("Inhibition control"),
}
BREAKS: Final[dict[str, Words]] = {
    "before_the_last": _("earlier than the handing-over before"),
    "another_giver": _("handed over by another post than had it"),
    "another_seal": _("another seal than was put on"),
    "seal_broken": _("the seal was broken"),
    "too_long": _("too long on the way"),
    "temperature": _("outside the temperatures"),
    "not_measured": _("the temperature was not measured"),
}
NOT_PUBLIC: Final[dict[str, Words]] = {
    "no_result": _("It says neither detected nor not detected."),
    "not_approved": _("Nobody has approved it yet."),
    "not_final": _("More tests are needed, or tests since then say otherwise."),
    "custody_broken": _("The chain of custody is broken: nobody is accused by it."),
    "counter_sample_pending": _("The counter-sample is still to be tested."),
    "not_told": _("The operator was not told yet."),
    "operator_may_reply": _("The operator may still reply."),
}
FAULTS: Final[dict[str, Words]] = {
    "missing": _("is empty"),
    "not_a_ct": _("is no Ct"),
    "not_a_well": _("is no well"),
    "unknown_role": _("is a role that is not known"),
    "role_missing": _("says no role, and the method does not either"),
    "role_contradicts": _("contradicts the role that the method gives this name"),
    "not_a_number": _("is no number"),
    "not_yes_or_no": _("is neither yes nor no"),
    "unknown_sample": _("names a sample that the file does not describe"),
    "digital": _("is of digital PCR, which is not read"),
    "twice": _("is there twice"),
    "unknown_target": _("is a target that the method does not look for"),
    "no_sample": _("names no sample"),
    "ct_outside": _("has a Ct outside the cycles"),
    "no_quantity": _("is a standard without its amount"),
    "not_a_label": _("is no sample of ours"),
}
COLUMNS: Final[dict[str, Words]] = {
    "": _("The well"),
    "place": _("Well"),
    "target": _("Target"),
    "sample": _("Sample"),
    "role": _("Role"),
    "ct": _("Ct"),
    "quantity": _("Amount"),
    "omit": _("Set aside"),
    "curve": _("Curve"),
}
UNREADABLE: Final[dict[str, Words]] = {
    "too_large": _("This file is too large."),
    "not_text": _("This file is no text."),
    "not_a_table": _("No line of this has the columns of well, target and Ct."),
    "damaged": _("This file is damaged."),
    "encrypted": _("This file is encrypted."),
    "not_rdml": _("This is no RDML file."),
    "which_run": _("There are several runs in this file: say which."),
}


def result_told(result: str) -> tuple[str, Words]:
    """Return the state and the word of a result: never that something is in order."""
    return RESULTS[result]


def standing_told(standing: Standing) -> tuple[str, Words, Words]:
    """Return how a target of a sample stands: state, word, and what is needed next."""
    state, words = RESULTS[standing.result]
    return (state if standing.is_final else "soon"), words, NEEDS[standing.needs]
