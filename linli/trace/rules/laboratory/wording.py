"""How a result is told, in three languages, out of the result alone. Pure.

A laboratory says what it found by which method down to which limit. It never says that food is halal, safe or in order:
that is another decision, by somebody else.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from linli.trace.rules.laboratory.methods import COPIES, MASS, SHARE
from linli.trace.rules.laboratory.results import DETECTED, INCONCLUSIVE, INVALID, NOT_DETECTED

LANGUAGES: Final = ("zh-hans", "zh-hant", "en")


class Said(NamedTuple):
    """What stands in a sentence. `species`: its name by language; `measured`: ratio and expanded uncertainty in per
    cent of copies, None of a qualitative method.
    """

    species: Mapping[str, str]
    method: str
    lod: Decimal
    lod_unit: str
    measured: tuple[Decimal, Decimal] | None = None


_SENTENCES: Final = {
    "zh-hans": {
        NOT_DETECTED: "未检出{species}源性成分（{method}，检出限 {lod}）。",
        DETECTED: "检出{species}源性成分（{method}，检出限 {lod}）。",
        INCONCLUSIVE: "{species}源性成分未能判定（{method}），须重新检测。",
        INVALID: "检测无效（{method}），没有结果，须重新检测。",
    },
    "zh-hant": {
        NOT_DETECTED: "未檢出{species}源性成分（{method}，檢出限 {lod}）。",
        DETECTED: "檢出{species}源性成分（{method}，檢出限 {lod}）。",
        INCONCLUSIVE: "{species}源性成分未能判定（{method}），須重新檢測。",
        INVALID: "檢測無效（{method}），沒有結果，須重新檢測。",
    },
    "en": {
        NOT_DETECTED: "DNA of {species} was not detected ({method}, limit of detection {lod}).",
        DETECTED: "DNA of {species} was detected ({method}, limit of detection {lod}).",
        INCONCLUSIVE: "It could not be decided whether there is DNA of {species} ({method}). It is tested again.",
        INVALID: "The test was invalid ({method}): there is no result. It is tested again.",
    },
}  # fmt: skip
_MEASURED: Final = {
    "zh-hans": "DNA拷贝数比为 {value:f}% ± {wide:f}%（扩展不确定度，k = 2），不代表质量比。",
    "zh-hant": "DNA拷貝數比為 {value:f}% ± {wide:f}%（擴充不確定度，k = 2），不代表質量比。",
    "en": " The ratio of DNA copies is {value:f} % ± {wide:f} % (expanded uncertainty, k = 2). It is no share by mass.",
}  # fmt: skip
_UNITS: Final = {
    "zh-hans": {COPIES: " 拷贝/反应", SHARE: "%", MASS: " mg/kg"},
    "zh-hant": {COPIES: " 拷貝/反應", SHARE: "%", MASS: " mg/kg"},
    "en": {COPIES: " copies per reaction", SHARE: " %", MASS: " mg/kg"},
}


def sentence(result: str, said: Said, language: str) -> str:
    """Return the sentence of a result in a language. Raises KeyError for a result or language that there is not.

    A ratio is told only with a detected result: nothing else has one.
    """
    lod = f"{said.lod.normalize():f}{_UNITS[language][said.lod_unit]}"
    text = _SENTENCES[language][result].format(
        species=said.species[language], method=said.method, lod=lod
    )
    if said.measured is None or result != DETECTED:
        return text
    value, wide = said.measured
    return text + _MEASURED[language].format(value=value, wide=wide)
