"""Page furniture that one line gives away: tools, menus, breadcrumbs, footers, disclaimers.

The words are data (data/lines_furniture.toml); everything is matched on a stripped, folded line.
"""

import re
import tomllib
from importlib.resources import files

from linli.reader.lines import wording
from linli.reader.patterns import lazy

LONGEST_TOOL = 60
LONGEST_LABEL = 120
LONGEST_NOTICE = 260
# A title has no clauses, so a longer line without any mark is no disclaimer.
LONGEST_BARE_NOTICE = 14
# A sentence that only comes to such words later tells of them.
FARTHEST_NOTICE = 3
SHORTEST_TOLD = 24

_WORDS: dict[str, tuple[str, ...]] = {
    kind: tuple(words)
    for kind, words in tomllib.loads(
        files("linli.reader").joinpath("data/lines_furniture.toml").read_text("utf-8")
    ).items()
}
# Words that are looked for anywhere in a line.
RARE = tuple(
    word for kind in ("foot", "foot_hint", "notice", "notice_hint", "spam") for word in _WORDS[kind]
)
# Characters that seldom stand in other lines, those of few such words last; most words have one.
_SELDOM = (
    "版注声许稿载登网器号欢看C彩热除聘术页h们护码读击违输或户存官访请评福未性报字w私碍票免扫友冠J辨刊虎爆歉原棋©$您澳T忙凡欧刻"
    "别者久产百娱f洲jP运值闻布顾归内天计办播藏言媒告备使.t常二"
)


def _by_sign() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for word in RARE:
        table.setdefault(max(word, key=_SELDOM.find), []).append(word)
    return {sign: tuple(words) for sign, words in table.items()}


RARE_BY_SIGN = _by_sign()
"""The words of `RARE` by a character that each has."""


def _by_first(kind: str) -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for word in _WORDS[kind]:
        table.setdefault(word[0], []).append(word)
    return {first: tuple(group) for first, group in table.items()}


def _any_of(kind: str) -> re.Pattern[str]:
    return lazy("|".join(map(re.escape, _WORDS[kind])))


_TOOLS, _NEIGHBOURS = _by_first("tool"), _by_first("neighbour")
_SECTIONS, _PATHS = _by_first("section"), _by_first("path")
_ALONE = frozenset(_WORDS["alone"])
_FOOT, _FOOT_HINT = _any_of("foot"), _any_of("foot_hint")
_NOTICE, _NOTICE_HINT, _SPAM = _any_of("notice"), _any_of("notice_hint"), _any_of("spam")
_ASKED = lazy(
    r"本网|本站|本报|本平台|本文|本公众号|本号|转载|版权|侵权|著作权|稿件|原创|(?:欢迎|请|^|扫码|长按|点击|可以|来)关注|扫码|扫描|扫一扫|长按|爆料|线索|敬请|下载|删除|声明"
)
_ATTACHED = lazy(r"\.(?:docx?|xlsx?|pdf|zip|rar|wps|et|ofd|pptx?)(?![a-z])", re.IGNORECASE)
_CONTACT = lazy(r":|\d{3}|\|| ")
_CLAUSES = lazy(r"[。,:!@(]")
_ONLY = "|".join(map(re.escape, sorted(_WORDS["only"], key=len, reverse=True)))
# Atomic and possessive: a line that almost is one cannot be split in many ways.
_ONLY_TOOLS = lazy(
    rf"[ :、,·\[\]【】()<>《》|-]*+(?>(?>\d*+(?>{_ONLY})[ :、,·\[\]【】()<>《》!。\d]*+)+)$"
)
_TOOL_FIRSTS = frozenset("0123456789") | {word[0] for word in _WORDS["only"]}
# The beginnings that can make furniture or a part of an article of a line without any mark.
_OPENERS = frozenset(
    word[:2]
    for kind in ("tool", "neighbour", "section", "path", "alone", "only")
    for word in _WORDS[kind]
)
_NUMBERED = "0123456789"
_FORMED = frozenset("附图记通本①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳二〇零○").union(
    opener for opener in _OPENERS if len(opener) == 1
)
_SHOWING = lazy(r"[版员日]|星期|上一|记者|报道|[摄图片影]$|^第[^\d]")
LONGEST_BLAND = 35
# The clock of a film, the number of a picture in a row, how many have their say.
_COUNTER = lazy(
    r"\d{1,2}:\d{2}(?: ?/ ?\d{1,2}:\d{2})?$|\(?\d{1,3} ?/ ?\d{1,3}\)?$"
    r"|(?:我来说两句|我有话说|网友评论|网友跟帖|评论|跟帖|参与讨论|发表评论) ?\(\D{0,2}\d{0,7}\D{0,3}\)$"
)
_INSET = lazy(r"(?:相关|延伸|推荐|拓展)(?:阅读|链接|新闻|报道):.{6}")
_MARKS_ONLY = lazy(r"[\W_]+$")
_ORNAMENT = " ■◆●▲▶►>»·【[|#★☆<◎○□◇-—+※"
_NOTHING: tuple[str, ...] = ()


def kind_of(row: str, *, worded: bool) -> str | None:
    """Return tool, neighbour, section, path, foot or hint for a short line that is one.

    row: not empty; worded: False when it is known that no word of `RARE` stands in it.
    """
    first = row[0]
    if row.startswith(_NEIGHBOURS.get(first, _NOTHING)) or (
        "上一" in row and wording.BOTH_WAYS.search(row)
    ):
        return "neighbour"
    if len(row) <= LONGEST_TOOL and _is_tool(row, first):
        return "tool"
    if not first.isalnum() and _MARKS_ONLY.match(row):
        return "hint"
    if row in _ALONE or _is_path(row, first):
        return "path"
    if _opens_section(row) or ("." in row and _is_file(row, first)):
        return "link" if ":" in row and _INSET.match(row.lstrip(_ORNAMENT)) else "section"
    return "foot" if worded and row[-1] != "。" and _is_foot(row) else None


def is_bland(row: str) -> bool:
    """Whether a line of letters and figures only, without a word of `RARE`, shows nothing at all."""
    named = row.lstrip(_NUMBERED) if row[0] in _NUMBERED else row
    return (
        len(row) <= LONGEST_BLAND
        and named[:2] not in _OPENERS
        and named[:1] not in _FORMED
        and _SHOWING.search(row) is None
    )


def notice_of(row: str) -> str | None:
    """Return notice, hint (furniture outside the article only) or spam for a line that is one."""
    if len(row) <= LONGEST_BARE_NOTICE or _CLAUSES.search(row):
        if (found := _NOTICE.search(row, 0, 90)) and not _is_told(row, found):
            return "notice"
        if (found := _NOTICE_HINT.search(row, 0, 90)) and not _is_told(row, found):
            return "hint"
    return "spam" if _SPAM.search(row) else None


def _is_file(row: str, first: str) -> bool:
    if first == "附" and _ATTACHED.search(row):
        return True
    return row.lower().endswith(_WORDS["file"])


def _is_told(row: str, found: re.Match[str]) -> bool:
    """Whether a sentence speaks of such things (accounts, apps, copies) and is none itself."""
    return (
        found.start() > FARTHEST_NOTICE
        and len(row) >= SHORTEST_TOLD
        and row[-1] in "。”"
        and _ASKED.search(row) is None
    )


def _is_tool(row: str, first: str) -> bool:
    if row.startswith(_TOOLS.get(first, _NOTHING)):
        return "。" not in row[:-1]
    if (first.isdigit() or row[-1] == ")") and _COUNTER.match(row):
        return True
    if first in _TOOL_FIRSTS:
        return _ONLY_TOOLS.match(row) is not None
    return not first.isalnum() and _ONLY_TOOLS.match(row) is not None


def _is_path(row: str, first: str) -> bool:
    if "。" in row:
        return False
    if row.startswith(_PATHS.get(first, _NOTHING)) or (
        "版" in row[:5] and wording.SHEET.match(row)
    ):
        return True
    if "星期" in row and ":" not in row[:6] and wording.CLOCK.search(row):
        return True
    return (">" in row or "»" in row or "→" in row) and wording.CRUMBS.search(row) is not None


def _opens_section(row: str) -> bool:
    """A heading of other things: short after its opening word, or set off by a mark."""
    bare = row.lstrip(_ORNAMENT)
    for word in _SECTIONS.get(bare[:1], _NOTHING):
        if bare.startswith(word):
            rest = bare[len(word) :]
            return len(rest) <= 4 or rest[0] in ":>|】]("
    return False


def _is_foot(row: str) -> bool:
    if _FOOT.search(row):
        return True
    hint = _FOOT_HINT.search(row)
    return hint is not None and (len(row) - len(hint[0]) <= 6 or _CONTACT.search(row) is not None)
