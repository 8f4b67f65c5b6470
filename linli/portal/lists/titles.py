"""What each list is called where it is not on the screen."""

from linli.kernel.text import Words
from linli.portal.going.places import PLACES

_TITLES = {name: title for title, name in PLACES}


def title_of(name: str) -> Words:
    """Return the title of a list, as its page has it."""
    return _TITLES.get(name, name)
