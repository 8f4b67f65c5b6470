"""Whether a clause says a deed or only a wish, a stance or a result: the rules of the genre."""

import re

from linli.reader.measures import frames
from linli.reader.measures.clauses import HIDDEN
from linli.reader.measures.verbs import Verb
from linli.reader.measures.wording import any_of, endings, ends
from linli.reader.patterns import lazy

# What makes a deed even of 加强 or 推进.
_THINGS = """机制 制度 体系 体制 方案 办法 平台 中心 服务站 工作站 联络站 联系站 驿站 站点 站所 窗口 基地 队伍 项目 工程 活动 培训 设施 行动 计划 试点 改造 升级 监管 检查 经费 资金
    课程 场所 品牌 载体 阵地 渠道 网络 清单 条件改善 补贴 救助 维修 名录 措施 服务管理 监督 社区服务 养老服务 托育服务 政策落地 教材 知识 线路 公交 食堂 课堂 书屋 广场 公园
    长廊 讲座 夜校 补助 津贴 贷款 技能 用房 场地 车辆 设备 器材 物资 图书 路灯 管网 热线 流程 手续 审批 合作社 基金 街区 矩阵 全覆盖 覆盖面 覆盖范围 加分政策 优惠政策 补贴政策
    扶持政策 帮扶政策 减免政策 惠民政策 惠企政策 资助政策 就业政策 营商环境 城市更新 招生 就业 学位 教师 医保 食品 市场 企业 产业园 旅游 通道 道路 住房 门槛 成本 待遇 倾斜
    沟通联系 研判 执法 职责 责任制 进校 进社 进企 进机 进军 进乡 事迹 典型 联络组 工作组 领导小组 专班 网格块"""
_CONCRETE = any_of(_THINGS.split())
# Deeds as such, with nothing said about them.
_GENERIC = lazy(
    r"(?:好|了)?各项[^,、]{0,6}(?:工作|任务)$|(?:好|了)?(?:新时代|党的|全[市区县州]|民族|宗教|团结|进步|统战|宣传|示范|创建)+(?:工作|活动)?$|工作力度$|(?:工作|活动)(?:方式|方法|载体|思路|举措|内容|形式)$"
    r"|[^,■\d]*共同体意识[^,■\d]{0,6}教育(?:[^,■\d]{0,8}打造)?$"
    r"|(?:社区|辖区|广大|各族|各民族|村|小区|人民)*(?:群众|居民|党员|干部|百姓|党员干部|企业)+$"
)
_VAGUE = ("服务", "组织")
# 理清思路, 创新方法, 落实措施: four characters that say nothing.
_EMPTY_THINGS = (
    "措施 方法 思路 责任 目标 职责 举措 载体 方式 路径 短板 弱项 作风 中心 大局 分工 运作 配合"
)
_VAGUE_THINGS = frozenset(_EMPTY_THINGS.split())
_GENERIC_LAST = frozenset("建度式法体路措容作务动育造众民员部姓业")
_ABSTRACT = (
    "发展", "融合", "交融", "交流", "现代化", "团结", "和谐", "和睦", "稳定", "意识", "认识", "思想", "局面", "氛围", "合力", "篇章", "共识", "认同", "力量",
    "保证", "保障", "支撑", "动力", "环境", "风尚", "根基", "基础", "热情", "积极性", "创造性", "主动性", "责任感", "使命感", "作用", "人心", "理念", "精神",
    "要求", "部署", "落实", "开展", "繁荣", "进步", "事业", "意义", "关系", "优势", "条件", "生活", "能力", "素质", "权益", "利益", "增收", "致富", "法治化",
    "规范化", "制度化", "良性循环", "新台阶", "深化", "常态", "效果", "实效", "全过程", "各方面", "到位", "落地见效", "内涵", "目标", "主题", "称号", "自信", "新模式", "新路子", "新路径", "路径", "实践", "样本", "宣传教育",
)  # fmt: skip
_ENDS_ABSTRACT = endings(_ABSTRACT)
_SLOGAN = re.compile(
    r"局面|氛围|合力|篇章|共识|人心|思想基础|群众基础|社会基础|物质基础|政治基础|社会环境|良好环境|社会结构|重要保证|重要保障|有力保证|有力保障|坚强保证|坚强保障|制度保证|制度保障|精神动力|格局$|强音|乐章|旋律|号角|画卷|图景|好声音|港湾|家园$"
    r"|走深走|落地生根|落地见效|提质增效|提质扩面|入脑入心|入心入脑|深入人心|走在前列|见行见效|迭代升级|[上出见]实效|落到实处|落实落细|落细落实|蔚然成风|大局$|文章$|名片$|风采$|魅力$|独有特色|取得[^,]{0,8}(?:成效|成绩|效果|进展|突破|成果)$"
)
# 形成 tells what came about, unless something was set up or written.
_SET_UP = lazy(r"[\d■]|机制|体制|制度|体系|模式|格局|网|报告|方案|清单|意见|办法|规范")
# A mere frame of mind is put into things: 将…理念融入城市.
_MINDED = lazy(r"(?:理念|意识|精神|思想|文化)$")
# How one that closes with such words ends: one look-up instead of a search in most clauses.
_CLOSES = """条件 局面 氛围 合力 篇章 共识 人心 基础 环境 结构 保证 保障 动力 格局 强音 乐章 旋律 号角 画卷 图景 声音 港湾 家园 走实 走细 生根 见效
    增效 扩面 入脑 入心 前列 升级 实效 实处 落实 落细 成风 大局 文章 名片 风采 魅力 特色 成效 成绩 效果 进展 突破 成果"""
_SLOGAN_ENDS = frozenset(_CLOSES.split())
_ORGANISED = lazy(r"(?:领导|负责|牵头|参与|协同|■{12})[^,]{0,24}格局|机制|体制|制度|体系|模式")
_PARTICLES = frozenset("了起")
_COUNTING = frozenset("了近0123456789")
_HARD = lazy(r"[\d■]")
_COUNTED = re.compile(r"\d|[一二两三四五六七八九十百千万]余?(?:名|人|户|个|件|次|场|家|所)")
_LIGHT = ("举办", "开展", "举行", "召开", "组织", "进行", "实施", "共开展")
_BARE_COUNT = lazy(r"近?\d[\d.万余多个]*[期次场人名届批余]*$")
# A verb of two characters and a noun of two.
_SHORT = 4


def tells(masked: str, start: int, end: int, verb: Verb, *, strange: bool) -> bool:
    """Tell whether a clause says a deed rather than a stance, a means, a slogan or a result.

    strange: it speaks of something else than who acts.
    """
    begin, stop, kind, _ = verb
    first = masked[start]
    if (first not in frames.FIRSTS and frames.late(masked, start, end)) or (
        first in frames.MEANS_FIRSTS and frames.means(masked, start, verb)
    ):
        return False
    if masked[stop : stop + 1] in _PARTICLES:
        strange = strange and masked[stop] != "了"
        stop += 1
    if strange or stop >= end:
        return not strange and (kind == "act" or (kind == "noun" and end - start > _SHORT))
    if end - start == _SHORT or masked[stop] in _COUNTING or masked[end - 1] in _GENERIC_LAST:
        told = _tells_shortly(masked, start, end, (begin, stop, kind))
        if told is not None:
            return told
    slogan = masked[end - 2 : end] in _SLOGAN_ENDS and _SLOGAN.search(
        masked, max(stop, end - 14), end
    )
    if kind == "weak":
        return _is_concrete(masked, begin, stop, end, slogan=bool(slogan))
    return not slogan and not (
        masked[stop - 1] == "入" and _MINDED.search(masked, max(start, begin - 8), begin)
    )


def _tells_shortly(masked: str, start: int, end: int, verb: tuple[int, int, str]) -> bool | None:
    """Judge what is only counted, or said in general words; None where it is neither."""
    begin, stop, kind = verb
    if end - start == _SHORT and masked[stop:end] in _VAGUE_THINGS:
        return False
    if masked[stop] in _COUNTING and _BARE_COUNT.match(masked, stop, end):
        return kind in ("act", "noun") and not masked.startswith(_LIGHT, begin)
    near = begin - start < 10 and masked[end - 1] in _GENERIC_LAST
    vague = near and (kind != "noun" or masked.startswith(_VAGUE, begin))
    if (vague or masked.endswith("各项工作", stop, end)) and _GENERIC.match(masked, stop, end):
        return _HARD.search(masked, start, end) is not None
    return None


def _is_concrete(masked: str, begin: int, stop: int, end: int, *, slogan: bool) -> bool:
    """Tell whether an object makes a deed even of 加强 or 推进."""
    if masked.startswith("形成", begin) and not _SET_UP.search(masked, stop, end):
        return False
    if masked.startswith("落实《", stop - 2):
        return False
    thing = masked[stop:end]
    if slogan:
        return _ORGANISED.search(thing) is not None
    if _COUNTED.search(thing):
        return True
    if ends(thing, _ENDS_ABSTRACT):
        return False
    return HIDDEN in thing or thing.endswith("教育") or _CONCRETE.search(thing) is not None
