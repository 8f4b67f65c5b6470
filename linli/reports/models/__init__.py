"""What the reports engine keeps."""

from linli.reports.models.answered import AnsweredCell, FormAnswer, FormTold
from linli.reports.models.asked import FormAsked, FormAskedQuerySet, FormLayout, FormSaying
from linli.reports.models.report import Report, ReportQuerySet, Step
from linli.reports.models.verdict import Taken, Verdict
from linli.reports.models.writing import (
    FigureSaid,
    HandText,
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
    "FormLayout",
    "FormSaying",
    "FormTold",
    "HandText",
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
