import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.reader.reading import Origin, Unreadable
from linli.reader.sources import load, locate

SIMPLIFIED = (
    "2019年，全市社区服务中心共举办培训班30期，参加居民500人次。\r\n推动各项工作落到实处。\n"
)
TRADITIONAL = (
    "2019年，全市社區服務中心共舉辦培訓班30期，參加居民500人次。\r\n推動各項工作落到實處。\n"
)
HTML = "<!DOCTYPE html><html><head><meta charset={}></head><body><p>{}</p></body></html>"


def text_of(data, name="a.txt", media_type=None):
    source = load(data, name=name, media_type=media_type)
    return source.encoding, source.text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_load_simplified_text_finds_its_encoding(encoding):
    assert text_of(SIMPLIFIED.encode(encoding)) == (encoding, SIMPLIFIED)


def test_load_traditional_text_tells_big5_from_gb18030():
    assert text_of(TRADITIONAL.encode("big5")) == ("big5hkscs", TRADITIONAL)
    assert text_of(TRADITIONAL.encode("gb18030")) == ("gb18030", TRADITIONAL)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_load_byte_order_mark_is_left_out_and_origins_shift(mark, encoding):
    data = mark + SIMPLIFIED.encode(encoding)
    source = load(data, name="a.txt", media_type=None)
    assert (source.encoding, source.text) == (encoding, SIMPLIFIED)
    assert source.origins == (Origin(0, len(SIMPLIFIED), "byte", len(mark), len(data)),)


@pytest.mark.parametrize("declared", ["big5", "utf-8", "iso-8859-1", "utf-16", "no-such-thing"])
def test_load_wrong_declaration_is_overruled(declared):
    data = SIMPLIFIED.encode("gb18030")
    assert text_of(data, media_type=f"text/plain; charset={declared}") == ("gb18030", SIMPLIFIED)
    page = HTML.format(declared, SIMPLIFIED.strip()).encode("gb18030")
    assert text_of(page, name="a.html")[1] == SIMPLIFIED.strip().replace("\r\n", " ")


def test_load_utf8_cut_inside_a_character_stays_utf8():
    encoding, text = text_of(SIMPLIFIED.strip().encode()[:-1])
    assert (encoding, text) == ("utf-8", SIMPLIFIED.strip()[:-1] + "\ufffd")


def test_load_chooses_the_format_by_content_before_name():
    page = HTML.format("utf-8", "工作").encode()
    assert load(page, name="a.txt", media_type=None).media_type == "text/html"
    assert load("工作 <b>".encode(), name="a.pdf", media_type=None).media_type == "text/plain"
    assert load(page, name="a.html", media_type="text/plain").text == page.decode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "unsupported"),
        (bytes(range(256)) * 4, "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04 cut", "damaged"),
        (b"a\n" * 60_000, "too_large"),
    ],
)
def test_load_unreadable_file_says_why(data, code):
    with pytest.raises(Unreadable) as refused:
        load(data, name="a.txt", media_type=None)
    assert refused.value.code == code


@given(
    st.text(st.characters(codec="gb18030", exclude_characters="\0"), min_size=1).filter(str.strip)
)
def test_load_text_is_exactly_the_decoded_file(text):
    data = SIMPLIFIED.encode() + text.encode()
    source = load(data, name="a.txt", media_type="text/plain")
    assert source.text == SIMPLIFIED + text


@given(st.integers(0, len(SIMPLIFIED) - 1), st.integers(1, 20))
def test_locate_cuts_to_the_exact_bytes(start, length):
    data = codecs.BOM_UTF8 + SIMPLIFIED.encode()
    source = load(data, name="a.txt", media_type=None)
    wanted = source.text[start : start + length]
    (origin,) = locate(
        source.origins, start, start + len(wanted), text=source.text, encoding=source.encoding
    )
    assert data[origin.from_ : origin.to].decode() == wanted
