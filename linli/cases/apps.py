"""The engine of cases: anyone can ask for help, and every promise of an answer has its clock."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Requests, complaints, petitions, legal aid, suggestions, corrections."""

    name = "linli.cases"
    label = "cases"
