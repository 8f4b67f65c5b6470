"""The tables of the funds."""

from linli.funds.models.attestation import Aim, Attestation
from linli.funds.models.batch import BankReply, Batch, Difference, WaitingFile
from linli.funds.models.field import Note, Photo, Sent, Visit
from linli.funds.models.gift import Collection, Receipt, Taking
from linli.funds.models.ledger import Account, Close, Fund, Transaction, Transfer
from linli.funds.models.match import Match
from linli.funds.models.order import Order, OrderLine
from linli.funds.models.priority import Criterion, Priority
from linli.funds.models.project import (
    Contract,
    Milestone,
    Programme,
    ProgrammeLineQuerySet,
    Project,
    ProjectQuerySet,
    WorkItem,
)
from linli.funds.models.root import Head, Root
from linli.funds.models.tally import Tally

__all__ = [
    "Account",
    "Aim",
    "Attestation",
    "BankReply",
    "Batch",
    "Close",
    "Collection",
    "Contract",
    "Criterion",
    "Difference",
    "Fund",
    "Head",
    "Match",
    "Milestone",
    "Note",
    "Order",
    "OrderLine",
    "Photo",
    "Priority",
    "Programme",
    "ProgrammeLineQuerySet",
    "Project",
    "ProjectQuerySet",
    "Receipt",
    "Root",
    "Sent",
    "Taking",
    "Tally",
    "Transaction",
    "Transfer",
    "Visit",
    "WaitingFile",
    "WorkItem",
]
