"""What the matrix asks of the public's pages of money: a fund on show, and one that is not."""

from linli.funds.actions import publishing
from tests.town import funds as town


def build(*, at, hidden):
    """Return the parts of addresses."""
    shown, kept = town.fund(at=at, name="公开的资金"), town.fund(at=at, name=f"{hidden}的资金")
    of = {kind: town.account(shown, kind, at=at) for kind in ("budget", "appropriated")}
    town.posted(shown, "appropriate", (of["budget"], of["appropriated"], 5), at=at)
    publishing.publish(by=town.officer(), at=at, fund=shown)
    return {
        "fund on show": {"code": shown.code},
        "kept fund": {"code": kept.code},
        "total": {"total": "paid"},
        "unknown total": {"total": "stolen"},
        "total on show": {"code": shown.code, "total": "paid"},
        "kept total": {"code": kept.code, "total": "paid"},
    }
