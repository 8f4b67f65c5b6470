"""Which verb rules a clause."""

from typing import NamedTuple

from linli.reader.measures import leads, verbs, weight
from linli.reader.measures.leads import Lead
from linli.reader.measures.verbs import Verb

# No clause of this genre keeps its verb back for longer; hostile ones stay cheap.
_REACH = 160


class Choice(NamedTuple):
    """The ruling verb and what stands before it."""

    verb: Verb
    lead: Lead


def ruling(masked: str, start: int, end: int) -> Choice | None:
    """Return the verb that rules the clause [start, end), or None.

    The first word that stands as a verb rules; 带领, 前往 and the like, and what stands inside a
    prepositional phrase (将巩固成果纳入…), give way to a deed after them.
    """
    waiting = None
    reach = min(end, start + _REACH)
    at = start
    while word := verbs.first(masked, at, reach):
        at = word.end
        if weight.nominal(masked, word, end) or _in_the_course(masked, word.end, end):
            continue
        lead = leads.read(masked, start, word.start)
        if word.kind == "noun" and not (lead.bare or waiting or _acts(lead, word, end)):
            continue
        verb = _performed(masked, verbs.joined(masked, word, end), end)
        if verb.kind == "act" or (lead.bare and verb.kind not in ("carry", "way")):
            return Choice(verb, waiting.lead if waiting else lead)
        waiting = waiting or Choice(verb, lead)
    return waiting


def _acts(lead: Lead, word: Verb, end: int) -> bool:
    """After a phrase: 与玛曲县领导座谈, 在公园建设长廊; but not 招聘会调研."""
    if word.end == end:
        return lead.met
    return word.status == "done" and not lead.strange and end - word.end > 2


def _in_the_course(masked: str, start: int, end: int) -> bool:
    """在受理过程中…: the deed comes later."""
    return masked.find("过程中", start, min(end, start + _REACH)) >= 0


def _performed(masked: str, verb: Verb, end: int) -> Verb:
    """进行了现场察看 does what its last word says."""
    last = masked[end - 2 : end]
    if masked[verb.start : verb.end] != "进行" or end - verb.end < 2 or not last.isalpha():
        return verb
    return Verb(end - 2, end, "act", "done")
