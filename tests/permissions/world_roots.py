"""What the matrix asks of signed books: the root of the days of all that was posted until now."""

from tests.town.ledgers import sign


def build(*, at):
    """Return the parts of addresses. Nothing is posted any more as of the days that are signed here."""
    assert sign(at)
    return {"root": {"number": 1}, "no root": {"number": 9999}}
