"""A town that one can ask: topics with their units, parts of town, a station; and what people send."""

from datetime import UTC, datetime
from io import BytesIO

from PIL import Image

from linli.cases.actions import asking
from linli.cases.models import Topic
from linli.directory.models import Area
from linli.kernel.actors import HOLDER
from tests.town import directory

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # a Friday morning in town
SAID = "楼道里的路灯坏了半个月，老人晚上看不见台阶"


def topic(code="lamp", **given):
    """Return one topic; the town's own ones are in `town`."""
    unit = given.pop("unit", None) or directory.unit(given.pop("answers", "嘉峪关市城市管理局"))
    given = {
        "name": "路灯照明",
        "description": "道路、楼道和公共场所的照明",
        "kind": "request",
        "keywords": ["路灯", "灯不亮"],
        "group": "住房与环境",
    } | given
    made, _ = Topic.objects.get_or_create(code=code, defaults=given | {"unit": unit})
    return made


def town():
    """Return the topics of a small town by their codes, the triage window's among them."""
    city = directory.area()
    street = directory.area("620200001", name="雄关街道", level="town", parent=city)
    directory.area("620200001003", name="建设社区", level="community", parent=street)
    made = [
        topic(
            "other",
            name="其他",
            keywords=[],
            group="",
            description="",
            answers="嘉峪关市政务服务中心",
        ),
        topic(),
        topic("work-wages", name="欠薪", kind="complaint", keywords=["工资", "欠薪"], group="劳动"),
        topic(
            "legal",
            name="法律援助",
            kind="legal_aid",
            keywords=["律师", "打官司"],
            group="法律",
            sensitive=True,
            answers="嘉峪关市法律援助中心",
        ),
    ]
    return {one.code: one for one in made}


def asked(at=AT, *, topic=None, by=HOLDER, **given):
    """Ask, and return the receipt."""
    chosen = topic or town()["lamp"]
    given = {"area": Area.objects.get(pk="620200"), "words": SAID} | given
    return asking.ask(by=by, at=at, asked=asking.Asked(topic=chosen, **given))


def photo(colour="red"):
    """Return the bytes of a small photo."""
    file = BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "JPEG")
    return file.getvalue()
