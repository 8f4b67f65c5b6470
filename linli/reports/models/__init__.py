"""What the reports engine keeps."""

from linli.reports.models.report import Report, ReportQuerySet, Step

__all__ = ["Report", "ReportQuerySet", "Step"]
