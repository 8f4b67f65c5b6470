"""What may be done in the facts engine. One function, one transaction."""

from linli.facts.actions.evidence import cite_file, cite_query, cite_span, cite_statement
from linli.facts.actions.facts import correct, may_claim, may_raise, raise_status, record, withdraw
from linli.facts.actions.figures import Counted, compute
from linli.facts.actions.imports import ImportDraft, Imported, import_facts
from linli.facts.actions.indicators import IndicatorDraft, define
from linli.facts.actions.releases import Said, define_twin, record_released
from linli.facts.rules.statements import Statement

__all__ = [
    "Counted",
    "ImportDraft",
    "Imported",
    "IndicatorDraft",
    "Said",
    "Statement",
    "cite_file",
    "cite_query",
    "cite_span",
    "cite_statement",
    "compute",
    "correct",
    "define",
    "define_twin",
    "import_facts",
    "may_claim",
    "may_raise",
    "raise_status",
    "record",
    "record_released",
    "withdraw",
]
