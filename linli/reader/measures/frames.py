"""Clauses that only frame the deed: by what means, in whose spirit, on what occasion, what for."""

from linli.reader.measures.verbs import Verb
from linli.reader.measures.wording import endings, ends
from linli.reader.patterns import lazy

# Phrases that only frame what follows: by what, in whose spirit, so that.
_FRAME = lazy(
    r"以(?:充分|更|便(?![民利])|期|求)|以(?!来)[^,]{1,60}(?:为|作为)[^,]{0,16}$|为了|[让使令]|确保|保证|推动形成|形成了?良好|随着|鉴于|作为|面对"
    r"|为[^,]{2,50}(?:奠定|打下|筑牢|夯实|凝聚|增添|赋能|营造|注入|贡献|创造|提供[^,]{0,14}(?:保证|保障|支撑|动力|条件|基础|力量|环境|样本|经验|范例|示范|借鉴|遵循)$)"
)
# The same after a subject: 社区以服务为主线, 街道把培训作为重点, 理论与实践相结合, 使用率达100%.
_FRAMED = lazy(
    r"以[^,]{2,60}为(?:主|抓手|目标|载体|重点|核心|契机|引领|统领|牵引|导向|基础|依托|中心|根本|平台|原则"
    r"|切入点|着力点|着眼点|突破口|落脚点|出发点|龙头|支撑|纽带|桥梁|动力|保障|己任|指导|遵循|媒)[^,]{0,2}$"
    r"|把[^,]{1,80}(?:作为|摆在|摆上|放在)|^与[^,]{2,120}结合(?:起来)?$|^[^把将]{4,40}相结合$|^(?!推动|带动|助推|实现)[^了]{2,40}(?<!到)达到?\d[\d.]*%$"
)
_FRAMED_LASTS = frozenset("合来%")
_NEAR_END = 6
_FRAME_FIRSTS = frozenset("以为让使令确保推形随鉴作面")
# Before a purpose the deed is still to come: 为方便居民, 为进一步做好….
_PURPOSE = lazy(
    r"为(?:了|进一步|全面|切实|更好|有效|充分|不断|扎实|深入|持续|确保|推动|推进|深化|加强|做好|提升|促进|贯彻|落实|巩固|增进|助力|加快|解决|方便|弘扬|营造|丰富"
    r"|帮助|引导|保障|提高|强化|破解|激发|满足|实现|让|使|规范|完善|拓宽|防止|避免|改善|庆祝|纪念|迎接)"
)
_STARTS = (
    "通过", "采取", "采用", "利用", "运用", "按照", "根据", "依据", "紧扣", "围绕", "紧紧围绕", "结合", "立足", "针对", "在", "坚持", "对", "从", "以", "为",
)  # fmt: skip
_ENDS = endings((
    "方式", "形式", "办法", "手段", "途径", "措施", "举措", "契机", "要求", "精神", "原则", "部署", "任务", "思路", "标准", "方针", "理念", "导向",
    "结合", "统一", "并重", "并举", "入手", "工作中", "活动中", "陪同下", "过程", "时", "高度重视",
))  # fmt: skip
_FORMS = ("形式", "方式", "办法", "手段", "等活动")
_FORM_ENDS = endings(_FORMS)
# These frame whatever they close.
_CIRCUMSTANCES = (
    "如下", "以来", "期间", "过程中", "的过程", "的同时", "之际", "后", "基础上", "前提下", "框架下", "背景下", "领导下", "指导下", "支持下", "帮助下",
    "带动下", "推动下", "引领下", "作用下", "情况下", "形势下", "努力下",
)  # fmt: skip
_CLOSES = endings(_CIRCUMSTANCES)
# 内生动力显著增强, 服务水平不断提升: it came about.
_OUTCOMES = frozenset(
    ("增强", "提升", "提高", "改善", "增加", "扩大", "巩固", "优化", "深化", "加快", "发展", "好转", "显现", "凸显", "拓宽")
)  # fmt: skip
_CAME_ABOUT = lazy(
    r".{2}(?:显著|明显|不断|持续|进一步|更加|日益|稳步|大幅|全面|有效|逐步|得到|逐渐|日趋|稳定|大幅度|同步|普遍)..$"
)
# A means is no deed: 通过科技助农; but 通过…形式向干部传达 is one.
MEANS_FIRSTS = frozenset("通经凭借旨目有从")
_MEANS = lazy(r"通过|经过|凭借|借助|旨在|目的是|有利于|从[^,]{2,20}(?:方面|角度|入手)")
# 社区采取…等形式: who acts stands before the form.
_IN_FORM = lazy(r"采取|通过")
_FORM = lazy(r"方式|形式|平台|媒体|渠道|途径|等")
_START_FIRSTS = {start[0] for start in _STARTS}
# A clause that only frames and begins so has no subject.
FIRSTS = _FRAME_FIRSTS | _START_FIRSTS
# No other clause that begins otherwise can frame, save with 以 or 把 in it.
LATE_LASTS = _FRAMED_LASTS | {word[-1] for word in (*_CIRCUMSTANCES, *_FORMS, *_OUTCOMES)}


def late(masked: str, start: int, end: int) -> bool:
    """Tell whether a clause that begins with none of `FIRSTS` only frames what follows."""
    text = masked[start:end]
    if text[-1] in LATE_LASTS:
        if ends(text, _CLOSES):
            return True
        if ends(text, _FORM_ENDS):
            return _IN_FORM.search(text, 2) is not None
        if text[-2:] in _OUTCOMES:
            return _CAME_ABOUT.search(text) is not None
        return _FRAMED.search(text) is not None
    # 以服务为主线 closes with what it is for.
    if "把" in text or ("以" in text and text.find("为", -_NEAR_END) >= 0):
        return _FRAMED.search(text) is not None
    return False


def whole(masked: str, start: int, end: int) -> bool:
    """Tell whether the whole clause only frames what follows."""
    text = masked[start:end]
    first = text[0]
    if first in _START_FIRSTS and ends(text, _ENDS) and text.startswith(_STARTS):
        return True
    if ends(text, _FORM_ENDS):
        return "采取" in text[1:] or text.startswith(("结合", "通过", "利用", "借助"))
    return (first in _FRAME_FIRSTS and _FRAME.match(text) is not None) or late(masked, start, end)


def purposes(masked: str, start: int, end: int) -> bool:
    """Tell whether the clause says what something is done for."""
    return _PURPOSE.match(masked, start, end) is not None


def means(masked: str, start: int, verb: Verb) -> bool:
    """Tell whether the clause names a means or a purpose rather than a deed."""
    begin, stop, _, _ = verb
    return (
        start < begin
        and masked[stop : stop + 1] != "了"
        and _MEANS.match(masked, start, begin) is not None
        and (masked[begin - 1] == "、" or not _FORM.search(masked, start, begin))
    )
