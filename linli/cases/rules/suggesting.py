"""Which topics fit what somebody wrote, and which of their words say so. Pure.

Only the words on the page are looked at, and only topics are put in order: nothing is kept, nothing is
concluded about who writes. Whoever writes may choose another topic or none.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import opencc

MOST = 3
_LEAST = 1.0  # below it nothing is suggested: a poor guess costs more than a list
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
# Says that somebody wants something, not what: every second sentence has one.
_EVERYWHERE = frozenset(
    (
        "我们", "你们", "他们", "没有", "不能", "可以", "怎么", "什么", "这个", "那个", "问题", "申请", "办理", "服务", "投诉", "举报", "反映", "建议", "希望", "请问", "其他", "求助", "咨询",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """One topic as far as it is compared: its name, its words, what belongs there."""

    code: str
    name: str
    keywords: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One topic that fits, and the person's own words that say so."""

    code: str
    weight: float
    because: tuple[str, ...]


def suggested(said: str, topics: Sequence[Known], most: int = MOST) -> list[Suggestion]:
    """Return the topics that fit `said`, best first, each with its reason.

    A keyword that stands in what was said counts as long as it is, and the more the fewer topics claim
    it: "路灯" says more than "灯". What the name shares with what was said counts a little, the
    description least. Scripts, case and width make no difference.
    """
    heard = fold(said)
    claims = Counter(word for topic in topics for word in _words_of(topic))
    found = [_judged(said, heard, topic, claims) for topic in topics]
    fitting = [one for one in found if one.weight >= _LEAST]
    return sorted(fitting, key=lambda one: (-one.weight, one.code))[:most]


@cache
def _simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """Return the text as it is compared: Simplified, lower case, half width, single spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_simplified().convert(plain).split())


def _judged(said: str, heard: str, topic: Known, claims: Counter[str]) -> Suggestion:
    because: list[str] = []
    weight = 0.0
    for word in sorted(_words_of(topic), key=lambda word: (-len(word), word)):
        if _stands_in(word, heard):
            weight += _length(word) / claims[word]
            if not any(word in longer for longer in because):
                because.append(word)
    for told, share in ((topic.name, 0.6), (topic.description, 0.3)):
        for run in shared_runs(fold(told), heard):
            if not any(run in longer for longer in because):
                weight += share * (len(run) - 1)
                because.append(run)
    written = tuple(_as_written(word, said, heard) for word in because)
    return Suggestion(topic.code, round(weight, 3), written)


def _as_written(word: str, said: str, heard: str) -> str:
    """Return the word in the script and case that the person wrote, as far as folding kept its place."""
    at = heard.find(word)
    return said[at : at + len(word)] if len(said) == len(heard) else word


def _words_of(topic: Known) -> set[str]:
    return {fold(word) for word in topic.keywords} - {""}


def _stands_in(word: str, heard: str) -> bool:
    """Say whether a word stands in what was said: anywhere in Chinese, else where a word begins."""
    if _CHINESE.search(word):
        return word in heard
    return re.search(rf"(?<!\w){re.escape(word)}", heard) is not None


def _length(word: str) -> float:
    """Return how much a word says: a Chinese character about as much as three letters."""
    chinese = len(_CHINESE.findall(word))
    return chinese + (len(word) - chinese) / 3


def shared_runs(told: str, heard: str) -> list[str]:
    """Return the longest runs of two or more Chinese characters that both texts have, as `told` has them."""
    runs, at = [], 0
    while at < len(told):
        end = at + 1
        while end < len(told) and _CHINESE.match(told[end]) and told[at : end + 1] in heard:
            end += 1
        run = told[at:end]
        if len(run) > 1 and _CHINESE.match(run) and run not in _EVERYWHERE:
            runs.append(run)
        at = end
    return runs
