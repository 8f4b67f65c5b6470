"""The tables of the assessments."""

from linli.assessments.models.assessment import Assessment, Backing, Sheet
from linli.assessments.models.award import Award, AwardStep, Honour, HonourName
from linli.assessments.models.candidacy import Candidacy, Step
from linli.assessments.models.draft import Draft
from linli.assessments.models.draw import Draw, Inspector, Lot, Recusal
from linli.assessments.models.impact import (
    Affected,
    Hazard,
    Impact,
    ImpactQuerySet,
    ImpactTask,
    Mitigation,
    Ruling,
)
from linli.assessments.models.inspection import (
    CorrectionCheck,
    CorrectionOrder,
    Finding,
    Inspection,
    PremisesReply,
    SheetSignature,
)
from linli.assessments.models.instrument import Edition, Instrument
from linli.assessments.models.notice import Decision, Notice, Result
from linli.assessments.models.objection import (
    Objection,
    ObjectionWords,
    Resolution,
    ResultReply,
)
from linli.assessments.models.poll import Box, Poll, PollMatter, Sheaf, Slip
from linli.assessments.models.scheme import Category, Round, Scheme
from linli.assessments.models.score import Score
from linli.assessments.models.subject import Conflict, Subject

__all__ = [
    "Affected",
    "Assessment",
    "Award",
    "AwardStep",
    "Backing",
    "Box",
    "Candidacy",
    "Category",
    "Conflict",
    "CorrectionCheck",
    "CorrectionOrder",
    "Decision",
    "Draft",
    "Draw",
    "Edition",
    "Finding",
    "Hazard",
    "Honour",
    "HonourName",
    "Impact",
    "ImpactQuerySet",
    "ImpactTask",
    "Inspection",
    "Inspector",
    "Instrument",
    "Lot",
    "Mitigation",
    "Notice",
    "Objection",
    "ObjectionWords",
    "Poll",
    "PollMatter",
    "PremisesReply",
    "Recusal",
    "Resolution",
    "Result",
    "ResultReply",
    "Round",
    "Ruling",
    "Scheme",
    "Score",
    "Sheaf",
    "Sheet",
    "SheetSignature",
    "Slip",
    "Step",
    "Subject",
]
