"""What may be written as a rule of eligibility, and what never: a rule names no people, faith or conviction."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from linli.directory.rules.areas import level_of
from linli.directory.rules.eligibility import AMOUNTS, SIMPLE, SITUATIONS
from linli.directory.rules.folding import folded

MOST_RULES = 12
LONGEST = 200  # characters of a reason, a help, a paper's name
OLDEST = 130

# Whoever would write "for members of …" in the words of a rule.
_GROUPS = re.compile(
    r"少数民族|主体民族|(?:汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西"
    r"|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔"
    r"|独龙|鄂伦春|赫哲|门巴|珞巴|基诺)族|信徒|教徒|穆斯林|党员"
    r"|\b(?:minorit(?:y|ies)|muslims?|buddhists?|christians?)\b",
    re.IGNORECASE,
)


def grammar_fault(rules: Any) -> str:  # noqa: ANN401 - whatever JSON somebody brings
    """Return why this is no list of rules that we keep, or "" when it is one.

    not_a_rule: outside the grammar; group_of_people: its words name a group that one is born into or
    believes with.
    """
    if not isinstance(rules, list | tuple) or len(rules) > MOST_RULES:
        return "not_a_rule"
    if not all(_is_rule(rule) for rule in rules):
        return "not_a_rule"
    return (
        "group_of_people" if any(_GROUPS.search(folded(text)) for text in texts_of(rules)) else ""
    )


def texts_of(rules: Any) -> Iterator[str]:  # noqa: ANN401 - walks whatever is there
    """Yield every text that stands in rules, their keys too."""
    if isinstance(rules, str):
        yield rules
    elif isinstance(rules, Mapping):
        for key, value in rules.items():
            yield str(key)
            yield from texts_of(value)
    elif isinstance(rules, list | tuple):
        for value in rules:
            yield from texts_of(value)


def _is_rule(rule: Any) -> bool:  # noqa: ANN401
    if not isinstance(rule, Mapping) or not _is_text(rule.get("reason")):
        return False
    if not _is_text(rule.get("help", ""), empty=True):
        return False
    said = {key: value for key, value in rule.items() if key not in {"reason", "help"}}
    if said.get("kind") != "any":
        return _is_simple(said)
    parts = said.get("of")
    return (
        said.keys() == {"kind", "of"}
        and isinstance(parts, list | tuple)
        and 2 <= len(parts) <= MOST_RULES
        and all(isinstance(part, Mapping) and _is_simple(part) for part in parts)
    )


def _is_simple(rule: Mapping[str, Any]) -> bool:
    kind = rule.get("kind")
    return kind in SIMPLE and _SHAPES[kind]({k: v for k, v in rule.items() if k != "kind"})


def _is_range(given: Mapping[str, Any], most: int) -> bool:
    low, high = given.get("from"), given.get("until")
    numbers = [n for n in (low, high) if n is not None]
    if not numbers or any(isinstance(n, bool) or not isinstance(n, int) for n in numbers):
        return False
    return all(0 <= n <= most for n in numbers) and (len(numbers) < 2 or numbers[0] < numbers[1])


def _is_age(given: Mapping[str, Any]) -> bool:
    return given.keys() <= {"from", "until"} and _is_range(given, OLDEST)


def _is_amount(given: Mapping[str, Any]) -> bool:
    return (
        given.keys() <= {"of", "from", "until"}
        and given.get("of") in AMOUNTS
        and _is_range(given, 10**9)
    )


def _is_place(given: Mapping[str, Any]) -> bool:
    areas = given.get("areas")
    if given.keys() != {"areas"} or not isinstance(areas, list | tuple) or not areas:
        return False
    return all(isinstance(code, str) and _is_code(code) for code in areas)


def _is_code(code: str) -> bool:
    try:
        level_of(code)
    except ValueError:
        return False
    return True


def _is_text(value: Any, *, empty: bool = False) -> bool:  # noqa: ANN401
    return isinstance(value, str) and len(value) <= LONGEST and (empty or bool(value.strip()))


_SHAPES: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "age": _is_age,
    "amount": _is_amount,
    "lives_in": _is_place,
    "holds": lambda given: given.keys() == {"document"} and _is_text(given["document"]),
    "situation": lambda given: given.keys() == {"of"} and given["of"] in SITUATIONS,
}
