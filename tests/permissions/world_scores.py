"""What the matrix asks of scores: a round with one candidate whose result was told, and one that waits for its score."""

from tests.town import assessments as town
from tests.town import scores

__all__ = ["build"]


def build(has, *, at):
    """Return the parts of addresses: the officer's own unit is the one whose result was told."""
    scheme = town.scheme(at=at, name="示范窗口")
    edition = town.edition(at=at, name="窗口测评")
    round_ = town.opened(at=at, scheme=scheme, of=edition, weights={"self": 1})
    says = {"self": {"a": "yes", "b": "3"}}
    told = scores.heard(has.lead, at=at, of=round_, says=says)
    waiting = scores.heard(has.third, at=at, of=round_, says=says)
    scores.score(told, at=at)
    scores.step(told, "notice", at=at)
    return {
        "scored round": {"code": round_.code},
        "told candidate": {"code": told.code},
        "waiting candidate": {"code": waiting.code},
    }
