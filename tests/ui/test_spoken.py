"""The language of an address that names none: what is remembered of what browsers say has an end, in number and length."""

from django.test import RequestFactory

from linli.ui import spoken as module
from linli.ui.spoken import spoken

requests = RequestFactory()


def of(header):
    return spoken(requests.get("/q/X/", headers={"Accept-Language": header}))


def test_speaks_as_the_browser_asks():
    assert of("en-GB,en;q=0.9") == "en"
    assert of("xx,*") == "zh-hans"


def test_reads_and_remembers_no_more_of_a_header_than_its_beginning():
    module._accepted.cache_clear()
    beginning = "en," + "q" * module._LONGEST

    assert {of(beginning + str(number)) for number in range(50)} == {"en"}
    assert module._accepted.cache_info().currsize == 1
    assert module._accepted.cache_info().maxsize == 1024
