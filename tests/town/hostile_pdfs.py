"""PDFs that act by themselves, hide something, or are not what they say. What they hide is CANARY."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.town.hostile_photos import CANARY, SCRIPT, exif, saved, zeros

WORDS = String(CANARY.decode())
SCRIPTED = Dictionary(S=Name.JavaScript, JS=WORDS)
LAUNCH = Dictionary(S=Name.Launch, F=WORDS)


def document(spoil=None, **options):
    """A page that says something, as `spoil(pdf, page)` left it."""
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(200, 200))
        page.obj.Contents = made.make_stream(b"BT /A 12 Tf 10 100 Td (Hello) Tj ET")
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.obj.Resources = Dictionary(Font=Dictionary(A=font))
        if spoil is not None:
            spoil(made, page.obj)
        out = io.BytesIO()
        made.save(out, **options)
        return out.getvalue()


def annotated(**told):
    """A page with one annotation."""

    def spoil(made, page):
        note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 50, 50]), **told)
        page.Annots = Array([made.make_indirect(note)])

    return document(spoil)


def in_root(**told):
    def spoil(made, page):
        for name, value in told.items():
            made.Root[f"/{name}"] = value

    return document(spoil)


def on_page(**told):
    def spoil(made, page):
        for name, value in told.items():
            page[f"/{name}"] = value

    return document(spoil)


def form(**told):
    """A form of one field, filled in."""

    def spoil(made, page):
        field = Dictionary(
            *(), Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), V=String("Filled"),
            DA=String("/A 12 Tf 0 g"), Rect=Array([10, 10, 190, 40]), **told.pop("field", {}),
        )  # fmt: skip
        field = made.make_indirect(field)
        page.Annots = Array([field])
        fonts = Dictionary(Font=page.Resources.Font)
        made.Root.AcroForm = Dictionary(
            Fields=Array([field]), DR=fonts, NeedAppearances=True, **told
        )

    return document(spoil)


def attached(made, page):
    made.attachments["payload.exe"] = b"MZ" + CANARY


def told_of(made, page):
    made.docinfo["/Author"] = CANARY.decode()
    with made.open_metadata() as told:
        told["dc:creator"] = [CANARY.decode()]


def picture_of(kind, data, made, page, **told):
    stream = Stream(made, data)
    stream.Type, stream.Subtype, stream.ColorSpace = Name.XObject, Name.Image, Name.DeviceRGB
    stream.Width, stream.Height, stream.BitsPerComponent = 60, 40, 8
    stream.Filter = kind
    for name, value in told.items():
        stream[f"/{name}"] = value
    page.Resources.XObject = Dictionary(P=stream)


def photo(made, page):
    picture_of(Name.DCTDecode, saved("JPEG", exif=exif(), comment=CANARY), made, page)


def described_photo(made, page):
    told = Stream(made, CANARY)
    told.Type = Name.Metadata
    picture_of(Name.DCTDecode, saved("JPEG"), made, page, Metadata=told)


def photo_2000(made, page):
    """A JPEG 2000 with a box of notes in front of its code."""
    box = (8 + len(CANARY)).to_bytes(4) + b"xml " + CANARY
    whole = saved("JPEG2000")
    at = whole.index(b"jp2c") - 4
    picture_of(Name.JPXDecode, whole[:at] + box + whole[at:], made, page)


def program(made, page):
    stream = Stream(made, CANARY)
    stream.Type, stream.Subtype = Name.XObject, Name.PS
    page.Resources.XObject = Dictionary(P=stream)


def elsewhere(made, page):
    """A stream whose content is in a file of the reader's machine."""
    stream = Stream(made, b"")
    stream.F = Dictionary(Type=Name.Filespec, F=WORDS)
    page.Resources.XObject = Dictionary(P=stream)


def property_list(made, page):
    page.Resources.Properties = Dictionary(MC0=Dictionary(Metadata=WORDS, A=SCRIPTED))


def in_the_letters(made, page):
    """An action where no action belongs."""
    page.Resources.Font.A.AA = Dictionary(O=SCRIPTED)


def earlier_words():
    """A document whose author took words back, as some programs save it: they are in it still."""

    def said(made, page):
        page.Contents = made.make_stream(CANARY)

    return document(said, compress_streams=False) + b"\n" + document()


def endless(old, new):
    return document(object_stream_mode=pikepdf.ObjectStreamMode.disable).replace(old, new, 1)


def packed(length):
    def spoil(made, page):
        content = Stream(made, zeros(length))
        content.Filter = Name.FlateDecode
        page.Contents = content

    return document(spoil)


def pages(count):
    with pikepdf.new() as made:
        for _ in range(count):
            made.add_blank_page(page_size=(20, 20))
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()


def raw(body):
    return b"%PDF-1.7\n" + body + b"\ntrailer<</Root 1 0 R>>\n%%EOF"


# What is built anew, and neither acts nor tells.
ACTING = {
    "script on opening.pdf": lambda: in_root(OpenAction=SCRIPTED),
    "script on printing.pdf": lambda: in_root(AA=Dictionary(WP=SCRIPTED)),
    "script on a page.pdf": lambda: on_page(AA=Dictionary(O=SCRIPTED)),
    "scripts by name.pdf": lambda: in_root(
        Names=Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SCRIPTED])))
    ),
    "launches a program.pdf": lambda: in_root(OpenAction=LAUNCH),
    "launches on a click.pdf": lambda: annotated(Subtype=Name.Link, A=LAUNCH),
    "link.pdf": lambda: annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=WORDS)),
    "file in a note.pdf": lambda: annotated(
        Subtype=Name.FileAttachment, FS=Dictionary(Type=Name.Filespec, F=WORDS)
    ),
    "hidden note.pdf": lambda: annotated(Subtype=Name.Text, Contents=WORDS, F=2),
    "film.pdf": lambda: annotated(
        Subtype=Name.RichMedia, RichMediaContent=Dictionary(Assets=Dictionary(Names=Array([WORDS])))
    ),
    "file within.pdf": lambda: document(attached),
    "form that sends.pdf": lambda: form(
        field={"A": Dictionary(S=Name.SubmitForm, F=WORDS)}, CO=Array([])
    ),
    "form that computes.pdf": lambda: form(field={"AA": Dictionary(C=SCRIPTED)}),
    "dynamic form.pdf": lambda: form(XFA=Array([String("config"), WORDS])),
    "author.pdf": lambda: document(told_of),
    "private to a program.pdf": lambda: on_page(PieceInfo=Dictionary(X=Dictionary(Private=WORDS))),
    "outline.pdf": lambda: in_root(
        Outlines=Dictionary(First=Dictionary(Title=WORDS, A=SCRIPTED), Count=1)
    ),
    "photo with place.pdf": lambda: document(photo),
    "described photo.pdf": lambda: document(described_photo),
    "photo of another kind.pdf": lambda: document(photo_2000),
    "program for printers.pdf": lambda: document(program),
    "content elsewhere.pdf": lambda: document(elsewhere),
    "property list.pdf": lambda: document(property_list),
    "action in a font.pdf": lambda: document(in_the_letters),
    "taken back.pdf": earlier_words,
    "html behind.pdf": lambda: document() + SCRIPT,
    "ends early.pdf": lambda: document(
        told_of, object_stream_mode=pikepdf.ObjectStreamMode.disable
    )[:-60],
}

# What is refused: locked, endless, swelling.
BROKEN = {
    "locked.pdf": lambda: document(encryption=pikepdf.Encryption(user="u", owner="o")),
    "locked for changes.pdf": lambda: document(encryption=pikepdf.Encryption(user="", owner="o")),
    "no page.pdf": lambda: pages(0),
    "201 pages.pdf": lambda: pages(201),
    "a page of 1 GB.pdf": lambda: packed(1_000_000_000),
    "page tree in a ring.pdf": lambda: endless(
        b"/Count 1 /Kids [ 3 0 R ]", b"/Count 1 /Kids [ 2 0 R ]"
    ),
    "table in a ring.pdf": lambda: raw(
        b"1 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj\nstartxref\n9\n"
    ),
    "nested.pdf": lambda: raw(b"1 0 obj\n" + b"[" * 200_000 + b"\nendobj\n"),
    "nothing but a head.pdf": lambda: b"%PDF-1.7\n",
    "picture first.pdf": lambda: b"GIF89a" + document(),
}
