"""One thing is found whichever way it was told, and whichever way it is asked for."""

import pytest

from linli.trace.rules.epcis.query_matching import means
from linli.trace.rules.epcis.query_reading import read_query
from linli.trace.rules.epcis.query_spelling import meant_things, spellings, spelt_event, spelt_query

LOT = "urn:epc:class:lgtin:6901234.056780.L80"
LOT_ADDRESS = "https://shop.example/01/06901234567809/10/L80?17=271231"
ITEM = "urn:epc:id:sgtin:6901234.056790.22"
ITEM_ADDRESS = "https://id.gs1.org/01/06901234567908/21/22"
KIND = "urn:epc:idpat:sgtin:6901234.056790.*"
SHED, SHED_ADDRESS = "urn:epc:id:sgln:6901234.00005.0", "https://id.gs1.org/414/6901234000054"


def found(asked, **event):
    query = spelt_query(read_query(asked))
    return means(query, spelt_event({"type": "ObjectEvent"} | event))


@pytest.mark.parametrize("told", [LOT, LOT_ADDRESS])
@pytest.mark.parametrize("asked", [LOT, LOT_ADDRESS])
def test_finds_a_lot_in_every_spelling(told, asked):
    lots = [{"epcClass": told, "quantity": 5, "uom": "KGM"}]
    assert found({"MATCH_anyEPCClass": [asked]}, quantityList=lots)
    assert found({"MATCH_epcClass": [asked], "GT_quantity": 4}, quantityList=lots)
    assert not found({"MATCH_epc": [asked]}, quantityList=lots)


@pytest.mark.parametrize("told", [ITEM, ITEM_ADDRESS])
@pytest.mark.parametrize("asked", [ITEM, ITEM_ADDRESS, KIND, ITEM_ADDRESS[:-2] + "*"])
def test_finds_a_thing_in_every_spelling(told, asked):
    assert found({"MATCH_anyEPC": [asked]}, epcList=[told])
    assert found({"MATCH_parentID": [asked]}, parentID=told)
    assert not found({"MATCH_anyEPC": [asked]}, epcList=[LOT, ITEM.replace("056790", "056791")])


@pytest.mark.parametrize("told", [SHED, SHED_ADDRESS])
@pytest.mark.parametrize("asked", [SHED, SHED_ADDRESS])
def test_finds_places_and_parties_in_every_spelling(told, asked):
    assert found({"EQ_readPoint": [asked]}, readPoint={"id": told})
    assert found({"EQ_source_location": [asked]}, sourceList=[{"type": "location", "source": told}])
    assert not found({"EQ_bizLocation": [asked]}, readPoint={"id": told})


def test_says_which_things_are_meant_where_it_can():
    def meant(*values):
        return meant_things(spelt_query(read_query({"MATCH_anyEPC": [*values]})).criteria[0])

    assert meant(ITEM) == ({ITEM_ADDRESS}, frozenset())
    assert meant(KIND) == ({ITEM_ADDRESS.partition("/21")[0]}, {ITEM_ADDRESS[:-2]})
    assert meant(ITEM, "urn:epc:idpat:sgtin:6901234.*.*") is None


def test_knows_how_a_word_may_have_been_kept():
    kept = ("shipping", "https://ref.gs1.org/cbv/BizStep-shipping", "urn:epcglobal:cbv:bizstep:shipping")  # fmt: skip
    assert spellings("bizStep", "cbv:BizStep-shipping") == kept
    assert spellings("bizStep", "https://ex.example/own") == ("https://ex.example/own",)
