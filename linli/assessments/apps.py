"""The engine of assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Instruments, schemes, assessments, scores, polls, inspections."""

    name = "linli.assessments"
    label = "assessments"
