"""Stages, sources and levels in words, each stage with its lamp: the same in the console and in public."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.assessments.models import Assessment
from linli.assessments.rules import leaving
from linli.assessments.rules import stages as rule
from linli.kernel.text import Words

STAGES: dict[str, Words] = {
    rule.APPLY: pgettext_lazy("stage", "Applications"),
    rule.SELF: pgettext_lazy("stage", "Self check"),
    rule.CROSS: pgettext_lazy("stage", "Cross check"),
    rule.SITE: pgettext_lazy("stage", "Site check"),
    rule.POLL: pgettext_lazy("stage", "Poll"),
    rule.SCORE: pgettext_lazy("stage", "Score"),
    rule.NOTICE: pgettext_lazy("stage", "Public notice"),
    rule.DECISION: pgettext_lazy("stage", "Decision"),
    rule.NAMED: pgettext_lazy("stage", "Named"),
    rule.RECHECK: pgettext_lazy("stage", "Re-check"),
    rule.WITHDRAWN: pgettext_lazy("stage", "Withdrawn"),
    rule.DECLINED: pgettext_lazy("stage", "Not named"),
    rule.LEFT: pgettext_lazy("stage", "Left the round"),
}
_SHAPES = {
    rule.NAMED: "done",
    rule.WITHDRAWN: "late",
    rule.DECLINED: "plain",
    rule.LEFT: "plain",
    rule.RECHECK: "soon",
}
LAMPS: dict[str, tuple[str, Words]] = {
    stage: (_SHAPES.get(stage, "note"), words) for stage, words in STAGES.items()
}
KINDS: dict[str, Words] = dict(Assessment.KINDS)
SOURCES: dict[str, Words] = {source: STAGES[source] for source in rule.SOURCES}
# What keeps a candidate in a stage.
HINDRANCES: dict[str, Words] = {
    leaving.DAY_TO_COME: _("The last day to apply has not passed."),
    leaving.NO_TASK: _("Nobody was asked to do this check."),
    leaving.NOT_DONE: _("Not everybody who was asked has handed in."),
    leaving.POLL_OPEN: _("The poll is not over."),
    leaving.NOT_HERE: _("From here it is told, decided and named one by one."),
}


def level_name(levels: Sequence[Mapping[str, Any]], key: str) -> str:
    """Return the name of a scheme's level, the key itself where the scheme has no such level."""
    return next((str(one["name"]) for one in levels if one["key"] == key), key)


def percent(share: int) -> str:
    """Return hundredths of a percent as a percentage, with the two places that it has."""
    return f"{share // 100}.{share % 100:02d}"
