"""Which premises are visited, and which inspectors go: both by lot, as the law asks of inspections. Pure.

Each stratum gives as many premises as it is said to give, those with the smallest lots. Inspectors are dealt out to them
in equal parts; nobody goes where they are barred.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from linli.assessments.rules.dealing import able, dealt
from linli.kernel.drawing import in_order


class Stratum(NamedTuple):
    """One part of the list: its name, how many are taken of it, the codes of its premises."""

    name: str
    take: int
    sites: Sequence[str]


class Sites(NamedTuple):
    """What a draw of sites closes with; `barred`: of premises, the inspectors who do not go there."""

    crew: int
    strata: Sequence[Stratum]
    inspectors: Sequence[str]
    barred: Mapping[str, Sequence[str]]

    def apart(self) -> dict[str, set[str]]:
        """Return who does not go to each of the premises."""
        return {site: set(codes) for site, codes in self.barred.items()}


class Visit(NamedTuple):
    """One visit that was drawn; the first of the crew leads."""

    site: str
    crew: tuple[str, ...]


def written(terms: Sites) -> str:
    """Return the list as it is published: JSON, sorted, without blanks."""
    said = {
        "kind": "sites",
        "crew": terms.crew,
        "strata": [[one.name, one.take, sorted(one.sites)] for one in sorted(terms.strata)],
        "inspectors": sorted(terms.inspectors),
        "barred": {site: sorted(codes) for site, codes in terms.barred.items() if codes},
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str) -> Sites:
    """Return what a list says. Raises ValueError, TypeError or KeyError for what is none."""
    said: dict[str, Any] = json.loads(text)
    strata = [Stratum(name, int(take), sites) for name, take, sites in said["strata"]]
    terms = Sites(int(said["crew"]), strata, said["inspectors"], said["barred"])
    if written(terms) != text:
        message = "the list is not written as lists are"
        raise ValueError(message)
    return terms


def drawn(seed: str, terms: Sites) -> list[Visit] | None:
    """Return the visits in the order of their lots; None when no way is found."""
    taken = [
        site for one in terms.strata for site in in_order(f"{seed}:sites", one.sites)[: one.take]
    ]
    order = in_order(f"{seed}:sites", taken)
    found = dealt(seed, dict.fromkeys(order, terms.crew), terms.inspectors, terms.apart())
    if found is None:
        return None
    return [Visit(site, tuple(in_order(f"{seed}:{site}", found[site]))) for site in order]


def too_few(terms: Sites) -> list[str]:
    """Return where no whole crew may go, whatever is drawn."""
    apart = terms.apart()
    listed = sorted(site for one in terms.strata for site in one.sites)
    return [site for site in listed if able(site, terms.inspectors, apart) < terms.crew]
