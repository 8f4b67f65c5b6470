"""How what is wrong with a text, with a draft, and between two reports is said to a reader."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.text import Words
from linli.reports.rules.writing.linting import Finding

Table = dict[str, Words]

# Of the parser. What it is about stands behind the sentence.
WRONGS: Table = {
    "no_prompt": _("Say behind the colon what belongs into this passage."),
    "no_indicator_code": _("This is no code of an indicator."),
    "no_area_code": _("This is no code of a place: it has 6, 9 or 12 digits."),
    "no_period": _("This is no period: write this, last, 2019, 2019-03 or 2016/2020."),
    "unknown_way": _("A figure is said as value, change, before-after or words."),
    "no_indicators": _("A table names its indicators: indicators=code,code."),
    "three_lists": _("A table has rows and columns: name only one indicator, place or period."),
    "inside_alone": _("“inside” stands for all places inside, so no other stands beside it."),
    "too_many_cells": _("This table would have too many cells; at most:"),
    "not_an_option": _("This is no option: write name=value."),
    "unknown_option": _("There is no such option."),
    "option_twice": _("This option is given twice."),
    "not_closed": _("The two braces are not closed."),
    "too_deep": _("Headings go down to four marks."),
    "by_hand_alone": _("A passage by hand stands in a paragraph of its own."),
    "by_hand_inside": _("Inside a passage by hand there is no other."),
    "table_alone": _("A table stands in a paragraph of its own."),
    "too_many_figures": _("This text asks for too many figures; at most:"),
}
FINDINGS: Table = {
    "no_such_indicator": _("There is no such indicator"),
    "no_such_area": _("There is no such place"),
    "missing": _("Nothing is known of this place and period"),
    "no_year_before": _("Nothing firm is known of the year before"),
    "stale": _("What is known is older than the period’s end"),
    "contradicted": _("Another figure contradicts it"),
    "unreleased": _("It counts people and has not passed the release gate, or only staff see it"),
    "unwritten": _("Nobody has written this passage"),
    "claimed": _("Only claimed: nobody has checked it"),
    "typed_number": _("A number without a source stands in a passage"),
}
OUTCOMES: Table = {
    "contradicted": _("Cannot both be true"),
    "changed": _("Changed"),
    "gone": _("No longer said"),
    "new": _("Said for the first time"),
    "same": _("The same"),
}
OUTCOME_STATES = {
    "contradicted": "late",
    "changed": "soon",
    "gone": "soon",
    "new": "brand",
    "same": "plain",
}


def wrong(code: str) -> Words:
    """Return what is wrong with a line of a text."""
    return WRONGS[code]


def told(finding: Finding) -> dict[str, Any]:
    """Return a finding as a list shows it."""
    text = finding.code == "text"
    return {
        "error": finding.error,
        "words": WRONGS[finding.words] if text else FINDINGS[finding.code],
        "about": "" if text else finding.words,
        "figure": finding.figure,
        "passage": finding.passage,
        "line": finding.line,
        "against": finding.against,
    }
