"""The tables of the boundary: what gives watching away, whom it is about, what it is not.

They keep the privacy rules' promise to refuse at the door; each line is plain words so that anyone
can check it. Matching is done on a folded clause without quotes, brackets and spaces.
"""

import re
from typing import NamedTuple

from linli.reader.measures.wording import any_of

# Branches that open with plain characters are skipped fast; so no group, and lookbehinds last.
_NAMED = (
    r"少数民族(?!企业|地区|特需|发展资金|语言|文化|传统|村|乡)|流动人口|流动人员|流入人口|暂住人口|外来(?:人口|人员|务工|民族)|务工(?:经商)?人员|新市民|新居民|"
    r"信教群众|信众|各族群众|民族人士|藏族|维吾尔族|回族群众|人员信息|人口信息|租住人员|租户|出租房|常住人口|实有人口|重点人(?:员|群)|"
    r"特殊人群|辖区(?:内)?(?:居民|群众|人员|人口)|居民信息|群众信息|涉疆|涉藏|朝觐人员"
)
_PEOPLE = re.compile(_NAMED)
_SOMEBODY = re.compile(_NAMED + r"|人员(?<!工作人员)(?<!管理人员)(?<!服务人员)(?<!执法人员)|人口")
_ELSEWHERE = re.compile(_NAMED + r"|两地|异地|跨区域|跨市|跨省|外地|外省")
# Things that may be inspected, filed and filmed: then nobody is watched.
_THINGS = (
    r"(?:食品|餐饮(?!从业)|后厨|明厨亮灶|屠宰|牛羊肉|市场主体|商品|产品质量|车间|工地扬尘|水质|河道|森林|防火|消防|电梯|燃气|市容|环卫|"
    r"垃圾|路面|项目(?:档案|台账|管理)|工程|企业(?:档案|台账)|文物|古树|非遗|资金(?:台账|监管)|任务|督办|问题台账|整改|文书|会议|荣誉)"
)
_NOT_A_REGISTER = (
    r"(?:健康档案|学籍|工作台账|台账式|求职登记|失业登记|就业登记|招聘登记|岗位|志愿者|报名|企业|商户|婚姻登记|不动产|房产|法律援助(?:登记|台账)|"
    r"服务台账|(?:服务|用工|群众|就业)需求|诉求|心愿|纠纷|信访|捐款|捐赠|残疾|孤寡|空巢|党员|干部|人才|培训|结对|资源|文化遗产|古籍|组织登记|社团|(?:贫困|困难|低收入)[^,;。]{0,10}建档立卡)"
)


class Rule(NamedTuple):
    """A practice. hints: plain words, one of which stands in every sign; sign: what gives it away;
    about: whom the sentence must name (None: anybody); unless: what makes it something else."""

    reason: str
    hints: frozenset[str]
    sign: re.Pattern[str]
    about: re.Pattern[str] | None
    unless: re.Pattern[str] | None

    def bears(self, clause: str) -> bool:
        """Tell whether a clause with the sign is not something else after all."""
        return self.unless is None or self.unless.search(clause) is None


def _rule(
    reason: str,
    hints: str,
    sign: str,
    about: re.Pattern[str] | None = None,
    unless: str | None = None,
) -> Rule:
    return Rule(
        reason,
        frozenset(hints.split()),
        re.compile(sign),
        about,
        re.compile(unless) if unless else None,
    )


RULES = (
    # Two places that exchange what they know about a person: only with that person's consent.
    _rule(
        "consent_needed",
        "流动人口 流动人员 务工人员 外来人员 外来人口 流动少数民族 流动群众 流入地 流出地 输出地 输入地 来源地 户籍 原籍 驻",
        r"(?:流动人口|流动人员|务工人员|外来人员|外来人口|流动少数民族|流动群众)[^,;。]{0,24}(?:协调|协作|联动|对接|联系|联络|合作|衔接|会商|双向服务)[^,;。]{0,8}(?:机制|制度|协议|体系|网络|平台|备忘录)"
        r"|(?:流入地|流出地|输出地|输入地|来源地|户籍地|户籍所在地|原籍)[^;。]{0,40}(?:协调|协作|联动|对接|联系|联络|合作|衔接|会商|通报|互通|共享|共管|协同|沟通|协议)"
        r"|驻[^,;。]{1,8}(?:机构|工作组|办事处|联络处|工作站)[^;。]{0,40}(?:协调|协作|联动|联系|联络|合作|共享|互通|通报|会商)",
        unless=r"劳务(?:协作|输出|对接|合作)|招商|对口支援|东西部协作|清真食品|产业",
    ),
    _rule(
        "consent_needed",
        "信息 数据 互通 共享 互享 互换 交换 通报 互联 对接 互认 名单",
        r"(?:信息|数据|情况|名单)[^,;。]{0,6}(?:互通|共享|互享|互换|交换|通报|互联|对接|互认)|(?:共享|互通|交换|通报)[^,;。]{0,10}(?:信息|数据|情况)",
        about=_ELSEWHERE,
        unless=_THINGS + r"|岗位|就业信息|用工信息|招聘|供求|文化资源|教育资源|阵地|场地",
    ),
    _rule(
        "consent_needed",
        "两地 异地 跨区域 跨市 跨省 区域间 协作 协调 联动 共管 会商 联系 联络 沟通 对接 合作",
        r"(?:两地|异地|跨区域|跨市|跨省|区域间|与[^,;。]{1,24}[省区州市县盟][^,;。]{0,10}(?:建立|签订|签署|健全))[^,;。]{0,16}(?:协作|协调|联动|共管|会商|联系|联络|沟通|对接|合作)[^,;。]{0,6}(?:机制|制度|协议)",
        about=_PEOPLE,
        unless=r"清真食品|招商|对口支援|东西部协作|劳务|文化|旅游|产业",
    ),
    # Who someone is, where they live, gathered into a file.
    _rule(
        "person_register",
        "摸清 摸准 摸排 掌握 核准 数据库 信息库 管理平台 管理系统 信息平台 信息系统",
        r"(?:摸清|摸准|摸排|掌握|核准)[^,;。]{0,12}(?:流动人口|外来人口|外来人员|少数民族[^,;。]{0,6}(?:人口|人员|群众))[^,;。]{0,6}(?:底数|底子|底细|分布|构成)"
        r"|(?:流动人口|外来人口|外来人员|少数民族(?:人口|人员|群众))[^,;。]{0,40}(?:数据库|信息库|管理平台|管理系统|信息平台|信息系统)",
        unless=r"就业|岗位|招聘|健康|法律援助",
    ),
    _rule(
        "person_register",
        "一人一 一户一 每人一 每户一 一人1 一户1 每人1 每户1 逐户 逐人 造册 名册 不漏 应登尽登 登记 数据库",
        r"[一每](?:人|户)[一1](?:档|册|表|卡|案)|逐(?:户|人)[^,;。]{0,6}(?:登记|建档|核查|造册)|登记造册|建立花名册|花名册|村不漏户|户不漏人|不漏一人|应登尽登|人来登记|登记[^,;。]{0,6}(?:流动人口|务工人员|租户|租客|少数民族(?:人口|人员|群众|居民))|(?:人口|人员|居民)(?:信息)?数据库|数据库[^,;。]{0,6}人员|人员[^,;。]{0,6}数据库",
        unless=_NOT_A_REGISTER + "|" + _THINGS,
    ),
    _rule(
        "person_register",
        "信息 数据 台账 档案 建档 底数 底子 采集 登记 录入 掌握 摸清 摸准 摸底 摸排 造册 核查 核录 管理平台 管理系统",
        r"人口[^,;。]{0,8}管理(?:平台|系统)|信息(?:系统|平台|库|管理系统|管理平台|台账|档案)|数据库|大数据平台|台账|档案|建档|底数|底子清|信息采集|采集[^,;。]{0,12}信息|基础信息|信息登记|信息录入|录入[^,;。]{0,6}(?:系统|平台)|登记备案|登记管理|人口登记|实名登记|入户登记|(?:全面|逐一|及时|集中|办理)登记|(?:掌握|摸清|摸准)[^;。]{0,30}(?:人口|人员|群众|居民)[^,;。]{0,60}(?:情况|分布|数量|人数|构成|从业|家庭成员|来源|去处)|摸底(?:调查|排查|统计|登记|工作)?|普查登记|身份信息|"
        r"(?:人口|人员|数量|人数)[^,;。]{0,14}(?:摸排|统计造册|核查|核录)",
        about=_PEOPLE,
        unless=_NOT_A_REGISTER + "|" + _THINGS,
    ),
    _rule(
        "surveillance",
        "掌握 了解 摸清 跟踪",
        r"(?:掌握|了解|摸清|跟踪)[^;。]{0,30}(?:人口|人员|群众|居民)[^;。]{0,20}(?:动态情况|进出(?:变化|情况)|增减变化|来去|流入流出|活动情况)",
        about=_PEOPLE,
    ),
    _rule("policing", "派出所", r"派出所[^,;。]{0,16}(?:信息(?:报告|通报|互通|共享)|情况通报)"),
    # What people think and say.
    _rule(
        "opinion_monitoring",
        "舆情 舆论 思想动 思想状 思想底 思想情 网上言论 网上巡查 网络巡 网络监 网络管控 网络言论 网评 言论管控 社情 民情动态 意识形态",
        r"舆情|舆论[^,;。]{0,4}(?:引导|监测|管控|态势|监控)|思想(?:动态|动向|状况|底数|情况)|网上(?:言论|巡查)|网络(?:巡查|监管|监看|监测|管控)|网络言论|网评员|言论管控|(?:收集|搜集|排查|研判|掌握|监测|分析|摸排)[^,;。]{0,12}(?:社情民意|社情|民情动态)|(?:社情民意|社情)[^,;。]{0,8}(?:排查|研判|监测|分析|摸排|信息员|动态)|意识形态[^,;。]{0,10}(?:监测|研判|管控|巡查|排查)",
        unless=r"(?:灾情|市场|食品)舆情|旅游舆情",
    ),
    # Force, and lists of suspects.
    _rule(
        "policing",
        "派出所 民警 公安 处置 严打 打击 渗透 重点人 稳控 管控 维稳 反恐 暴恐 势力 极端 处突 群体性 侦破 治安 武装 防控 盘查 清查",
        r"(?:派出所|民警|公安)[^,;。]{0,20}(?:检查|走访|清查|排查|巡查|核查|巡逻|盘查)|处置[^,;。]{0,8}(?:民族|宗教|涉)[^,;。]{0,8}事件|严打|严厉打击|依法打击|打击[^,;。]{0,24}(?:犯罪|违法|非法|势力|分子|活动|行为|极端)|(?:防范|抵御|防止|遏制|反)[^,;。]{0,10}渗透|重点人员|重点人群[^,;。]{0,8}(?:管控|稳控|排查|监管)|稳控|管控[^,;。]{0,8}(?:人员|人群|对象)|(?:人员|人群|对象|人口)[^,;。双]{0,6}管控|"
        r"维稳|反恐|暴恐|三股势力|极端(?:主义|势力|思想)|处突|群体性事件|侦破|(?:治安|武装)(?:巡逻|清查|防控|整治)|社会治安防控|敌对势力|盘查|清查",
        unless=r"假冒|伪劣|慰问|结对|消防|食品|餐饮|拖欠|欠薪|价格|商标|侵权|传销|电信|诈骗|非法集资|环境|盗采|偷排|清查(?:资产|资金|核资)|资产清查",
    ),
    # Where people go and what they do.
    _rule(
        "surveillance",
        "人脸 面部 视频 监控 探头 摄像头 天网 雪亮 电子围栏 电子眼 车牌 卡口 行踪 轨迹 手机定位 双向管 双向服务 管人 技防 布控 情报",
        r"人脸|面部识别|视频(?:监控|监测|联网|巡查|巡控|点位)|监控(?:探头|网络|系统|平台|设备|设施|全覆盖|点)|高清探头|摄像头|天网|雪亮工程|电子围栏|电子眼|车牌识别|智能卡口|治安卡口|行踪|轨迹|手机定位|双向管控|双向管理|双向服务管理|(?:小时|全天候|全时段|重点部位|公共区域)[^,;。]{0,8}监控|以房管人|以证管人|以业管人|技防|无死角监控|全天候监控|布控|情报信息",
        unless=_THINGS + r"|安全生产|资金|农田|大棚|养殖|景区客流",
    ),
    _rule(
        "surveillance",
        "信息员 网格",
        r"信息员(?:队伍|网络|制度)|网格化[^,;。]{0,4}管理",
        unless=_THINGS + r"|安全生产|气象|防灾|消费|科技|场所|城市|环境|市场|河湖|矛盾纠纷",
    ),
    _rule(
        "surveillance",
        "网格 动态 跟踪 全程 全天候 实时 精细 掌握 了解 摸清 追踪 监测 掌控 排查 摸排 清查 核查 信息员 联络员 协管员 管控 落脚",
        r"网格化?[^,;。]{0,8}(?:管理|管控|排查|巡查|监管|走访|覆盖|登记|摸排|治理)|网格员[^;。]{0,24}(?:掌握|排查|摸排|登记|走访|巡查|上报|核查)|(?:动态|跟踪|全程|全天候|实时|精细化?)(?:管理|管控|监管|监控|监测|掌握|跟踪|追踪)|(?:掌握|了解|摸清|跟踪|追踪|监测|掌控)[^,;。]{0,20}(?:动态|动向|去向|流向|活动(?:情况|轨迹|规律)|变动|流动情况|居住情况|现实表现)|"
        r"(?:排查|摸排|清查)[^,;。]{0,10}(?:流动人口|外来人口|外来人员|租户|务工人员|少数民族(?:人员|人口|群众))|(?:拉网式|地毯式|滚动式?|入户|逐户|上门)(?:排查|摸排|核查|清查)|(?:信息员|联络员|协管员)[^;。]{0,20}(?:掌握|上报|排查|摸排|动态)|常态化?管控|管控到位|落脚点",
        about=_SOMEBODY,
        unless=_THINGS
        + r"|示范|场所|城市管理|城市精细|创建|商户|经营户|绩效|考核|矛盾纠纷|纠纷|志愿|需求|困难|隐患排查|安全隐患|岗位|就业|项目|企业|疫苗|疫情|贫困|返贫|低收入|留守|老人|儿童|学生",
    ),
)


def _by_hint() -> dict[str, frozenset[int]]:
    """Return each hint with the places in `RULES` of those it may speak for, also through a word
    that the search may have passed over there: one inside it, or one that its end begins."""
    places: dict[str, set[int]] = {}
    for place, rule in enumerate(RULES):
        for hint in rule.hints:
            places.setdefault(hint, set()).add(place)
    met: dict[str, frozenset[int]] = {}
    for word in places:
        tails = tuple(word[at:] for at in range(1, len(word)))
        passed = (hint for hint in places if hint in word or hint.startswith(tails))
        met[word] = frozenset().union(*(places[hint] for hint in passed))
    return met


# One quick look decides whether a clause is worth reading closely; plain words only, for speed.
BY_HINT = _by_hint()
HINT = any_of(BY_HINT)
