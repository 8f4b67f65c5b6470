"""The words of supervision letters, one template a kind, in the language of the offices that get them.

A supervisor may change every word; the template only sees to it that a letter names the task, the day and
what is expected, and that a reminder does not sound like a demand.
"""

from datetime import date
from typing import NamedTuple

KINDS = ("remind", "warn", "demand")


class About(NamedTuple):
    """What a letter speaks of."""

    unit: str
    task: str
    task_code: str
    due_on: date | None
    answer_by: date


_WORDS = {
    "remind": (
        "关于提醒推进任务的函",
        "你单位承担的任务“{task}”（编号 {code}）{due}。请对照时限抓紧推进，并于{answer}前在台账中报告进展，附相关佐证材料。",
    ),
    "warn": (
        "关于任务进度滞后的警示函",
        "你单位承担的任务“{task}”（编号 {code}）{due}，进度已明显滞后。请分析原因，明确下一步措施和完成时间，并于{answer}前在台账中报告，附相关佐证材料。",
    ),
    "demand": (
        "关于限期办理任务的督办函",
        "你单位承担的任务“{task}”（编号 {code}）{due}，至今未见完成依据。请于{answer}前办结并在台账中报告，附佐证材料；确需调整时限或目标的，请在此之前说明理由，提出调整申请。",
    ),
}

# Within “” a quotation has ‘’ (GB/T 15834).
_INNER = str.maketrans("“”", "‘’")


def letter(kind: str, about: About) -> str:
    """Return the full text of a letter: title, addressee, body. ValueError for a kind that is not known."""
    if kind not in _WORDS:
        message = f"no such letter: {kind!r}"
        raise ValueError(message)
    title, body = _WORDS[kind]
    due = f"，时限为{_day(about.due_on)}" if about.due_on else ""
    text = body.format(
        task=about.task.translate(_INNER),
        code=about.task_code,
        due=due,
        answer=_day(about.answer_by),
    )
    return f"{title}\n\n{about.unit}：\n\n{text}\n"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
