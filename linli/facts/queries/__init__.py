"""Reads of the facts engine: what is known now or was known then, and what contradicts what."""

from linli.facts.queries.facts import cited, facts_for, newest, series, vintages
from linli.facts.queries.indicators import fact_counts, listed_indicators
from linli.facts.queries.pairs import Contradiction, contradictions

__all__ = [
    "Contradiction",
    "cited",
    "contradictions",
    "fact_counts",
    "facts_for",
    "listed_indicators",
    "newest",
    "series",
    "vintages",
]
