"""What is known, and from what."""

from linli.facts.models.evidence import Evidence
from linli.facts.models.fact import Fact, FactQuerySet
from linli.facts.models.indicator import Indicator, IndicatorQuerySet

__all__ = ["Evidence", "Fact", "FactQuerySet", "Indicator", "IndicatorQuerySet"]
