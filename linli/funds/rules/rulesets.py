"""Rulesets of IATI: which conditions an activity or organisation meets, and which not. Pure.

A ruleset is a list of rules: for every node of a context, one condition of a kind. The kinds stand in
`rulings`. A condition that finds nothing to judge is passed over, neither met nor broken.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from linli.funds.rules.rulings import KINDS, Here, Node, found, holds

ERROR, WARNING = "error", "warning"
_LOOP: Final = "loop"


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition: for each node of `context`, of this kind, as `case` says it."""

    context: str
    kind: str
    case: Mapping[str, Any]
    code: str = ""
    severity: str = ERROR


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule that a node does not meet, and what it looked at."""

    code: str
    severity: str
    kind: str
    context: str
    paths: tuple[str, ...] = ()


@dataclass(slots=True)
class Verdict:
    """How many conditions were judged, and which were broken."""

    judged: int = 0
    broken: list[Broken] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Known:
    """What a document is held against: the moment, organisations that publish already, prefixes of registers."""

    now: datetime
    publishers: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()


def rules_of(published: Mapping[str, Any]) -> list[Rule]:
    """Return the rules of a ruleset as IATI publishes it: context, kind, cases."""
    return [
        _rule(context, kind, case)
        for context, kinds in published.items()
        for kind, cases in kinds.items()
        for case in cases["cases"]
    ]


def judge(document: Node, rules: Iterable[Rule], known: Known) -> Verdict:
    """Hold a document (an element tree of lxml) against rules."""
    verdict = Verdict()
    for rule in rules:
        for node in found(document, rule.context):
            for inner, value in _unrolled(rule, node):
                here = Here(node, known.now, known.publishers, known.prefixes, value)
                met = _met(inner, here)
                verdict.judged += met is not None
                if met is False:
                    verdict.broken.append(_broken(inner))
    return verdict


def _met(rule: Rule, here: Here) -> bool | None:
    condition = rule.case.get("condition")
    if condition and not holds(here.node, condition, here.value):
        return None
    return KINDS[rule.kind](rule.case, here)


def _unrolled(rule: Rule, node: Node) -> Iterator[tuple[Rule, str]]:
    """Yield the rule itself, or those inside a loop, once for each value that the loop goes through."""
    if rule.kind != _LOOP:
        yield rule, ""
        return
    inner = rules_of({rule.context: rule.case["do"]})
    for value in dict.fromkeys(str(one) for one in found(node, rule.case["foreach"])):
        yield from ((one, value) for one in inner)


def _rule(context: str, kind: str, case: Mapping[str, Any]) -> Rule:
    info = case.get("ruleInfo", {})
    return Rule(context, kind, case, info.get("id", ""), info.get("severity", ERROR))


def _broken(rule: Rule) -> Broken:
    paths = rule.case.get("paths") or [
        rule.case[name] for name in ("one", "less", "more", "date", "start", "end") if name in rule.case
    ]  # fmt: skip
    return Broken(rule.code, rule.severity, rule.kind, rule.context, tuple(paths))
