"""What the engine of cases keeps."""

from linli.cases.models.case import Case, CaseQuerySet, Cause
from linli.cases.models.concern import ConcernCount
from linli.cases.models.correction import Correction
from linli.cases.models.deeds import Attachment, ClockEvent, HandOver, JointUnit, Step
from linli.cases.models.exchange import Partner, Received, Referral
from linli.cases.models.news import CauseNews
from linli.cases.models.topic import Leader, ReplyTemplate, Topic, TopicQuerySet
from linli.cases.models.voice import Draft, Rating, SpentToken

__all__ = [
    "Attachment",
    "Case",
    "CaseQuerySet",
    "Cause",
    "CauseNews",
    "ClockEvent",
    "ConcernCount",
    "Correction",
    "Draft",
    "HandOver",
    "JointUnit",
    "Leader",
    "Partner",
    "Rating",
    "Received",
    "Referral",
    "ReplyTemplate",
    "SpentToken",
    "Step",
    "Topic",
    "TopicQuerySet",
]
