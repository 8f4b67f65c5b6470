"""Whether a clause says a deed or only a wish, a stance or a result: the rules of the genre."""

import re

from linli.reader.measures.verbs import Verb
from linli.reader.patterns import lazy

# Phrases that only frame what follows: by what, in whose spirit, so that.
_FRAME = lazy(
    r"以(?!来)[^,]{1,60}(?:为|作为)[^,]{0,16}$|为了|[让使令]|确保|保证|推动形成|形成了?良好|随着|鉴于|作为|面对"
    r"|为[^,]{2,50}(?:奠定|打下|营造|注入|贡献|创造|提供[^,]{0,14}(?:保证|保障|支撑|动力|条件|基础|力量|环境|样本|经验|范例|示范|借鉴|遵循))"
)
# The same after a subject: 社区以服务为主线, 街道把培训作为重点, 理论与实践相结合, 使用率达100%.
_FRAMED = lazy(
    r"以[^,]{2,60}为(?:主|抓手|目标|载体|重点|核心|契机|引领|统领|牵引|导向|基础|依托|中心|根本|平台|原则"
    r"|切入点|着力点|着眼点|突破口|落脚点|出发点|龙头|支撑|纽带|桥梁|动力|保障|己任|指导|遵循|媒)[^,]{0,2}$"
    r"|把[^,]{1,80}作为|^[^把将]{4,40}相结合$|^(?!推动|带动|助推|实现)[^了]{2,40}(?<!到)达到?\d[\d.]*%$"
)
_FRAMED_LASTS = frozenset("合%")
_FRAME_FIRSTS = frozenset("以为让使令确保推形随鉴作面")
# Before a purpose the deed is still to come: 为方便居民, 为进一步做好….
_PURPOSE = lazy(
    r"为(?:了|进一步|全面|切实|更好|有效|充分|不断|扎实|深入|持续|确保|推动|推进|深化|加强|做好|提升|促进|贯彻|落实|巩固|增进|助力|加快|解决|方便|弘扬|营造|丰富"
    r"|帮助|引导|保障|提高|强化|破解|激发|满足|实现|让|使|规范|完善|拓宽|防止|避免|改善|庆祝|纪念|迎接)"
)
_FRAME_STARTS = (
    "通过",
    "采取",
    "采用",
    "利用",
    "运用",
    "按照",
    "根据",
    "依据",
    "紧扣",
    "围绕",
    "紧紧围绕",
    "结合",
    "立足",
    "针对",
    "在",
    "坚持",
    "对",
    "从",
    "以",
    "为",
)
_FRAME_ENDS = (
    "方式", "形式", "办法", "手段", "途径", "措施", "举措", "契机", "要求", "精神", "原则", "部署", "任务", "思路", "标准", "方针", "理念", "导向",
    "结合", "统一", "并重", "并举", "基础上", "入手", "如下", "工作中", "活动中", "前提下", "领导下", "支持下", "指导下", "陪同下", "作用下", "带动下", "推动下", "引领下", "背景下", "形势下", "过程", "时", "之际", "高度重视",
)  # fmt: skip
_FORM_ENDS = ("形式", "方式", "办法", "手段", "等活动")
# These frame whatever they close.
_CIRCUMSTANCES = (
    "汇报如下",
    "报告如下",
    "以来",
    "期间",
    "过程中",
    "的过程",
    "的同时",
    "之际",
    "后",
)
# A means is no deed: 通过科技助农; but 通过…形式向干部传达 is one.
MEANS_FIRSTS = frozenset("通经凭借旨目有从")
_MEANS = lazy(r"通过|经过|凭借|借助|旨在|目的是|有利于|从[^,]{2,20}(?:方面|角度|入手)")
_FORM = lazy(r"方式|形式|平台|媒体|渠道|途径|等")
_CIRCUMSTANCE_LASTS = {circumstance[-1] for circumstance in _CIRCUMSTANCES}
_START_FIRSTS = {start[0] for start in _FRAME_STARTS}
_FORM_LASTS = {form[-1] for form in _FORM_ENDS}
# A clause that only frames and begins so has no subject.
FRAME_FIRSTS = _FRAME_FIRSTS | _START_FIRSTS

_CONCRETE = lazy(
    r"机制|制度|体系|体制|方案|办法|平台|中心|服务站|工作站|联络站|联系站|驿站|站点|站所|窗口|基地|队伍|项目|工程|活动|培训|设施|行动|计划|试点|改造|升级|监管|检查|经费|资金|"
    r"课程|场所|品牌|载体|阵地|渠道|网络|清单|条件改善|补贴|救助|维修|名录|措施|服务管理|监督|社区服务|养老服务|托育服务|政策落地|"
    r"教材|线路|公交|食堂|课堂|书屋|广场|公园|长廊|讲座|夜校|补助|津贴|贷款|技能|用房|场地|车辆|设备|器材|物资|图书|路灯|管网|热线|流程|手续|审批|合作社|基金|街区|矩阵|全覆盖|覆盖面|覆盖范围|加分政策|优惠政策|补贴政策|扶持政策|帮扶政策|减免政策|惠民政策|惠企政策|资助政策|就业政策|营商环境|城市更新"
    r"|招生|就业|学位|教师|医保|食品|市场|企业|产业园|旅游|通道|道路|住房|教育$|进[校社企机军乡]|倾斜|沟通联系|研判|执法|职责|责任制"
)
# Deeds as such, with nothing said about them.
_GENERIC = lazy(
    r"(?:好|了)?各项[^,、]{0,6}(?:工作|任务)$|(?:好|了)?(?:新时代|党的|全[市区县州]|民族|宗教|团结|进步|统战|宣传|示范|创建)+(?:工作|活动)$"
    r"|[^,■\d]*共同体意识[^,■\d]{0,6}教育(?:[^,■\d]{0,8}打造)?$"
    r"|(?:社区|辖区|广大|各族|各民族|村|小区|人民)*(?:群众|居民|党员|干部|百姓|党员干部|企业)+$"
)
_VAGUE = ("服务", "组织")
_GENERIC_LAST = frozenset("作务动育造众民员部姓业")
_ABSTRACT = (
    "发展", "融合", "交融", "交流", "现代化", "团结", "和谐", "和睦", "稳定", "意识", "认识", "思想", "局面", "氛围", "合力", "篇章", "共识", "认同", "力量",
    "保证", "保障", "支撑", "动力", "环境", "风尚", "根基", "基础", "热情", "积极性", "创造性", "主动性", "责任感", "使命感", "作用", "人心", "理念", "精神",
    "要求", "部署", "落实", "开展", "繁荣", "进步", "事业", "意义", "关系", "优势", "条件", "生活", "能力", "素质", "权益", "利益", "增收", "致富", "法治化",
    "规范化", "制度化", "良性循环", "新台阶", "深化", "常态", "效果", "实效", "全过程", "各方面", "到位", "落地见效", "新模式", "新路子", "新路径", "路径", "实践", "样本", "宣传教育",
)  # fmt: skip
_ABSTRACT_LASTS = frozenset(word[-1] for word in _ABSTRACT)
_SLOGAN = re.compile(
    r"局面|氛围|合力|篇章|共识|人心|思想基础|群众基础|社会基础|物质基础|政治基础|社会环境|良好环境|社会结构|重要保证|重要保障|有力保证|有力保障|坚强保证|坚强保障|制度保证|制度保障|精神动力|格局$"
)
_ORGANISED = lazy(r"(?:领导|负责|牵头|参与|协同|■{12})[^,]{0,24}格局|机制|体制|制度|体系|模式")
_PARTICLES = frozenset("了起")
_COUNTING = frozenset("了近0123456789")
_HARD = lazy(r"[\d■]")
_HARD_OR_SPELT = re.compile(
    r"[\d■]|[一二两三四五六七八九十百千万]余?(?:名|人|户|个|件|次|场|家|所)"
)
_LIGHT = ("举办", "开展", "举行", "召开", "组织", "进行", "实施", "共开展")
_BARE_COUNT = lazy(r"近?\d[\d.万余多个]*[期次场人名届批余]*$")
_RELATIVE = lazy(r"的(?!士)|以来|之后|后|时(?!代|间)|期间|过程|者|力度|率")
NOMINAL_FIRSTS = frozenset("的以之后时期过者力率")
_NOUN_HEAD = lazy(
    r"工作|方案|意见|细则|情况|办法|资金|项目|领导|小组|组|办公室(?!\d)|示范|力度|能力|人员|队伍|人数|经费|意识|总数|成果|成效|效果|成绩|"
    r"任务|内容|方式|形式|标准|水平|政策|部门|对象|范围|率|费|力量|活动|机制|体系|制度|平台|基地|中心|月|周|日|人次|场次|次数|任务|要求|组织|和|与|及|、|协议|室|所|团|采取|采用|进行|由|手段|网络|设施|成功率|[就做也更都不得要能是有]"
)


def frames_late(masked: str, start: int, end: int) -> bool:
    """Tell whether a clause that begins with none of `FRAME_FIRSTS` only frames what follows."""
    last = masked[end - 1]
    if last in _CIRCUMSTANCE_LASTS and masked.endswith(_CIRCUMSTANCES, start, end):
        return True
    text = masked[start:end]
    if last in _FORM_LASTS and text.endswith(_FORM_ENDS):
        return "采取" in text[1:]
    if last in _FRAMED_LASTS or "以" in text or "把" in text:
        return _FRAMED.search(text) is not None
    return False


def frames(masked: str, start: int, end: int) -> bool:
    """Tell whether the whole clause only frames what follows."""
    text = masked[start:end]
    first, last = text[0], text[-1]
    if first in _START_FIRSTS and text.startswith(_FRAME_STARTS) and text.endswith(_FRAME_ENDS):
        return True
    if last in _FORM_LASTS and text.endswith(_FORM_ENDS):
        return "采取" in text[1:] or text.startswith(("结合", "通过"))
    if first in _FRAME_FIRSTS and _FRAME.match(text):
        return True
    return frames_late(masked, start, end)


def purposes(masked: str, start: int, end: int) -> bool:
    """Tell whether the clause says what something is done for."""
    return _PURPOSE.match(masked, start, end) is not None


def nominal(masked: str, stop: int, kind: str, end: int) -> bool:
    """Tell whether the word that ends at `stop` is a noun or heads a relative clause here: 开展的, 培训基地."""
    if stop >= end:
        return kind not in ("noun", "empty")
    if masked[stop] in NOMINAL_FIRSTS and _RELATIVE.match(masked, stop, end):
        return True
    return kind == "noun" and _NOUN_HEAD.match(masked, stop, end) is not None


def means(masked: str, start: int, verb: Verb) -> bool:
    """Tell whether the clause names a means or a purpose rather than a deed."""
    begin, stop, _, _ = verb
    return (
        start < begin
        and masked[stop : stop + 1] != "了"
        and _MEANS.match(masked, start, begin) is not None
        and not _FORM.search(masked, start, begin)
    )


def counts(masked: str, start: int, verb: Verb, end: int) -> bool:
    """Tell whether the clause says a deed rather than a stance, a slogan or a result."""
    begin, stop, kind, _ = verb
    if masked[stop : stop + 1] in _PARTICLES:
        stop += 1
    if stop >= end:
        return kind != "weak"
    if masked[stop] in _COUNTING and _BARE_COUNT.match(masked, stop, end):
        return kind in ("act", "noun") and not masked.startswith(_LIGHT, begin)
    near = begin - start < 10 and masked[end - 1] in _GENERIC_LAST
    vague = near and (kind != "noun" or masked.startswith(_VAGUE, begin))
    if vague and _GENERIC.match(masked, stop, end):
        return _HARD.search(masked, start, end) is not None
    slogan = _SLOGAN.search(masked, max(stop, end - 14), end) is not None
    return _is_concrete(masked[stop:end], slogan=slogan) if kind == "weak" else not slogan


def _is_concrete(thing: str, *, slogan: bool) -> bool:
    """Tell whether an object makes a deed even of 加强 or 推进."""
    if slogan:
        return _ORGANISED.search(thing) is not None
    if _HARD_OR_SPELT.search(thing):
        return True
    if thing[-1] in _ABSTRACT_LASTS and thing.endswith(_ABSTRACT):
        return False
    return _CONCRETE.search(thing) is not None
