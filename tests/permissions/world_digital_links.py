"""What the matrix asks of codes on goods: premises that own a number of GS1, and a number that is another's."""

from tests.town import trace

_NUMBER = 908  # of its credit code: no other part of the town takes it
_GLN = "9521234567899"


def build(has, *, at):
    """Return the parts of addresses."""
    one = trace.operator("九眼泉食品有限公司", at=at, number=_NUMBER, unit=has.lead)
    trace.premises("九眼泉加工厂", at=at, of=one, gln=_GLN)
    return {
        "code on goods": {"path": f"414/{_GLN}"},
        "another's code on goods": {"path": "01/09506000134352/10/A7"},
        "what is no code on goods": {"path": "01/12345"},
        "event": {"name": "ni:///sha-256;0"},
        "value to ask about": {"value": "shipping"},
        "named query": {"name": "sold"},
    }
