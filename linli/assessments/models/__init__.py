"""The tables of the assessments."""

from linli.assessments.models.assessment import Assessment, Backing, Sheet
from linli.assessments.models.candidacy import Candidacy, Step
from linli.assessments.models.instrument import Edition, Instrument
from linli.assessments.models.scheme import Category, Round, Scheme
from linli.assessments.models.subject import Conflict, Subject

__all__ = [
    "Assessment",
    "Backing",
    "Candidacy",
    "Category",
    "Conflict",
    "Edition",
    "Instrument",
    "Round",
    "Scheme",
    "Sheet",
    "Step",
    "Subject",
]
