"""The way of a unit through a round: which stage follows which. Pure.

apply → self → cross → site → poll → score → notice → decision → naming → in force → re-check → kept, warned or
withdrawn. A round may go without self, cross, site, poll; never without notice and decision.
"""

from collections.abc import Sequence

APPLY, SELF, CROSS, SITE, POLL, SCORE, NOTICE, DECISION, NAMED, RECHECK, WITHDRAWN, DECLINED, LEFT = (
    "apply", "self", "cross", "site", "poll", "score", "notice", "decision", "named", "recheck",
    "withdrawn", "declined", "left",
)  # fmt: skip
WAY = (APPLY, SELF, CROSS, SITE, POLL, SCORE, NOTICE, DECISION)
OPTIONAL = (SELF, CROSS, SITE, POLL)
OVER = (WITHDRAWN, DECLINED, LEFT)
STAGES = (*WAY, NAMED, RECHECK, *OVER)
SOURCES = (SELF, CROSS, SITE, POLL)  # whose sheets a score is made of


def stages_of(used: Sequence[str]) -> tuple[str, ...]:
    """Return the stages of a round up to its decision, in their order."""
    return tuple(one for one in WAY if one not in OPTIONAL or one in used)


def edges() -> frozenset[tuple[str, str]]:
    """Return every step that any round may take: the database holds the same list."""
    onward = {
        (WAY[i], WAY[j]) for i in range(len(WAY)) for j in range(i + 1, len(WAY)) if _skips(i, j)
    }
    back = {
        (NOTICE, SCORE),
        (DECISION, SCORE),
        (NOTICE, SITE),
        (DECISION, SITE),
    }  # an objection was right
    ends = {(DECISION, NAMED), (DECISION, DECLINED), (NOTICE, DECLINED), (SCORE, DECLINED)}
    after = {(NAMED, RECHECK), (RECHECK, NAMED), (RECHECK, WITHDRAWN), (NAMED, WITHDRAWN)}
    leave = {(one, LEFT) for one in WAY}
    return frozenset(onward | back | ends | after | leave)


def _skips(here: int, there: int) -> bool:
    return all(one in OPTIONAL for one in WAY[here + 1 : there])


def next_stage(used: Sequence[str], stage: str) -> str:
    """Return the stage that follows in a round, "" after its decision."""
    way = stages_of(used)
    after = way[way.index(stage) + 1 :] if stage in way else ()
    return after[0] if after else ""


def may_step(stage: str, to: str) -> bool:
    """Say whether a step is one that there is."""
    return (stage, to) in edges()
