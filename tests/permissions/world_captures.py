"""What the matrix asks of capture: a file of events that a business of the own unit sent."""

from linli.trace.actions.capture_jobs import Sent, receive
from linli.trace.queries.keys import as_operator
from tests.town import trace

__all__ = ["build"]
_NUMBER = 977  # of its credit code: no other part of the town takes it


def build(has, *, at):
    """Return the parts of addresses."""
    one = trace.operator("雄关肉类加工有限公司", at=at, number=_NUMBER, unit=has.lead)
    sent = receive(by=as_operator(one), at=at, operator=one, sent=Sent(b"{}", "json"))
    return {"file of events": {"code": sent.code}}
