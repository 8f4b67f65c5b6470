"""Which office is meant: documents name units in short, the directory knows them in full.

A name and what a document prints are reduced to one key: without the place in front, short forms of the
common bureaus written out, brackets and spaces gone. Equal keys mean one unit; anything less is left to
a person, because a task given to the wrong office is worse than one not yet given.
"""

import re

# What everybody says, and what is on the door. One line a bureau; the ending (局, 委, 办) is matched apart.
SHORT = {
    "人社": "人力资源和社会保障",
    "人力资源社会保障": "人力资源和社会保障",
    "民宗": "民族宗教事务",
    "民族宗教": "民族宗教事务",
    "民委": "民族事务委员会",
    "发改": "发展和改革",
    "发展改革": "发展和改革",
    "住建": "住房和城乡建设",
    "卫健": "卫生健康",
    "文旅": "文化和旅游",
    "文广旅": "文化广电和旅游",
    "市监": "市场监督管理",
    "市场监管": "市场监督管理",
    "食药监": "食品药品监督管理",
    "农业农村": "农业农村",
    "自然资源": "自然资源",
    "工信": "工业和信息化",
    "退役军人": "退役军人事务",
    "应急": "应急管理",
    "政务": "政务服务",
    "城管": "城市管理",
    "交通": "交通运输",
    "教体": "教育体育",
    "乡村振兴": "乡村振兴",
    "妇联": "妇女联合会",
    "团委": "共青团委员会",
    "残联": "残疾人联合会",
    "工商联": "工商业联合会",
    "统战": "统一战线工作",
}
_ENDINGS = (("委员会", "委"), ("办公室", "办"), ("管理局", "管理局"))
_LEVEL = re.compile(r"^(全?[省市州盟县区旗]|各级|本[市区县])(?=..)")
_NOISE = re.compile(r"[\s()()〔〕\[\]「」“”]+")


def key_of(name: str, places: tuple[str, ...]) -> str:
    """Return the key of a unit's name; `places` are names of its place and of those above it."""
    key = _NOISE.sub("", name)
    stripped = True
    while stripped:
        stripped = False
        for place in places:
            if key.startswith(place) and len(key) > len(place) + 1:
                key, stripped = key[len(place) :], True
    key = _LEVEL.sub("", key)
    for long, short in _ENDINGS:
        key = key.removesuffix(long) + short if key.endswith(long) else key
    return _written_out(key)


def _written_out(key: str) -> str:
    for short, full in SHORT.items():
        rest = key.removeprefix(short)
        if rest != key and (not rest or rest in {"局", "委", "厅", "办", "部", "管理局"}):
            return full + rest
    return key
