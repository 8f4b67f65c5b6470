"""What the engine of food supervision keeps."""

from linli.trace.models.alert import Alert
from linli.trace.models.application import (
    Application,
    ApplicationPaper,
    ApplicationStep,
    PaperKind,
    Withdrawal,
)
from linli.trace.models.asking import NamedQuery, ThingTold
from linli.trace.models.book import BookLine, BookSheet
from linli.trace.models.certificate import Certificate, ExpiryNotice
from linli.trace.models.event import Capture, Event, EventLink, EventThing, Thing
from linli.trace.models.goods import Lot, Product
from linli.trace.models.lookup import LookupCount
from linli.trace.models.method import Method, Run, Well
from linli.trace.models.operator import Operator, OperatorKey, Premises, Visit
from linli.trace.models.permit import Permit, PermitStep
from linli.trace.models.recall import Recall, RecallCount, RecallReach, RecallTold
from linli.trace.models.reply import OperatorReply
from linli.trace.models.report import Appraisal, Finding, Hearing, Report
from linli.trace.models.sample import Handing, Sample
from linli.trace.models.sample_plan import SamplePlan

__all__ = [
    "Alert",
    "Application",
    "ApplicationPaper",
    "ApplicationStep",
    "Appraisal",
    "BookLine",
    "BookSheet",
    "Capture",
    "Certificate",
    "Event",
    "EventLink",
    "EventThing",
    "ExpiryNotice",
    "Finding",
    "Handing",
    "Hearing",
    "LookupCount",
    "Lot",
    "Method",
    "NamedQuery",
    "Operator",
    "OperatorKey",
    "OperatorReply",
    "PaperKind",
    "Permit",
    "PermitStep",
    "Premises",
    "Product",
    "Recall",
    "RecallCount",
    "RecallReach",
    "RecallTold",
    "Report",
    "Run",
    "Sample",
    "SamplePlan",
    "Thing",
    "ThingTold",
    "Visit",
    "Well",
    "Withdrawal",
]
