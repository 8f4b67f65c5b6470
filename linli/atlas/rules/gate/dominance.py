"""Who gives most of a sum: a sum of money says too much when one giver knows, or nearly knows, another's part. Pure."""

from linli.atlas.rules.gate.cells import ProductRules, RawCell


def lacking(cell: RawCell, rules: ProductRules) -> int:
    """Return by how much a sum (of magnitudes) is too open, 0 where it may be said: what a reader must be left in doubt about.

    p %: the second largest giver takes the own part off and must not be left with the largest's to within p %. (n, k): the n largest
    together are no more than k % of what a reader may hold for the whole. Largest parts that were not given count as the worst.
    """
    if cell.givers > len(cell.largest) < rules.nk_largest:
        return max(1, _share(cell.count, rules.p_percent))
    first, second, *_rest = (*cell.largest, 0, 0)
    open_by_p = _share(first, rules.p_percent) - (cell.count - first - second)
    most = sum(cell.largest[: rules.nk_largest])
    open_by_share = -(-most * 100 // rules.nk_percent) - cell.count
    return max(0, open_by_p, open_by_share)


def few(cell: RawCell, rules: ProductRules) -> int:
    """Return the doubt that a sum of fewer givers than the threshold needs, 0 where there are enough."""
    return max(1, _share(cell.count, rules.p_percent)) if cell.givers < rules.threshold else 0


def _share(value: int, percent: int) -> int:
    return -(-value * percent // 100)
