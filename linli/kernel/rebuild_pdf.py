"""A PDF built anew: only what its pages show is copied into a new document, by a list of what is allowed.
Nothing that acts by itself, no file within the file, no form, no link, no note about the author comes along.
"""

import io
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

MAX_PAGES = 200
MAX_UNPACKED = 250_000_000  # bytes of all streams: a reader's program is not made to swell
_ON_A_PAGE = frozenset({"/Type", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate"})
_RESOURCES = frozenset(
    {"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/ProcSet"}
)
_BESIDE_A_STREAM = (
    *("/F", "/FFilter", "/FDecodeParms", "/Metadata", "/PieceInfo", "/AF", "/OPI", "/Ref"),
    *("/Alternates", "/LastModified", "/StructParent", "/StructParents", "/ID", "/Subtype2"),
)
_STRANGE = frozenset({"/Metadata", "/EmbeddedFile", "/Filespec", "/Action", "/Annot", "/Sig"})
_ACTS = frozenset(
    {
        *("/JavaScript", "/Launch", "/URI", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE"),
        *("/ResetForm", "/Named", "/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/Hide"),
    }
)


class NotThis(ValueError):
    """A PDF that is refused."""


def rebuilt_pdf(data: bytes) -> bytes:
    """Return a new PDF that shows the same pages. Raises NotThis, or whatever the library does."""
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as given, pikepdf.new() as made:
        if given.is_encrypted or not 1 <= len(given.pages) <= MAX_PAGES:
            raise NotThis
        # What was filled into a form, stamped or marked stays to be seen, as part of the page.
        given.generate_appearance_streams()
        given.flatten_annotations("screen")
        for page in given.pages:
            _keep(page.obj, _ON_A_PAGE, but=frozenset({"/Parent"}))
            made.pages.append(page)
        _clean(made)
        out = io.BytesIO()
        made.save(out, compress_streams=True, deterministic_id=True)
        return out.getvalue()


def _clean(made: Pdf) -> None:
    unpacked = 0
    for whole in made.objects:
        for part in _parts(whole):
            _clean_part(part)
        if isinstance(whole, Stream):
            for name in _BESIDE_A_STREAM:
                if name in whole:
                    del whole[name]
            unpacked += _clean_stream(whole)
        if unpacked > MAX_UNPACKED:
            raise NotThis


def _parts(whole: Object) -> Iterator[Object]:
    """Yield every dictionary and list that is written within `whole`, and `whole` itself."""
    waiting = [whole]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Dictionary | Stream):
            yield part
            within = [value for _, value in part.items()]
        elif isinstance(part, Array):
            yield part
            within = list(part)
        else:
            continue
        waiting += [p for p in within if isinstance(p, Array | Dictionary) and not p.is_indirect]


def _clean_part(part: Object) -> None:
    if isinstance(part, Array):
        for place, value in enumerate(part):
            if _is_strange(value):
                part[place] = None
        return
    for name, value in list(part.items()):
        if _is_strange(value):
            del part[name]
        elif name == "/Resources" and isinstance(value, Dictionary):
            _keep(value, _RESOURCES)


def _is_strange(value: object) -> bool:
    if not isinstance(value, Dictionary | Stream):
        return False
    told = {name: str(value.get(name, "")) for name in ("/Type", "/S", "/Subtype")}
    return (
        told["/Type"] in _STRANGE
        or told["/S"] in _ACTS
        or told["/Subtype"] == "/PS"  # a program for printers
        or any(name in value for name in ("/EF", "/JS", "/XFA"))
    )


def _keep(part: Object, names: frozenset[str], but: frozenset[str] = frozenset()) -> None:
    for name in list(part.keys()):
        if name not in names and name not in but:
            del part[name]


def _clean_stream(stream: Stream) -> int:
    """Take out of a photo within the document what its camera wrote; return how long the stream is unpacked."""
    filters = stream.get("/Filter", Array())
    chain = list(filters) if isinstance(filters, Array) else [filters]
    if not chain or chain[-1] not in _PICTURES:
        return len(stream.read_bytes(pikepdf.StreamDecodeLevel.generalized))
    meant = stream.get("/DecodeParms")
    codec, stream.Filter = chain[-1], Array(chain[:-1])
    content = stream.read_bytes(pikepdf.StreamDecodeLevel.generalized)
    stream.write(b"".join(_PICTURES[codec](content)))
    stream.Filter = codec
    if meant is not None:
        stream.DecodeParms = meant[-1] if isinstance(meant, Array) else meant
    return len(content)


def _jpeg_parts(content: bytes) -> Iterator[bytes]:
    """Yield a JPEG without its notes: of the application segments only those that say how colours are meant."""
    yield content[:2]
    at = 2
    while content[at : at + 1] == b"\xff" and (kind := content[at + 1 : at + 2]) != b"\xda":
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if not (b"\xe0" <= kind <= b"\xed" or kind in (b"\xef", b"\xfe")):
            yield content[at:end]
        at = end
    end = content.rfind(b"\xff\xd9")
    yield content[at : end + 2] if end >= at else content[at:]


def _jpx_parts(content: bytes) -> Iterator[bytes]:
    """Yield a JPEG 2000 without the boxes that hold notes."""
    at = 0 if content[4:8] == b"jP  " else len(content)
    if at:
        yield content  # the bare code of the picture, without boxes
    while at < len(content):
        long = int.from_bytes(content[at : at + 4])
        end = at + long if long >= 8 else len(content)  # 0: to the end
        if content[at + 4 : at + 8] not in (b"uuid", b"xml ", b"uinf", b"asoc"):
            yield content[at:end]
        at = end


def _as_it_is(content: bytes) -> Iterator[bytes]:
    yield content


# Kinds of pictures that hold notes of their own, and those that hold none.
_PICTURES: dict[Object, Callable[[bytes], Iterator[bytes]]] = {
    Name.DCTDecode: _jpeg_parts,
    Name.JPXDecode: _jpx_parts,
    Name.CCITTFaxDecode: _as_it_is,
    Name.JBIG2Decode: _as_it_is,
    Name.RunLengthDecode: _as_it_is,
}
