"""Instruments and their editions."""

from django.urls import URLPattern, path

from linli.assessments.exchange import instruments as instrument_files
from linli.assessments.views import (
    builder,
    editions,
    instruments,
    instruments_bring,
    instruments_public,
    parts,
    translating,
)

_DRAFT = "console/instruments/<str:code>/draft/"
PATHS: list[URLPattern] = [
    path("instruments/", instruments_public.instruments, name="instruments"),
    path("instruments/<str:code>/<int:number>/", instruments_public.edition, name="edition"),
    path(
        "instruments/<str:code>/<int:number>.json",
        instrument_files.public_edition_json,
        name="edition_data",
    ),
    path("console/instruments/", instruments.console_instruments, name="console_instruments"),
    path("console/instruments/new/", instruments.instrument_new, name="instrument_new"),
    path(
        "console/instruments/<str:code>/", instruments.console_instrument, name="console_instrument"
    ),
    path(
        "console/instruments/<str:code>/next/", instruments.instrument_next, name="instrument_next"
    ),
    path(
        "console/instruments/<str:code>/close/",
        instruments.instrument_close,
        name="instrument_close",
    ),
    path(_DRAFT, builder.draft, name="draft"),
    path(f"{_DRAFT}move/", builder.move, name="draft_move"),
    path(f"{_DRAFT}sections/new/", parts.section_new, name="section_new"),
    path(f"{_DRAFT}sections/<str:key>/", parts.section, name="section"),
    path(f"{_DRAFT}sections/<str:key>/new/", parts.item_new, name="item_new"),
    path(f"{_DRAFT}items/<str:key>/", parts.item, name="item"),
    path(f"{_DRAFT}parts/<str:key>/out/", builder.part_out, name="part_out"),
    path(f"{_DRAFT}levels/", parts.levels, name="draft_levels"),
    path(f"{_DRAFT}languages/", translating.draft_languages, name="draft_languages"),
    path(f"{_DRAFT}languages/<slug:tag>/", translating.draft_language, name="draft_language"),
    path(f"{_DRAFT}languages/<slug:tag>/<str:key>/", translating.translate, name="translate"),
    path(f"{_DRAFT}bring/", instruments_bring.draft_bring, name="draft_bring"),
    path(f"{_DRAFT}bring/<str:token>/", instruments_bring.draft_brought, name="draft_brought"),
    path(f"{_DRAFT}review/", editions.draft_review, name="draft_review"),
    path(f"{_DRAFT}adopt/", editions.draft_adopt, name="draft_adopt"),
    path(f"{_DRAFT}drop/", editions.draft_drop, name="draft_drop"),
    path(
        "console/instruments/<str:code>/<int:number>/",
        editions.console_edition,
        name="console_edition",
    ),
    path(
        "console/instruments/<str:code>/<int:number>.xlsx",
        instrument_files.edition_xlsx,
        name="edition_xlsx",
    ),
    path(
        "console/instruments/<str:code>/<int:number>.json",
        instrument_files.edition_json,
        name="edition_json",
    ),
    path(
        "console/instruments/<str:code>/<int:number>/beside/<int:other>/",
        editions.edition_differences,
        name="edition_differences",
    ),
]
