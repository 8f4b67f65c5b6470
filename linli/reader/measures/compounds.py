"""The verb that a word stands for: a compound, what a relative clause puts off, 进行了察看."""

from linli.reader.measures import nouns, verbs
from linli.reader.measures.verbs import REACH, Verb
from linli.reader.patterns import lazy

_OBJECT_FIRST = ("把", "将", "率先把", "率先将", "继续把", "继续将")
PLACING = frozenset(words[0] for words in _OBJECT_FIRST)
_PUT = lazy(r"[纳列融编写引]入|列为|纳为")
# A relative clause this short still belongs to the noun after it.
RELATIVE = 20


def whole(masked: str, word: Verb, end: int, *, plain: bool) -> Verb:
    """Return the verb that a word begins or stands for; plain: nothing but adverbs stands before."""
    verb = verbs.joined(masked, word, end)
    start, stop, kind, _ = verb
    if kind == "act":
        return verb if plain else (_past_relative(masked, verb, end) or verb)
    if stop == start + 2 and masked.startswith("进行", start):
        return _performed(masked, verb, end)
    return verb


def stands_alone(masked: str, start: int, stop: int, end: int) -> bool:
    """Tell whether neither a noun that the verb describes nor 把 can take its place."""
    return masked[start] not in PLACING and masked.find("的", stop, min(end, stop + RELATIVE)) < 0


def _past_relative(masked: str, verb: Verb, end: int) -> Verb | None:
    """Return the verb after the noun that `verb` describes: 为申请援助的居民开设窗口."""
    stop = verb[1]
    turn = masked.find("的", stop, min(end, stop + RELATIVE))
    if turn < 0:
        return None
    after = next(verbs.each(masked, turn, min(end, turn + REACH)), None)
    if (
        after is None
        or after[2] != "act"
        or (after[1] < end and nouns.nominal(masked, after[1], "act", end))
    ):
        return None
    return verbs.joined(masked, after, end)


def placed(masked: str, start: int, verb: Verb, end: int) -> Verb:
    """把关心和帮助老人纳入考核 says what is done with its object, not what the object does."""
    if not masked.startswith(_OBJECT_FIRST, start):
        return verb
    put = _PUT.search(masked, verb[1], min(end, verb[1] + REACH))
    return (put.start(), put.end(), "act", "done") if put else verb


def _performed(masked: str, verb: Verb, end: int) -> Verb:
    """进行了现场察看 does what its last word says."""
    stop = verb[1]
    after = list(verbs.each(masked, stop, min(end, stop + REACH)))
    if after and after[-1][2] != "empty":
        return after[-1][0], after[-1][1], "act", "done"
    if end - stop > 2 and masked[end - 2 : end].isalpha():
        return end - 2, end, "act", "done"
    return verb
