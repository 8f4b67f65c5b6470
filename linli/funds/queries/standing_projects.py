"""What public pages of projects are made of: the edition of what actions record of them, and the books."""

from linli.funds.queries.standing import standing_funds
from linli.kernel.editions import edition_of
from linli.ui.kept import State

EDITION = "projects"


def standing_projects() -> State | None:
    """Return the state of every public page of projects, None while nothing was recorded of any: two queries."""
    edition, funds = edition_of(EDITION), standing_funds()
    return State(f"{edition}.{funds.mark}", funds.until) if edition else None
