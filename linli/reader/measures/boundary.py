"""Which passages describe watching people. The platform keeps them as text and takes nothing in.

This is a promise of the privacy rules (no tracking, no register, no watching of opinion, refuse at
the door), so the rules stand here as plain tables: what gives a practice away, whom it must be
about, and what it is not. Services, disputes settled, food, premises and tasks are never marked.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from linli.reader.article import fold
from linli.reader.measures import clauses
from linli.reader.measures.clauses import Clause, Sentence
from linli.reader.measures.wording import any_of

# What meets the need instead; the page words it.
SERVICE_INSTEAD = {
    "surveillance": "services_without_a_name",
    "person_register": "published_area_figures",
    "opinion_monitoring": "open_suggestions",
    "policing": "legal_aid_and_mediation",
    "consent_needed": "handover_with_consent",
}

_PEOPLE = re.compile(
    r"(?:少数民族(?!企业|地区|特需|发展资金|语言|文化|传统|村|乡)|流动人口|流动人员|流入人口|暂住人口|外来(?:人口|人员|务工|民族)|务工(?:经商)?人员|新市民|新居民|"
    r"信教群众|信众|各族群众|民族人士|藏族|维吾尔族|回族群众|人员信息|人口信息|租住人员|租户|出租房|常住人口|实有人口|重点人(?:员|群)|"
    r"特殊人群|辖区(?:内)?(?:居民|群众|人员|人口)|居民信息|群众信息|涉疆|涉藏|朝觐人员)"
)
_SOMEBODY = re.compile(_PEOPLE.pattern + r"|(?<!工作)(?<!管理)(?<!服务)(?<!执法)人员|人口")
_ELSEWHERE = re.compile(_PEOPLE.pattern + r"|两地|异地|跨区域|跨市|跨省|外地|外省")
# Things that may be inspected, filed and filmed: then nobody is watched.
_THINGS = (
    r"(?:食品|餐饮(?!从业)|后厨|明厨亮灶|屠宰|牛羊肉|市场主体|商品|产品质量|车间|工地扬尘|水质|河道|森林|防火|消防|电梯|燃气|市容|环卫|"
    r"垃圾|路面|项目(?:档案|台账|管理)|工程|企业(?:档案|台账)|文物|古树|非遗|资金(?:台账|监管)|任务|督办|问题台账|整改|文书|会议|荣誉)"
)
_NOT_A_REGISTER = (
    r"(?:健康档案|学籍|工作台账|台账式|求职登记|失业登记|就业登记|招聘登记|岗位|志愿者|报名|企业|商户|婚姻登记|不动产|房产|法律援助(?:登记|台账)|"
    r"服务台账|需求|诉求|心愿|纠纷|信访|捐款|捐赠|残疾|孤寡|空巢|党员|干部|人才|培训|结对|资源|文化遗产|古籍|组织登记|社团)"
)


class Rule(NamedTuple):
    """A practice. sign: what gives it away; about: whom the sentence must name (None: anybody);
    unless: what makes the clause something else."""

    reason: str
    sign: re.Pattern[str]
    about: re.Pattern[str] | None
    unless: re.Pattern[str] | None


def _rule(
    reason: str, sign: str, about: re.Pattern[str] | None = None, unless: str | None = None
) -> Rule:
    return Rule(
        reason,
        re.compile(sign),
        about,
        re.compile(unless) if unless else None,
    )


_RULES = (
    # Two places that exchange what they know about a person: only with that person's consent.
    _rule(
        "consent_needed",
        r"(?:流动人口|流动人员|务工人员|外来人员|外来人口|流动少数民族|流动群众)[^,;。]{0,24}(?:协调|协作|联动|对接|联系|联络|合作|衔接|会商)[^,;。]{0,8}(?:机制|制度|协议|体系|网络|平台|备忘录)"
        r"|(?:流入地|流出地|输出地|输入地|来源地|户籍地|户籍所在地|原籍)[^;。]{0,40}(?:协调|协作|联动|对接|联系|联络|合作|衔接|会商|通报|互通|共享|共管|协同|沟通|协议)"
        r"|驻[^,;。]{1,8}(?:机构|工作组|办事处|联络处|工作站)[^;。]{0,40}(?:协调|协作|联动|联系|联络|合作|共享|互通|通报|会商)",
        unless=r"劳务(?:协作|输出|对接|合作)|招商|对口支援|东西部协作|清真食品|产业",
    ),
    _rule(
        "consent_needed",
        r"(?:信息|数据|情况|名单)[^,;。]{0,6}(?:互通|共享|互享|互换|交换|通报|互联|对接|互认)|(?:共享|互通|交换|通报)[^,;。]{0,10}(?:信息|数据|情况)",
        about=_ELSEWHERE,
        unless=_THINGS + r"|岗位|就业信息|用工信息|招聘|供求|文化资源|教育资源|阵地|场地",
    ),
    _rule(
        "consent_needed",
        r"(?:两地|异地|跨区域|跨市|跨省|区域间)[^,;。]{0,16}(?:协作|协调|联动|共管|会商)[^,;。]{0,4}(?:机制|制度|协议)",
        about=_PEOPLE,
        unless=r"清真食品|招商|对口支援|东西部协作|劳务",
    ),
    # Who someone is, where they live, gathered into a file.
    _rule(
        "person_register",
        r"[一每](?:人|户)[一1](?:档|册|表|卡|案)|逐(?:户|人)[^,;。]{0,6}(?:登记|建档|核查|造册)|登记造册|建立花名册|花名册|村不漏户|户不漏人|不漏一人|应登尽登|人来登记|数据库[^,;。]{0,6}人员|人员[^,;。]{0,6}数据库",
        unless=_NOT_A_REGISTER + "|" + _THINGS,
    ),
    _rule(
        "person_register",
        r"信息(?:系统|平台|库|管理系统|管理平台|台账|档案)|数据库|大数据平台|台账|档案|建档|底数|底子清|信息采集|采集[^,;。]{0,12}信息|基础信息|信息登记|信息录入|录入[^,;。]{0,6}(?:系统|平台)|登记备案|登记管理|人口登记|实名登记|入户登记|(?:全面|逐一|及时|集中|办理)登记|摸底(?:调查|排查|统计|登记|工作)?|普查登记|身份信息|"
        r"(?:人口|人员|数量|人数)[^,;。]{0,14}(?:摸排|统计造册|核查|核录)",
        about=_PEOPLE,
        unless=_NOT_A_REGISTER + "|" + _THINGS,
    ),
    # What people think and say.
    _rule(
        "opinion_monitoring",
        r"舆情|舆论(?:引导|监测|管控|态势|监控)|思想(?:动态|动向|状况|底数|情况)|网上(?:言论|巡查)|网络巡查|网络言论|网评员|言论管控|(?:收集|搜集|排查|研判|掌握|监测|分析|摸排)[^,;。]{0,12}(?:社情民意|社情|民情动态)|(?:社情民意|社情)[^,;。]{0,8}(?:排查|研判|监测|分析|摸排|信息员|动态)|意识形态[^,;。]{0,10}(?:监测|研判|管控|巡查|排查)",
        unless=r"(?:灾情|市场|食品)舆情|旅游舆情",
    ),
    # Force, and lists of suspects.
    _rule(
        "policing",
        r"处置[^,;。]{0,8}(?:民族|宗教|涉)[^,;。]{0,8}事件|严打|严厉打击|依法打击|打击[^,;。]{0,24}(?:犯罪|违法|非法|势力|分子|活动|行为|极端)|(?:防范|抵御|防止|遏制|反)[^,;。]{0,10}渗透|重点人员|重点人群[^,;。]{0,8}(?:管控|稳控|排查|监管)|稳控|管控[^,;。]{0,8}(?:人员|人群|对象)|(?:人员|人群|对象)[^,;。双]{0,6}管控|"
        r"维稳|反恐|暴恐|三股势力|极端(?:主义|势力|思想)|处突|群体性事件|侦破|(?:治安|武装)(?:巡逻|清查|防控|整治)|社会治安防控|敌对势力|盘查|清查",
        unless=r"假冒|伪劣|食品|餐饮|拖欠|欠薪|价格|商标|侵权|传销|电信|诈骗|非法集资|环境|盗采|偷排|清查(?:资产|资金|核资)|资产清查",
    ),
    # Where people go and what they do.
    _rule(
        "surveillance",
        r"人脸|面部识别|视频监控|监控(?:探头|网络|系统|平台|设备|设施|全覆盖|点)|高清探头|摄像头|天网|雪亮工程|电子围栏|电子眼|车牌识别|智能卡口|治安卡口|行踪|轨迹|手机定位|双向管控|双向管理|以房管人|以证管人|以业管人|技防|无死角监控|全天候监控|布控|情报信息",
        unless=_THINGS + r"|安全生产|资金|农田|大棚|养殖|景区客流",
    ),
    _rule(
        "surveillance",
        r"网格化?[^,;。]{0,8}(?:管理|管控|排查|巡查|监管|走访|覆盖|登记|摸排|治理)|网格员[^;。]{0,24}(?:掌握|排查|摸排|登记|走访|巡查|上报|核查)|(?:动态|跟踪|全程|全天候|实时|精细化?)(?:管理|管控|监管|监控|监测|掌握|跟踪|追踪)|(?:掌握|了解|摸清|跟踪|追踪|监测|掌控)[^,;。]{0,20}(?:动态|动向|去向|流向|活动(?:情况|轨迹|规律)|变动|流动情况|居住情况|现实表现)|"
        r"(?:拉网式|地毯式|滚动式?|入户|逐户|上门)(?:排查|摸排|核查|清查)|(?:信息员|联络员|协管员)[^;。]{0,20}(?:掌握|上报|排查|摸排|动态)|常态化?管控|管控到位|落脚点",
        about=_SOMEBODY,
        unless=_THINGS
        + r"|矛盾纠纷|纠纷|志愿|需求|困难|隐患排查|安全隐患|岗位|就业|项目|企业|疫苗|疫情|贫困|返贫|低收入|留守|老人|儿童|学生",
    ),
)
# One quick look decides whether a clause is worth reading closely; plain words only, for speed.
_HINTS = """
网格 监控 探头 摄像 天网 雪亮 人脸 面部 围栏 电子眼 卡口 行踪 轨迹 手机定位 双向管 技防 布控 情报 动态 动向 去向 流向
变动 流动情况 跟踪 追踪 实时 管控 排查 摸排 核查 清查 信息 数据 台账 档案 建档 一人一 一人1 一户一 每人一 每户一 逐户
逐人 底数 底子 登记 摸底 名册 不漏 舆情 舆论 思想动 思想状 思想底 思想情 言论 网评 网上巡 网络巡 社情 意识形态 民情 打击
严打 渗透 重点人 处置 稳控 维稳 反恐 暴恐 势力 极端 处突 群体性 侦破 治安 盘查 流入地 流出地 输出地 输入地 来源地 户籍 原籍
两地 异地 跨区 跨市 跨省 区域间 驻 管人 落脚 精细 掌握 掌控 互通 共享 通报 现实表现 活动规律 居住情况 造册 协调 协作
联动 会商 联系机制 联系制度 联系协议 联系网络 联络机制 联络制度 联络平台 合作机制 合作协议 合作备忘录 对接机制 对接平台
对接制度 衔接机制
"""
_HINT = any_of(_HINTS.split())
# How far around a clause we look for whom it is about; keeps hostile texts cheap.
_NEAR = 240
_SOFT = re.compile(r"[“”‘’\"'《》()「」『』\s]")


class Passage(NamedTuple):
    """Characters [start, end) that describe watching people, and how."""

    start: int
    end: int
    reason: str


class _Line(NamedTuple):
    """A line being read: its text, and where it names people, found when first asked for."""

    view: str
    start: int
    end: int
    named: dict[re.Pattern[str], list[int]]

    def names(self, about: re.Pattern[str], start: int, end: int) -> bool:
        if about not in self.named:
            found = about.finditer(self.view, self.start, self.end)
            self.named[about] = [each.start() for each in found]
        return _between(self.named[about], start, end)


def passages(view: str, start: int, end: int, sentences: list[Sentence]) -> Iterator[Passage]:
    """Yield the clauses that describe watching people, in order.

    `sentences` are those of the folded text [start, end).
    """
    hints = [hint.start() for hint in _HINT.finditer(view, start, end)]
    line = _Line(view, start, end, {})
    before = start
    for sentence in sentences if hints else ():
        if _between(hints, sentence.start, sentence.end):
            for part in sentence.clauses:
                if _between(hints, part.start, part.end):
                    reason = _reason(line, part, max(before, part.start - _NEAR), sentence.end)
                    if reason:
                        yield Passage(part.start, part.end, reason)
        before = sentence.start


def _between(places: list[int], start: int, end: int) -> bool:
    return bisect_left(places, start) < bisect_left(places, end)


def _reason(line: _Line, part: Clause, begin: int, end: int) -> str | None:
    """Return why a clause of the sentence that ends at `end` stays outside, or None.

    Whom it is about is looked for from `begin` on: a system is judged by what is said up to it,
    an agreement between two places also by what it turns out to be for.
    """
    plain = _SOFT.sub("", line.view[part.start : part.end])
    for rule in _RULES:
        if not rule.sign.search(plain) or (rule.unless and rule.unless.search(plain)):
            continue
        until = min(end, part.end + _NEAR) if rule.reason == "consent_needed" else part.end
        if rule.about is None or line.names(rule.about, begin, until):
            return rule.reason
    return None


def watching(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return (start, end, reason) of each clause in `text` that describes watching people.

    Offsets are code points of `text`, whichever script it is in; reason is a key of
    `SERVICE_INSTEAD`.
    """
    view = fold(text)
    found = passages(view, 0, len(view), clauses.sentences(clauses.mask(view), 0, len(view)))
    return tuple((passage.start, passage.end, passage.reason) for passage in found)
