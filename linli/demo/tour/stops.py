"""One tour and its stops: a page of the demo, and what to look at there."""

from dataclasses import dataclass

from django.urls import reverse

from linli.kernel.text import Words


@dataclass(frozen=True, slots=True)
class Stop:
    """One page, by the name of its address and what is asked of it."""

    title: Words
    words: Words
    route: str
    query: str = ""

    @property
    def address(self) -> str:
        """Where it is, in the reader's language."""
        return f"{reverse(self.route)}?{self.query}" if self.query else reverse(self.route)


@dataclass(frozen=True, slots=True)
class Tour:
    """One role's ten stops; `login`: the demo's account that they need, "" for none."""

    key: str
    title: Words
    words: Words
    login: str
    stops: tuple[Stop, ...]

    @property
    def address(self) -> str:
        """Where it begins."""
        return reverse("demo:tour", args=[self.key])
