"""What a person takes along: the square on the slip, which holds an address and never a passphrase; files."""

import segno
from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe

from linli.kernel.uploads import Rebuilt


def slip_of(address: str) -> SafeString:
    """Return the address as a QR code, drawn as SVG without style or script."""
    drawn: str = segno.make(address, error="m", micro=False).svg_inline(
        scale=1,
        border=2,
        light="#fff",
        dark="#000",
        svgclass="slip__square",
        lineclass=None,
        omitsize=True,
    )
    # Drawn by us from an address of ours: segno writes numbers and colours only.
    return mark_safe(drawn.replace("<svg ", '<svg role="presentation" focusable="false" ', 1))  # noqa: S308


def as_file(made: Rebuilt, name: str) -> HttpResponse:
    """Return a file of our own making: a photo to be seen, everything else to be kept."""
    response = HttpResponse(made.data, content_type=made.media_type)
    way = "inline" if made.media_type.startswith("image/") else "attachment"
    response.headers["Content-Disposition"] = f'{way}; filename="{name}.{made.extension}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
