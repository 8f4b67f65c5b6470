"""Two collections: brush writing on a tour, with a recording; short texts on a reading wall. All of our own making."""

import io
import math
import struct
import wave
from datetime import datetime
from typing import Any, Final

from linli.atlas.actions.exhibitions import ExhibitionDraft, begin_exhibition, open_exhibition
from linli.atlas.actions.works import WorkDraft, hang
from linli.atlas.models import Exhibition
from linli.atlas.queries.exhibitions import content, digest, works_of
from linli.demo import people
from linli.demo.strokes import written
from linli.demo.units import LANZHOU, unit_name
from linli.directory.models import Unit
from linli.kernel.uploads import Rebuilt, rebuild, rebuild_sound

_RATE: Final = 8000
_NOTES: Final = (262, 294, 330, 392, 440, 392, 330, 294, 262)  # of a scale of five tones, in hertz
_TOUR: Final = (
    (
        "山中", ("山中", "山中", "In the mountains"), "七里河区少年宫书法班", "2025 年",
        "先写山，三笔；再写中，一竖落到纸底。", "先寫山，三筆；再寫中，一豎落到紙底。", "First the mountain, in three strokes; then the middle, one stroke down to the edge.",
        "竖写的山、中二字，墨笔，米字格纸", "Two characters one under the other, mountain and middle, in ink on ruled paper",
    ),
    (
        "天人", ("天人", "天人", "Sky and people"), "社区老年大学", "2025 年",
        "天在上，人在下，中间留一指宽。", "天在上，人在下，中間留一指寬。", "The sky above, people below, and a finger's width between them.",
        "竖写的天、人二字，墨笔，米字格纸", "Two characters one under the other, sky and people, in ink on ruled paper",
    ),
    (
        "木田", ("木田", "木田", "Tree and field"), "", "2026 年",
        "没有署名的一幅，写的是树和田。", "沒有署名的一幅，寫的是樹和田。", "Nobody signed this one. It says tree and field.",
        "竖写的木、田二字，墨笔，米字格纸", "Two characters one under the other, tree and field, in ink on ruled paper",
    ),
)  # fmt: skip
_WALL: Final = (
    (
        ("雨后的市场", "雨後的市場", "The market after rain"),
        "雨停了，棚子还在滴水。卖杏的把筐往外挪了一步，卖馕的把炉门关小。有人用三种话问同一个价钱，卖杏的用第四种话回答，大家都听懂了。",
        "雨停了，棚子還在滴水。賣杏的把筐往外挪了一步，賣饢的把爐門關小。有人用三種話問同一個價錢，賣杏的用第四種話回答，大家都聽懂了。",
        "The rain is over and the awnings still drip. The apricot seller moves the baskets a step out, the baker turns the oven down. Somebody asks one price in three languages; the answer comes in a fourth, and everybody understands.",
    ),
    (
        ("楼道里的灯", "樓道裡的燈", "The lamp on the stairs"),
        "三楼的灯坏了一个星期。第八天夜里亮了，谁修的没有人说。从那以后，每层楼的窗台上都多了一只备用灯泡。",
        "三樓的燈壞了一個星期。第八天夜裡亮了，誰修的沒有人說。從那以後，每層樓的窗台上都多了一隻備用燈泡。",
        "The lamp on the third floor was broken for a week. On the eighth night it was on, and nobody said who had mended it. Since then a spare bulb lies on every window sill.",
    ),
    (
        ("学写名字", "學寫名字", "Learning to write a name"),
        "第一课只写一个字。老师说，写歪了不要擦，明天在它旁边再写一个。到月底，一张纸上站着三十个，一个比一个直。",
        "第一課只寫一個字。老師說，寫歪了不要擦，明天在它旁邊再寫一個。到月底，一張紙上站著三十個，一個比一個直。",
        "In the first lesson one writes one character. If it leans, says the teacher, do not rub it out; write another beside it tomorrow. By the end of the month thirty of them stand on the paper, each a little straighter.",
    ),
)  # fmt: skip


def put_up(*, at: datetime) -> None:
    """Hang both and open them, unless they are open already."""
    tour = _begun("exhibition", ("笔墨四邻（示例）", "筆墨四鄰（示例）", "Brush and neighbours (demo)"), (
        "邻里节书法作品，三幅字，一段琴音。", "鄰里節書法作品，三幅字，一段琴音。", "Brush writing from the neighbours' festival: three sheets, and a little music.",
    ), at)  # fmt: skip
    if tour is not None:
        for one in _TOUR:
            _hang(tour, at, **_sheet(one))
        _hang(tour, at, **_music())
        _open(tour, at)
    wall = _begun("reading", ("巷口短文（示例）", "巷口短文（示例）", "Short texts from the lane (demo)"), (
        "站着就能读完的短文。", "站著就能讀完的短文。", "Texts short enough to read while standing.",
    ), at)  # fmt: skip
    if wall is not None:
        for titles, *texts in _WALL:
            names = ("title", "title_hant", "title_en", "text", "text_hant", "text_en")
            said = dict(zip(names, (*titles, *texts), strict=True))
            _hang(wall, at, source="archive", source_name="社区阅读角", **said)
        _open(wall, at)


def _begun(
    kind: str, titles: tuple[str, str, str], about: tuple[str, str, str], at: datetime
) -> Exhibition | None:
    if Exhibition.objects.filter(title=titles[0]).exists():
        return None
    unit = Unit.objects.get(name=unit_name(LANZHOU, "文体广电和旅游局"))
    draft = ExhibitionDraft(
        unit=unit, kind=kind, title=titles[0], title_hant=titles[1], title_en=titles[2],
        about=about[0], about_hant=about[1], about_en=about[2],
    )  # fmt: skip
    return begin_exhibition(by=people.officer(unit.name), at=at, draft=draft)


def _hang(exhibition: Exhibition, at: datetime, **said: Any) -> None:
    by = people.officer(exhibition.unit.name)
    hang(by=by, at=at, exhibition=exhibition, draft=WorkDraft(leave=True, **said))


def _open(exhibition: Exhibition, at: datetime) -> None:
    kept = Exhibition.objects.get(pk=exhibition.pk)
    seen = digest(content(kept, works_of(kept)))
    open_exhibition(by=people.planner(LANZHOU), at=at, exhibition=kept, seen=seen)


def _sheet(one: tuple[Any, ...]) -> dict[str, Any]:
    characters, titles, maker, made, text, hant, english, shows, in_english = one
    return {
        "source": "contest", "source_name": "邻里节书法赛", "maker": maker, "made": made, "title": titles[0],
        "title_hant": titles[1], "title_en": titles[2], "text": text, "text_hant": hant, "text_en": english,
        "picture": rebuild(written(characters), name="sheet.png"), "shows": shows, "shows_en": in_english,
    }  # fmt: skip


def _music() -> dict[str, Any]:
    return {
        "source": "venue", "source_name": "文化馆", "title": "五声音阶", "title_hant": "五聲音階", "title_en": "A scale of five tones",
        "sound": _played(), "says": "没有歌词：宫、商、角、徵、羽，上行再下行，九个音。",
        "says_hant": "沒有歌詞：宮、商、角、徵、羽，上行再下行，九個音。",
        "says_en": "No words: five tones up and down again, nine notes in all.",
    }  # fmt: skip


def _played() -> Rebuilt:
    """Return the scale, each note dying away, as a recording."""
    frames = bytearray()
    for hertz in _NOTES:
        for place in range(_RATE // 2):
            loud = math.exp(-4 * place / _RATE) * math.sin(2 * math.pi * hertz * place / _RATE)
            frames += struct.pack("<h", int(loud * 12_000))
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setparams((1, 2, _RATE, 0, "NONE", ""))
        made.writeframes(bytes(frames))
    return rebuild_sound(out.getvalue(), name="scale.wav")
