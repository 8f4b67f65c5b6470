import json

import pytest

from linli.trace.rules.epcis import vocabulary
from linli.trace.rules.epcis.vocabulary import bare, full, known


@pytest.mark.parametrize(
    ("kind", "definition"),
    [
        (vocabulary.BIZ_STEP, "bizStep"),
        (vocabulary.DISPOSITION, "disposition"),
        (vocabulary.TRANSACTION_TYPE, "bizTransaction-type"),
        (vocabulary.PARTY_TYPE, "source-dest-type"),
        (vocabulary.REASON, "error-reason"),
        (vocabulary.COMPONENT, "component"),
        (vocabulary.MEASUREMENT, "measurementType"),
        (vocabulary.ALERT, "sensorAlertType"),
    ],
)
def test_knows_the_words_of_the_schema(shared, kind, definition):
    path = shared / "conformance/epcis/json-schema/EPCISDocument.schema.json"
    found = json.loads(path.read_text())["definitions"][definition]
    assert vocabulary.WORDS[kind] == set(found["anyOf"][1]["enum"])


@pytest.mark.parametrize("kind", sorted(vocabulary.WORDS))
def test_takes_each_word_back_from_its_address(kind):
    for word in vocabulary.WORDS[kind]:
        assert bare(kind, full(kind, word)) == word
        assert known(kind, word)


def test_leaves_what_is_no_word_as_it_came():
    assert bare(vocabulary.BIZ_STEP, "https://ref.gs1.org/cbv/BizStep-dreaming") == (
        "https://ref.gs1.org/cbv/BizStep-dreaming"
    )
    assert bare(vocabulary.MEASUREMENT, "https://ref.gs1.org/voc/Speed") == "Speed"
    assert bare(vocabulary.BIZ_STEP, 5) == 5


def test_knows_own_words_but_not_false_ones():
    assert known(vocabulary.BIZ_STEP, "https://shop.example/voc/dreaming")
    assert not known(vocabulary.BIZ_STEP, "dreaming")
    assert not known(vocabulary.BIZ_STEP, "urn:epcglobal:cbv:bizstep:shipping")
    assert not known(vocabulary.MEASUREMENT, "https://gs1.org/voc/Smell")
    assert not known(vocabulary.BIZ_STEP, None)
