"""Linear programmes, solved by HiGHS: the one place where the library is called. Pure, the same every time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

Sum = tuple[tuple[int, float], ...]  # (variable, how often)
Limits = tuple[float, float]  # at least, at most; inf where nothing limits
Solver = Any  # the library has no types for it

_ALWAYS = {"output_flag": False, "threads": 1, "random_seed": 0}
_FROM_CORNER_TO_CORNER = {"presolve": "off", "solver": "simplex"}
# Branches are counted, not timed, so that all machines agree.
_IN_WHOLE_NUMBERS = {"mip_rel_gap": 0.0, "mip_abs_gap": 1e-7, "mip_max_nodes": 2_000}


@dataclass(frozen=True, slots=True)
class Programme:
    """The least cost, every variable and every sum of variables within its limits.

    whole: asks for whole numbers. Without it they come whole by themselves when every variable stands in two
    sums at most, one of a row and one of a column: the simplex method ends at a corner.
    """

    costs: Sequence[float]
    variables: Sequence[Limits]
    sums: Sequence[Sum]
    limits: Sequence[Limits]
    whole: bool = False

    def solver(self) -> Solver:
        """Return HiGHS with the programme taken in, for who asks it many things one after the other."""
        import highspy  # noqa: PLC0415 - numpy comes with it: only who solves pays for it

        new: Callable[[], Solver] = highspy.Highs
        solver = new()
        for options in (_ALWAYS, _IN_WHOLE_NUMBERS if self.whole else _FROM_CORNER_TO_CORNER):
            for name, value in options.items():
                solver.setOptionValue(name, value)
        solver.passModel(self._model())
        return solver

    def solution(self) -> list[float] | None:
        """Return the variables of the least cost; None where nothing fits. whole: the best found in the count."""
        solver = self.solver()
        solver.run()
        if not self.whole and not is_solved(solver):
            return None
        return list(solver.getSolution().col_value)

    def _model(self) -> object:
        import highspy  # noqa: PLC0415 - as above

        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.costs), len(self.sums)
        lp.col_cost_ = list(self.costs)
        lp.col_lower_, lp.col_upper_ = _ends(self.variables)
        lp.row_lower_, lp.row_upper_ = _ends(self.limits)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        starts = [0]
        for one in self.sums:
            starts.append(starts[-1] + len(one))
        lp.a_matrix_.start_ = starts
        lp.a_matrix_.index_ = [variable for one in self.sums for variable, _often in one]
        lp.a_matrix_.value_ = [often for one in self.sums for _variable, often in one]
        if self.whole:
            lp.integrality_ = [highspy.HighsVarType.kInteger] * len(self.costs)
        return lp


def is_solved(solver: Solver) -> bool:
    """Tell whether what the solver holds is the least cost there is."""
    import highspy  # noqa: PLC0415 - as above

    return bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def plain(over: Iterable[int]) -> Sum:
    """Return the sum of these variables, each once."""
    return tuple((variable, 1.0) for variable in over)


def taken_once(
    gains: Sequence[float], limits: Sequence[tuple[float, Sequence[int]]], *, whole: bool = False
) -> list[int]:
    """Return which variables are taken, at most once each, for the greatest gain: no more of each list than its limit."""
    found = Programme(
        costs=[-gain for gain in gains],
        variables=[(0.0, 1.0)] * len(gains),
        sums=[plain(over) for _limit, over in limits],
        limits=[(-inf, limit) for limit, _over in limits],
        whole=whole,
    ).solution()
    return [variable for variable, taken in enumerate(found or ()) if taken > 0.5]


def _ends(limits: Sequence[Limits]) -> tuple[list[float], list[float]]:
    return [low for low, _high in limits], [high for _low, high in limits]
