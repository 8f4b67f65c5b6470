"""What an inspection finds wrong, and where two of its sheets say different things. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from linli.assessments.rules.instruments import Form, Item
from linli.assessments.rules.scoring import Answers, Scorer

SLIGHT, SERIOUS, GRAVE = "slight", "serious", "grave"
SEVERITIES: Final = (SLIGHT, SERIOUS, GRAVE)
MOST_DAYS: Final = 60  # working days to put something right
MADE_PUBLIC_IN: Final = (
    20  # working days after a visit in which its result is told, whoever forgets it
)


@dataclass(frozen=True, slots=True)
class Found:
    """One item that was answered and earned nothing, how grave that is, and what was noted there."""

    item: str
    severity: str
    words: str


def found(form: Form, answers: Answers) -> list[Found]:
    """Return what is wrong by these answers, in the order of the form.

    An item of veto is grave; one that weighs at least half of the heaviest is serious; the rest is slight. What
    nobody answered is no finding: nobody looked.
    """
    items = {item.key: item for item in form.items()}
    heaviest = max((item.weight for item in items.values()), default=0)
    return [
        Found(
            one.item,
            _severity(items[one.item], heaviest),
            str(answers[one.item].get("n", "")),
        )
        for one in Scorer(form).score(answers).items
        if one.answered and one.possible and not one.earned
    ]


def _severity(item: Item, heaviest: int) -> str:
    if item.veto:
        return GRAVE
    return SERIOUS if item.weight * 2 >= heaviest else SLIGHT


def unlike(form: Form, one: Answers, other: Answers) -> list[str]:
    """Return the items that two sheets answer differently, in the order of the form; notes do not count."""
    return [item.key for item in form.items() if _value(one, item.key) != _value(other, item.key)]


def _value(answers: Answers, key: str) -> Any:  # noqa: ANN401 - whatever an item's kind takes
    given: Mapping[str, Any] = answers.get(key, {})
    return given.get("v")
