"""Whom a service is for, as data: a closed list of questions whose answers are judged and never kept.

All rules must hold; `any` holds when one of its rules does. Each rule says why it is there (`reason`) and what
would help when it does not hold (`help`). What was not answered is neither yes nor no: we would need to
know. The list asks nothing about who somebody is beyond age: no origin, no faith, no conviction.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from linli.directory.rules.areas import ladder_of

# What somebody may be going through: situations begin and end, and anybody may be in them.
SITUATIONS = (
    "new_in_town",
    "leaving_town",
    "looking_for_work",
    "in_training",
    "working",
    "running_a_business",
    "employing",
    "unpaid_wages",
    "in_a_dispute",
    "expecting",
    "raising_children",
    "child_in_school",
    "caring_for_someone",
    "retired",
    "ill",
    "short_of_money",
    "without_housing",
    "learning_the_common_language",
)
AMOUNTS = ("months_here", "months_worked", "monthly_income", "household_size", "children")
SIMPLE = ("age", "lives_in", "holds", "situation", "amount")

Answer = bool | int | str
Rule = Mapping[str, Any]


class Question(NamedTuple):
    """One thing that we would need to know.

    key: what the answer is given under; kind: "age" and "amount" take a number, "lives_in" a code of an
    area, "holds" and "situation" yes or no; about: the paper, the situation or what is counted.
    """

    key: str
    kind: str
    about: str


class Reason(NamedTuple):
    """How one rule came out: True, False, or None for not known; its reason, and what would help."""

    holds: bool | None
    reason: str
    help: str


class Judgement(NamedTuple):
    """What came out. fits: None when something decisive was not answered; bring: papers that were said to
    be held and that a rule asks for; missing: what we would need to know.
    """

    fits: bool | None
    reasons: tuple[Reason, ...]
    bring: tuple[str, ...]
    missing: tuple[Question, ...]

    @property
    def fails(self) -> tuple[Reason, ...]:
        """The rules that do not hold, each with what would help."""
        return tuple(reason for reason in self.reasons if reason.holds is False)


def questions(rules: Sequence[Rule]) -> tuple[Question, ...]:
    """Return what is to be asked, each thing once, in the order of the rules."""
    return tuple(dict.fromkeys(_question(rule) for rule in _simple(rules)))


def judge(rules: Sequence[Rule], answers: Mapping[str, Answer]) -> Judgement:
    """Return whether somebody who answers so may have the service, and why. Nothing is kept.

    What is answered in another kind than asked for counts as not answered.
    """
    outcomes = [_outcome(rule, answers) for rule in rules]
    fits = _all(outcomes)
    reasons = tuple(
        Reason(outcome, rule["reason"], rule.get("help", ""))
        for rule, outcome in zip(rules, outcomes, strict=True)
    )
    bring = (
        rule["document"]
        for rule in _simple(rules)
        if rule["kind"] == "holds" and _outcome(rule, answers)
    )
    open_rules = [
        rule for rule, outcome in zip(rules, outcomes, strict=True) if fits is None is outcome
    ]
    missing = (_question(rule) for rule in _simple(open_rules) if _outcome(rule, answers) is None)
    return Judgement(fits, reasons, tuple(dict.fromkeys(bring)), tuple(dict.fromkeys(missing)))


def _simple(rules: Sequence[Rule]) -> list[Rule]:
    return [part for rule in rules for part in (rule["of"] if rule["kind"] == "any" else (rule,))]


def _question(rule: Rule) -> Question:
    kind = rule["kind"]
    if kind == "holds":
        return Question(f"holds:{rule['document']}", kind, rule["document"])
    if kind in {"situation", "amount"}:
        return Question(f"{kind}:{rule['of']}", kind, rule["of"])
    return Question(kind, kind, "")


def _outcome(rule: Rule, answers: Mapping[str, Answer]) -> bool | None:
    if rule["kind"] == "any":
        return _any([_outcome(part, answers) for part in rule["of"]])
    answer = answers.get(_question(rule).key)
    if rule["kind"] == "lives_in":
        return _within(answer, rule["areas"]) if isinstance(answer, str) and answer else None
    if rule["kind"] in {"holds", "situation"}:
        return answer if isinstance(answer, bool) else None
    if isinstance(answer, bool) or not isinstance(answer, int):
        return None
    low, high = rule.get("from"), rule.get("until")
    return (low is None or answer >= low) and (high is None or answer < high)


def _within(code: str, areas: Sequence[str]) -> bool:
    return not set(ladder_of(code)).isdisjoint(areas)


def _all(outcomes: Sequence[bool | None]) -> bool | None:
    if False in outcomes:
        return False
    return None if None in outcomes else True


def _any(outcomes: Sequence[bool | None]) -> bool | None:
    if True in outcomes:
        return True
    return None if None in outcomes else False
