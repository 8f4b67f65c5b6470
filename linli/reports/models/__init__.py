"""What the reports engine keeps."""

from linli.reports.models.report import Report, ReportQuerySet, Step
from linli.reports.models.verdict import Taken, Verdict

__all__ = ["Report", "ReportQuerySet", "Step", "Taken", "Verdict"]
