"""Addresses of written reports as files."""

from django.urls import URLPattern, path

from linli.reports.exchange import written

urlpatterns: list[URLPattern] = [
    pattern
    for kind in written.KINDS
    for pattern in (
        path(
            f"written/<slug:code>/report.{kind}",
            written.written_file,
            {"kind": kind},
            name=f"written_{kind}",
        ),
        path(
            f"console/writing/<slug:code>/draft.{kind}",
            written.draft_file,
            {"kind": kind},
            name=f"draft_{kind}",
        ),
    )
]
