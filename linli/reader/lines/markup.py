"""What HTML adds to the look of a line: how much of it is linked, and in what container it stands."""

from collections.abc import Sequence

from linli.reader.lines.look import FURNITURE, LINK, Look
from linli.reader.patterns import lazy
from linli.reader.sources.source import LineHint

# Of a line's characters that stand in links, when the whole line counts as a link.
LINKED = 0.5
_ASIDE = lazy(
    r"(?:^|\s)ads?(?=$|[\s-])|(?:^|[\s_-])(?:nav|navbar|menu|footer?|copyright|breadcrumbs?|crumbs?|position|location|weizhi|share|bdshare\w*|tools?|print"
    r"|relat\w*|recomm\w*|hot\w*|rank\w*|side(?:bar)?|aside|comments?|links?|advert\w*|login|search|pag(?:ing|ination|er)|prev|next"
    r"|ewm|qrcode|erweima|xgyd|xglj|xgwz|dqwz|logo|top-?bar|banner|toolbar|tags?|fenxiang|dayin|friend\w*)(?=$|[\s_-])"
)
_NEAREST_NAMES = 60
_HEADLINES = frozenset({"h1", "title"})


def linked(rows: Sequence[str], hints: Sequence[LineHint]) -> frozenset[int]:
    """Return the numbers of the lines that are links for the most part; headlines are none."""
    return frozenset(
        [
            number
            for number, (row, (tag, count, _, _)) in enumerate(zip(rows, hints, strict=False))
            if count and count >= LINKED * len(row) and tag not in _HEADLINES
        ]
    )


def adjusted(rows: Sequence[str], looks: Sequence[Look], hints: Sequence[LineHint]) -> list[Look]:
    """Return `looks` with what the markup knows: links and marginal containers are furniture."""
    asides: dict[str, bool] = {}
    found = []
    for row, look, hint in zip(rows, looks, hints, strict=True):
        if (
            look.kind in FURNITURE
            or look.kind in {"meta", "tail"}
            or not row
            or hint.tag in _HEADLINES
        ):
            found.append(look)
            continue
        if hint.linked >= LINKED * len(row):
            found.append(LINK)
            continue
        aside = asides.get(hint.names)
        if aside is None:
            aside = asides[hint.names] = _ASIDE.search(hint.names[:_NEAREST_NAMES]) is not None
        aside = (aside or hint.tag in {"nav", "footer", "aside"}) and look.kind in {
            "plain",
            "keyed",
            "heading",
            "date",
        }
        found.append(LINK if aside else look)
    return found
