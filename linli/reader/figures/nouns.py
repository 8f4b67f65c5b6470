"""What a number counts when no measure word says so: 3至10万居民, 人口达3万余, 奖池36.57亿."""

from linli.reader.patterns import lazy
from linli.reader.units import Unit

PERSON = Unit("person")
PERSON_TIME = Unit("person_time")
HOUSEHOLD = Unit("household")
MONEY = Unit("CNY", "money")
ITEM = Unit("item")

_PEOPLE = (
    "居民|群众|人口|人员|学生|学员|教师|老师|教职工|职工|员工|干部|党员|团员|队员|成员|农民|村民|市民|牧民|农牧民|老人|老年人"
    "|儿童|孩子|妇女|女性|男性|青年|青少年|志愿者|代表|委员|嘉宾|选手|运动员|考生|毕业生|大学生|会员|患者|病人|病例|旅客|游客"
    "|观众|读者|听众|网友|网民|粉丝|用户|官兵|战士|民兵|工人|专家|人才|师生|民众|同胞|侨胞|华人|残疾人|医护|医生|护士|民警|律师"
    "|家长|幼儿|婴儿|新生|司机|骑手|医务人员|人大代表|人(?![均工大机事防力才文物])"
)
_GROUPS = "农户|贫困户|困难家庭|家庭|住户"
_ORGANISATIONS = (
    "企业|区县|县区|高校|学校|中小学|社区|小区|村(?![委民级支])|乡镇|街道|国(?![道家际内外企])|省(?![道级委内外])|县(?![道级域委])|市(?![级委场民值])|镇|单位|部门|项目|商户|门店|商家|岗位|品牌|品种|民族|景区"
    "|基地|机构|医院|工程|站点|网点|语种|地区|行业|场馆|支部|党组织|团队|群体"
)
_FUNDS = (
    "资金|投资|经费|补助|补贴|贷款|善款|捐款|奖金|产值|收入|税收|债券|帮扶金|保费|订单额|人民币"
)

_RIGHT = lazy(
    rf"[^,。;、:!?()0-9]{{0,8}}?(?:(?P<person>{_PEOPLE})|(?P<household>{_GROUPS})|(?P<money>{_FUNDS}))"
)
_DIRECT = lazy(
    rf"(?:多|余)?(?:(?P<person>{_PEOPLE})|(?P<household>{_GROUPS})|(?P<item>{_ORGANISATIONS}))"
)
_LEFT = lazy(
    "(?P<person_time>人次|客流|游客|旅客|接待)"
    "|(?P<household>户数|农户)"
    "|(?P<person>人口|人数|人员|粉丝|用户|网民|学生|职工|党员|会员|就业)"
    "|(?P<money>投(?![票稿诉篮])|斥资|耗资|产值|收入|资金|投资|金额|总额|GDP|生产总值|增加值|营收|利润|销售额|税收|成交额|奖池|票房|贷款|余额|价值)"
)
_LEFT_NAMES = ("person_time", "household", "person", "money")
_BY_NAME = {
    "person": PERSON,
    "person_time": PERSON_TIME,
    "household": HOUSEHOLD,
    "money": MONEY,
    "item": ITEM,
}
_OF_PEOPLE = lazy(
    "[^,。;、:的()0-9]{0,4}(?:人|孩子|学生|小伙|老人|儿童|女孩|男孩|女儿|儿子|青年|同学|伙伴|宝宝|娃)"
    "(?![之服协乐活文志社组会团宿公医工中食读书口均大力才民家创营联机物防院])"
)
_PRICE = lazy("[花钱价卖售费付赚挣]")
_METRIC = lazy(
    "(?:指数|系数|性别比|容积率|得分|评分|分值|均分|PMI|比值|总数|数量|数目|人数|次数|件数|户数|总量)[^,。;0-9]{0,6}?"
    "(?:为|在|达|达到|是|至|到|升至|降至|回落至|增至|:)$"
)


def directly(view: str, end: int) -> Unit | None:
    """Return the unit of a noun that stands right behind a numeral (300学员), or None."""
    match = _DIRECT.match(view, end)
    return _BY_NAME[match.lastgroup] if match and match.lastgroup else None


def around(view: str, start: int, end: int, *, floor: int) -> Unit:
    """Return the unit of a scaled number from the nouns behind it, else from those before it."""
    match = _RIGHT.match(view, end)
    if match and match.lastgroup:
        return _BY_NAME[match.lastgroup]
    return named_before(view, start, floor=floor) or ITEM


def named_before(view: str, start: int, *, floor: int) -> Unit | None:
    """Return the unit that the last telling noun before a number means (人口, 产值), or None."""
    cues = _LEFT.findall(view, max(floor, start - 24), start)
    if not cues:
        return None
    return next(
        (_BY_NAME[name] for name, cue in zip(_LEFT_NAMES, cues[-1], strict=True) if cue), None
    )


def is_of_people(view: str, end: int) -> bool:
    """Tell whether what 个 or 对 counts at `end` are people (10个孩子)."""
    return _OF_PEOPLE.match(view, end) is not None


def is_price(view: str, start: int, *, floor: int) -> bool:
    """Tell whether 块 behind a numeral at `start` means money (花了三块), not panels (展板56块)."""
    return _PRICE.search(view, max(floor, start - 8), start) is not None


def is_measured(view: str, start: int, *, floor: int) -> bool:
    """Tell whether a metric and 为 or 达 stand right before a bare number (指数达98.5)."""
    return _METRIC.search(view, max(floor, start - 16), start) is not None
