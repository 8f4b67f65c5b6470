"""Whether a measure is done, goes on, or is planned."""

import re

from linli.reader.measures.verbs import Verb
from linli.reader.patterns import lazy

_SHALL = lazy(r"将(?:于.{1,8})?(?:继续|进一步|全面|积极|持续|陆续|再|重点|大力){0,3}$")
_PLANNED_WORDS = r"力争|计划(?=在|于|到|\d|投|建|开|举)|拟(?!定|订)|(?<![至止])到20\d\d年(?:底|末)?|下一步|今后|预计|争取(?=在|于|到|用)|要(?=继续|进一步|不断|切实|大力)"
_ONGOING_WORDS = (
    r"定期|每(?:年|季|月|周|半年|逢|学期)|常态化|不断|持续|长期|经常|坚持|始终|继续|逐步|正在|每天"
)
# These go on too unless the outcome is counted: 深入社区开展义诊30场.
_MANNER_WORDS = r"积极|扎实|广泛|大力|深入(?!到)|全面(?=推|落|实|开|加)|统筹|稳步"
_DONE_WORDS = r"先后|多次|累计|共(?=\d|投|计|有|举|组|开|完|发|培|办|帮|筹|落|争|建|实)|已|曾|相继|陆续|率先|首次|成功|圆满|19\d\d年(?!起|以来)|20\d\d年(?!起|以来)|去年|近日|日前|成了|达了|期间"
_PLANNED, _ONGOING = lazy(_PLANNED_WORDS), lazy(_ONGOING_WORDS)
_MANNER, _DONE = lazy(_MANNER_WORDS), lazy(_DONE_WORDS)
# Most verbs have none of these before them: one look instead of four.
_SIGN = re.compile(f"{_PLANNED_WORDS}|{_DONE_WORDS}|{_ONGOING_WORDS}|{_MANNER_WORDS}")


def status(view: str, start: int, verb: Verb, end: int, *, past: bool, ahead: bool) -> str:
    """Return done, ongoing or planned for the measure [start, end) ruled by `verb`.

    past: the sentence is already told as past; ahead: the passage speaks of what is to come. Words before the verb outrank what the verb
    usually means; a figure makes a deed of what would otherwise go on.
    """
    begin, stop, _, usual = verb
    if start == begin and usual == "done" and not ahead:
        return usual
    if ahead or view[stop : stop + 1] == "了":
        return "planned" if ahead else "done"
    if start < begin:
        before = view[start:begin]
        said = _said(before)
        if said in {"often", "manner"}:
            counted = (past or said == "manner") and _COUNTED.search(view, stop, end)
            return "done" if counted else "ongoing"
        if said:
            return said
    return _usual(view, verb, end, past=past)


def _said(before: str) -> str:
    """Return what the words before a verb tell: planned, done, often, manner or nothing."""
    if before[0] != "将" and _SIGN.search(before) is None:
        return ""
    if _PLANNED.search(before) or (before[0] == "将" and _SHALL.match(before)):
        return "planned"
    if _DONE.search(before):
        return "done"
    if _ONGOING.search(before):
        return "often"
    return "manner" if _MANNER.search(before) else ""


def _usual(view: str, verb: Verb, end: int, *, past: bool) -> str:
    """Return the status of a verb before which nothing tells it."""
    _, stop, _, usual = verb
    if past or usual == "done":
        return "done"
    return "done" if _COUNTED.search(view, stop, end) else "ongoing"


def turns(view: str, start: int, end: int) -> tuple[int, int]:
    """Return from where a sentence speaks of what is to come (下一步, 今后…), and from where it is
    told as past (先后, 自2010年…); its end where it does neither."""
    if _TURN.search(view, start, end) is None:
        return end, end
    ahead, past = _AHEAD.search(view, start, end), _PAST.search(view, start, end)
    return ahead.start() if ahead else end, past.start() if past else end


def heads_plan(title: str) -> bool:
    """Tell whether a heading announces what is to come: 2016年工作安排, 下一步打算."""
    return _PLAN.search(title) is not None


def heads_troubles(title: str) -> bool:
    """Tell whether a heading announces what does not work yet: 存在的不足."""
    return _TROUBLES.search(title) is not None


_AHEAD_WORDS = r"下一步|今后|接下来|下一阶段|明年|力争|(?<![至止])到20\d\d年(?:底|末|,|$)|将(?<![即必]将)(?=继续|进一步|全面|重点|陆续|再|于|在|以此|着力|深化|推动|扩建|新建|启动|建成|完善|投入|举办|开展|实施)"
_PLAN = lazy(
    r"20\d\d年重点工作|工作重点$|安排$|打算|计划$|下一步|今后|思路|展望|重点任务|努力方向|工作目标"
)
_TROUBLES = lazy(r"存在的?(?:主要)?(?:不足|问题|困难)|问题和不足|困难和问题|短板")
_COUNTED = re.compile(r"\d[\d.,]*[万亿余多]*(?:名|人|期|场|件|次|个|元|万元|亿元|户|所|家|份|%)")
_PAST_WORDS = r"先后|累计|自(?:19|20)\d\d年|共(?=投入|计|举办|组织)"
_AHEAD, _PAST = lazy(_AHEAD_WORDS), lazy(_PAST_WORDS)
_TURN = re.compile(f"{_AHEAD_WORDS}|{_PAST_WORDS}")
