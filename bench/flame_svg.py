"""A flame graph as one SVG without a script: as wide as a call was often seen, callers below; hover tells what it is."""

from collections import Counter
from dataclasses import dataclass, field
from html import escape

WIDTH, ROW, TOP = 1200, 16, 28
_NARROWEST = 1.5  # units; what is narrower is not drawn, and nothing that stands on it
_LETTER = 6.2  # units a letter of the label takes
_OURS, _OTHERS = "#e8a33d", "#c9ced6"


@dataclass
class _Call:
    count: int = 0
    calls: dict[str, "_Call"] = field(default_factory=dict)

    def add(self, stack: tuple[str, ...], count: int) -> None:
        self.count += count
        if stack:
            self.calls.setdefault(stack[0], _Call()).add(stack[1:], count)


def drawn(stacks: Counter[tuple[str, ...]], title: str) -> str:
    """Return the picture of these stacks, whose first names are the outermost calls."""
    root = _Call()
    for stack, count in sorted(stacks.items()):
        root.add(stack, count)
    boxes: list[tuple[int, float, float, str, int]] = []
    _lay(root, 0, 0.0, WIDTH / max(root.count, 1), boxes)
    height = TOP + ROW * (max((depth for depth, *_ in boxes), default=0) + 1)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="monospace" font-size="10">',
        f'<title>{escape(title)}</title><rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="6" y="18" font-size="13">{escape(title)}</text>',
    ]
    for depth, left, wide, name, count in boxes:
        y = height - ROW * (depth + 1)
        share = 100 * count / root.count
        label = escape(name.rpartition("/")[2][: int(wide / _LETTER)]) if wide > 4 * _LETTER else ""
        lines.append(
            f'<g><title>{escape(name)} {share:.1f} %</title><rect x="{left:.1f}" y="{y}" width="{wide:.1f}" height="{ROW - 1}"'
            f' fill="{_OURS if name.startswith("linli/") else _OTHERS}"/><text x="{left + 2:.1f}" y="{y + 11}">{label}</text></g>'
        )
    return "\n".join([*lines, "</svg>\n"])


def _lay(
    call: _Call, depth: int, left: float, unit: float, boxes: list[tuple[int, float, float, str, int]]
) -> None:  # fmt: skip
    for name, inner in call.calls.items():
        wide = inner.count * unit
        if wide >= _NARROWEST:
            boxes.append((depth, left, wide, name, inner.count))
            _lay(inner, depth + 1, left, unit, boxes)
        left += wide
