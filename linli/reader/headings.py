"""Headings, on a line of their own or run into the body.

A heading names the topic of what follows: short, without subject, figure or aspect mark. One that
would end its paragraph, or is followed by the next number, is an ordinary short sentence.
"""

import re
from collections.abc import Iterator

from linli.reader.article import Article
from linli.reader.patterns import lazy
from linli.reader.reading import Heading, Line

# Numbering styles from the highest to the lowest; the group number is the level.
_NUMBER = lazy(
    r"\s*(?:(第?[一二三四五六七八九十百]{1,3}(?:、|章|节|部分|[.]|\s)\s*)|([(][一二三四五六七八九十]{1,3}[)][、,.]?)"
    r"|(\d{1,2}[.、](?!\d)|[一二三四五六七八九十]是)|([(]\d{1,2}[)]|[①-⑳]))"
)
_STOP = lazy(r"[。;!?:\n]|一是|[(]一[)]|\s{2,}|1[.、](?!\d)")
# Words with which a topic opens: a verb of intent, or an adverb of effort before it.
_OPENER = lazy(
    r"(?:加强|强化|完善|健全|提升|提高|推进|推动|深化|坚持|突出|聚焦|围绕|创新|夯实|筑牢|铸牢|凝聚|落实|扛实|压实|抓好|抓实|做好|做实|做细|做强|加大|加快|打造|"
    r"营造|构建|构筑|建立|搭建|建强|开展|宣传|培育|培养|发挥|提供|形成|确定|明确|注重|狠抓|严格|优化|统筹|拓宽|拓展|丰富|促进|保障|维护|服务|关注|关爱|关心|改善|解决|规范|"
    r"整合|挖掘|实施|实行|引导|引领|激发|增进|增强|巩固|弘扬|传承|保护|发展|繁荣|帮扶|扶持|支持|助推|助力|对接|组织|领导|依法|依托|立足|紧扣|紧盯|着眼|把握|统一|坚定|"
    r"树立|树牢|畅通|排查|化解|防范|守牢|守住|守好|摸清|用心|用情|办好|用好|讲好|唱响|情系|情倾|心系|共建|共享|确保|扩大|转变|理顺|厘清|细化|"
    r"积极|大力|全力|深入|扎实|着力|切实|广泛|努力|主动|不断|持续|充分|全面|认真|精准|精心|稳步|有序|有效|进一步|高位|多措并举|典型|示范|党建|政策|宣传|教育|文化|民生|产业|项目|机制)"
)
# What a topic never holds: times, figures, aspect marks, somebody who acts, reported speech.
_TOLD = lazy(
    r"\d|了|[我本该][市区县省州街院校局]|近年来|今年|去年|以来|期间|截至|据|他|她|指出|强调|表示|如下|[市区县]委|政府|先后|已经"
)
_INNER = lazy(r"[。!]\s?([^。,;:!?\d“”《》()、\n]{4,16})(?=。)")
_ENUMERATED = lazy(r"[。;:!]\s?([一二三四五六七八九十]是[^。;:!?\d\n]{4,24})(?=。)")
_UNTOLD = frozenset(("title", "subtitle", "byline", "caption", "signoff", "blank"))
_LONGEST = 42
_BODY = 40


def find(article: Article) -> tuple[Heading, ...]:
    """Return the headings in order of place; spans leave the final mark out."""
    found: list[tuple[int, int, int, bool]] = []
    lines = [line for line in article.lines if line.role not in _UNTOLD]
    numbered = False
    for place, line in enumerate(lines):
        after = lines[place + 1] if place + 1 < len(lines) else None
        own = _own_line(article.view, line, after)
        if own:
            found.append((*own, False))
            numbered = True
            continue
        for start, end, level in _run_in(article.view, line):
            found.append((start, end, level + (numbered and level < 2), True))
    return tuple(
        Heading(start, end, article.text[start:end], level, run_in)
        for start, end, level, run_in in found
    )


def _own_line(view: str, line: Line, after: Line | None) -> tuple[int, int, int] | None:
    """Return (start, end, level) when the whole line is a heading."""
    if line.end - line.start > _LONGEST + 20:
        return None
    text = view[line.start : line.end].strip()
    leads_on = after is not None and after.end - after.start >= _BODY
    if leads_on and text.count("。") == 1 and _NUMBER.match(text):
        text = text.removesuffix("。")
    if not 3 < len(text) <= _LONGEST:
        return None
    start = view.index(text, line.start)
    number = _NUMBER.match(text)
    level = int(number.lastindex or 1) if number else 1
    if line.role == "heading":
        return start, start + len(text.rstrip("。")), level
    if "。" in text or (text[-1] in "。;!,:、…)”》" and not (number and text[-1] in ")”》")):
        return None
    if number:
        return start, start + len(text), level
    plain = ";" in text or _TOLD.search(text) or not _OPENER.match(text)
    return (start, start + len(text), level) if leads_on and not plain else None


def _run_in(view: str, line: Line) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, level) of the headings inside a line, in order."""
    first = _opening(view, line)
    if first:
        yield first
    if line.end - line.start < _BODY:
        return
    inner = [(found.span(1), 2) for found in _INNER.finditer(view, line.start, line.end)]
    if view.find("是", line.start, line.end) >= 0:
        inner += [(found.span(1), 3) for found in _ENUMERATED.finditer(view, line.start, line.end)]
    for (start, end), level in sorted(inner):
        body = end + 1
        if line.end - body < 12 or _counts_on(view, body, line.end, level):
            continue
        topic = start + 2 if level == 3 else start
        if _OPENER.match(view, topic, end) and not _TOLD.search(view, topic, end):
            yield start, end, level


def _counts_on(view: str, start: int, end: int, level: int) -> bool:
    """Tell whether the next number of the same style follows at once: then nothing is headed."""
    number = _NUMBER.match(view, start, end)
    return number is not None and number.lastindex == level


def _style(number: re.Match[str]) -> bool:
    """Tell 1. from 一是: the one stands below the other though both count items."""
    return number.group().lstrip()[:1].isdigit()


def _opening(view: str, line: Line) -> tuple[int, int, int] | None:
    """Return the heading with which a longer line opens."""
    start = line.start
    while start < line.end and view[start].isspace():
        start += 1
    number = _NUMBER.match(view, start, line.end)
    topic = number.end() if number else start
    stop = _STOP.search(view, topic, min(line.end, topic + _LONGEST))
    if stop is None or line.end - stop.end() < 12 or stop.group() == ";":
        return None
    end = stop.start()
    level = int(number.lastindex or 1) if number else 1
    after = _NUMBER.match(view, stop.end(), line.end)
    if number and after and after.lastindex == level and _style(after) == _style(number):
        return None
    if stop.group() in ":?!" and not number:
        return None
    return (start, end, level) if _is_topic(view, topic, end, numbered=bool(number)) else None


def _is_topic(view: str, start: int, end: int, *, numbered: bool) -> bool:
    """Tell whether [start, end) names a topic: short, no subject, no figure, parts of like weight."""
    if not 3 < end - start <= (36 if numbered else 30) or _TOLD.search(view, start, end):
        return False
    parts = view[start:end].split(",")
    if len(parts) > 3 or min(map(len, parts)) < 3:
        return False
    return (
        numbered
        or bool(_OPENER.match(view, start, end))
        or (len(parts) > 1 and len(parts[0]) == 4 and view[start] not in "在从为以对这那每各")
    )
