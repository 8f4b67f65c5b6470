"""What the reports engine keeps."""

from linli.reports.models.answered import AnsweredCell, FormAnswer, FormChoice, FormTold
from linli.reports.models.asked import FormAsked, FormAskedQuerySet, FormLayout, FormSaying
from linli.reports.models.report import Report, ReportQuerySet, Step
from linli.reports.models.verdict import Taken, Verdict
from linli.reports.models.writing import (
    FigureSaid,
    HandText,
    LaidText,
    Publication,
    Template,
    TemplateVersion,
    Written,
    WrittenQuerySet,
)

__all__ = [
    "AnsweredCell",
    "FigureSaid",
    "FormAnswer",
    "FormAsked",
    "FormAskedQuerySet",
    "FormChoice",
    "FormLayout",
    "FormSaying",
    "FormTold",
    "HandText",
    "LaidText",
    "Publication",
    "Report",
    "ReportQuerySet",
    "Step",
    "Taken",
    "Template",
    "TemplateVersion",
    "Verdict",
    "Written",
    "WrittenQuerySet",
]
