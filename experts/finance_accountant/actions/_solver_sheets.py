"""Hidden sheets that redo the optimisation in the workbook, so that a changed input gives the re-planned budget.

The workbook follows the tool step by step: channels without a curve get their equal share by
raising one level; each subset of the optional channels is filled by bisection on the
multiplier u (a channel spends where the slope of its curve is EXP(u), within its bounds); the
subset with the most results is taken; exact spends are rounded by largest remainder. Formulas
use only functions that every spreadsheet knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from experts.core.blocks import Column, Sheet, SheetCell
from experts.core.money import minor_units

if TYPE_CHECKING:
    from experts.finance_accountant.actions.budget_analysis_and_optimization import ChannelView, Inputs, Output

MOST_OPTIONAL = 3
"""With more optional channels the workbook keeps the subset that the plan chose."""
MOST_COLUMNS = 64
"""Subsets times channels that one workbook holds; each costs as many cells as there are steps."""
STEPS = 64
# exp(80) is far above any slope and exp(-80) far below, so the multiplier is always between.
_WIDEST = 80
# Exact spends are cut at six places before cents are handed out, as the tool does.
_PLACES = 6

Rows = dict[str, dict[str, str | SheetCell]]


@dataclass(frozen=True)
class Solver:
    """The hidden sheets, and for each channel the formula of its spend; `rechooses` if subsets are compared."""

    sheets: list[Sheet]
    spends: dict[str, str]
    rechooses: bool


def cell(sheet: str, row: str, column: str) -> str:
    """A reference to a helper cell."""
    return f"[[cell:{sheet}/{row}/{column}]]"


def bound_ref(key: str, field: str) -> str:
    """A reference to a channel's bound, which is a fact, or to a figure of its curve (`curve.a`)."""
    return f"[[{input_ref(key, field)}]]"


def input_ref(key: str, field: str) -> str:
    """The same without brackets, for a cell that shows it."""
    return f"{'channel_plan#' if field.startswith('curve.') else 'fact:'}channels.{key}.{field}"


def solver_of(inputs: Inputs, output: Output) -> Solver | None:
    """The hidden sheets of this plan; None if it has too many channels for them."""
    channels = dict(sorted(inputs.channel_plan.channels.items()))
    curved = [key for key, channel in channels.items() if channel.curve is not None]
    optional = [key for key in curved if _is_optional(channels[key])]
    chosen = [{key: output.lines[key].used for key in optional}]
    if len(channels) > MOST_COLUMNS:
        return None
    rechooses = len(optional) <= MOST_OPTIONAL and len(curved) << len(optional) <= MOST_COLUMNS
    subsets = chosen
    if rechooses:
        subsets = [dict(zip(optional, used, strict=True)) for used in product((False, True), repeat=len(optional))]
    ids = {key: f"c{number}" for number, key in enumerate(channels)}
    bare = [key for key in channels if key not in curved]
    unit = minor_units(output.currency)
    sheets = [_subset_sheet(n, subset, curved, channels, ids) for n, subset in enumerate(subsets)] if curved else []
    if curved:
        sheets.append(_choice_sheet(len(subsets)))
    if bare:
        sheets += [_bare_sheet(bare, channels, ids), *(_level_sheet(n, bare, ids) for n in (1, 2))]
    sheets.append(_rounding_sheet(channels, curved, len(subsets), ids, unit))
    sheets.append(_totals_sheet(channels, curved, bare, ids, unit))
    return Solver(sheets, {key: cell("rounding", ids[key], "spend") for key in channels}, rechooses)


def _is_optional(channel: ChannelView) -> bool:
    return channel.minimum_applies == "if_used" and channel.minimum > 0


def _total(parts: Sequence[str]) -> str:
    return f"SUM({','.join(parts)})" if parts else "0"


def _row(label: str, cells: Mapping[str, str], unit: str = "ratio") -> dict[str, str | SheetCell]:
    return {"label": label, **{column: SheetCell(formula=text, unit=unit) for column, text in cells.items()}}


def _columns(**labels: str) -> list[Column]:
    columns: list[Column] = [{"key": "label", "label": "Step"}]
    for key, label in labels.items():
        columns.append({"key": key, "label": label})
    return columns


def _subset_sheet(
    number: int, subset: dict[str, bool], curved: list[str], channels: Mapping[str, ChannelView], ids: Mapping[str, str]
) -> Sheet:
    """One subset: bounds, the bisection on the multiplier, the exact spends and what they bring."""
    name = f"solver{number}"
    media = cell("totals", "media", "value")
    lowest, highest, factor, power = {}, {}, {}, {}
    for key in curved:
        channel, column = channels[key], ids[key]
        curve = channel.curve
        assert curve is not None  # these channels have one
        out = not subset.get(key, True)
        lowest[column] = "0" if out else bound_ref(key, "minimum")
        limits = [media] if channel.maximum is None else [bound_ref(key, "maximum"), media]
        highest[column] = "0" if out else f"MAX({lowest[column]},MIN({','.join(limits)}))"
        a = bound_ref(key, "curve.a")
        if curve.form == "power":
            factor[column] = f"LN({a}*{bound_ref(key, 'curve.b')})"
            power[column] = f"1/(1-{bound_ref(key, 'curve.b')})"
        else:
            factor[column] = f"LN({a})"
            power[column] = bound_ref(key, "curve.scale")
    rows: Rows = {
        "min": _row("Lowest spend", lowest, "money"),
        "max": _row("Highest spend", highest, "money"),
        "k": _row("ln of the factor of the slope", factor),
        "p": _row("Power, or scale of a logarithm", power),
    }
    for step in range(STEPS):
        at, before = f"{step:02}", f"{step - 1:02}"
        if step:
            enough = f"{cell(name, before, 'sum')}>={media}"
            low = f"IF({enough},{cell(name, before, 'u')},{cell(name, before, 'low')})"
            high = f"IF({enough},{cell(name, before, 'high')},{cell(name, before, 'u')})"
        else:
            low, high = f"-{_WIDEST}", f"{_WIDEST}"
        spends = {ids[key]: _spend(name, at, ids[key], channels[key]) for key in curved}
        rows[at] = _row(
            "Halving",
            {
                "low": low,
                "high": high,
                "u": f"({cell(name, at, 'low')}+{cell(name, at, 'high')})/2",
                "sum": _total([cell(name, at, column) for column in spends]),
                **spends,
            },
        )
    last = f"{STEPS - 1:02}"
    needed = _total([cell(name, "min", ids[key]) for key in curved])
    results = {ids[key]: results_formula(key, channels[key], cell(name, last, ids[key])) for key in curved}
    brought = _total([cell(name, "res", column) for column in results])
    rows["res"] = _row("Results; below zero where minimums do not fit", results, "count")
    rows["res"]["sum"] = SheetCell(formula=f"IF({needed}>{media}+0.000001,-1,{brought})", unit="count")
    used = [channels[key].label for key, is_used in subset.items() if is_used]
    return Sheet(
        name=f"Solver{number}",
        title="With " + ", ".join(used) if used else "Without optional channels",
        columns=_columns(
            low="Lower end",
            high="Upper end",
            u="Multiplier",
            sum="Sum",
            **{ids[key]: channels[key].label for key in curved},
        ),
        rows=rows,
        hidden=True,
    )


def _spend(name: str, at: str, column: str, channel: ChannelView) -> str:
    """The spend at this step's multiplier, within bounds. EXP is kept from overflowing."""
    u, k, p = cell(name, at, "u"), cell(name, "k", column), cell(name, "p", column)
    assert channel.curve is not None  # only channels with a curve come here
    power = channel.curve.form == "power"
    wanted = f"EXP(MIN(700,({k}-{u})*{p}))" if power else f"EXP(MIN(700,{k}-{u}))-{p}"
    return f"MAX({cell(name, 'min', column)},MIN({cell(name, 'max', column)},{wanted}))"


def results_formula(key: str, channel: ChannelView, spend: str) -> str:
    """Expected results at `spend`."""
    assert channel.curve is not None  # only channels with a curve come here
    a = bound_ref(key, "curve.a")
    if channel.curve.form == "power":
        return f"{a}*{spend}^{bound_ref(key, 'curve.b')}"
    return f"{a}*LN(1+{spend}/{bound_ref(key, 'curve.scale')})"


def _choice_sheet(count: int) -> Sheet:
    """The first of the subsets with the most results is taken."""
    every = [cell("choice", f"s{n}", "results") for n in range(count)]
    rows: Rows = {}
    for n in range(count):
        earlier = _total([cell("choice", f"s{i}", "taken") for i in range(n)])
        rows[f"s{n}"] = _row(
            "Subset",
            {
                "results": cell(f"solver{n}", "res", "sum"),
                "taken": f"IF(AND({every[n]}>=MAX({','.join(every)}),{earlier}=0),1,0)",
            },
            "count",
        )
    return Sheet(
        name="Choice",
        title="Which subset of the optional channels brings most",
        columns=_columns(results="Results", taken="Taken"),
        rows=rows,
        hidden=True,
    )


def _bare_sheet(bare: list[str], channels: Mapping[str, ChannelView], ids: Mapping[str, str]) -> Sheet:
    """Channels without a curve: an equal share within bounds, then what the others leave."""
    available, share, rest = (cell("totals", row, "value") for row in ("available", "share", "rest"))
    rows: Rows = {}
    reserved: list[str] = []
    for key in bare:
        channel, row = channels[key], ids[key]
        minimum, at = (
            bound_ref(key, "minimum"),
            {name: cell("bare", ids[key], name) for name in ("used", "low", "high")},
        )
        used = "1"
        if _is_optional(channel):
            spare = f"{available}-{cell('totals', 'required', 'value')}-{_total(reserved)}"
            used = f"IF(AND({minimum}<={share},{minimum}<={spare}),1,0)"
            reserved.append(f"{at['used']}*{minimum}")
        first, top = cell("bare", row, "first"), cell("bare", row, "top")
        limit = available if channel.maximum is None else f"MIN({bound_ref(key, 'maximum')},{available})"
        more = f"{first}+{rest}" if channel.maximum is None else bound_ref(key, "maximum")
        rows[row] = _row(
            channel.label,
            {
                "used": used,
                "low": f"{at['used']}*{minimum}",
                "high": f"{at['used']}*MAX({minimum},{limit})",
                "wanted": f"MAX({at['low']},MIN({at['high']},{share}))",
                "first": f"MAX({at['low']},MIN({at['high']},{cell('level1', f'{STEPS - 1:02}', 'level')}))",
                "top": f"MAX({first},{at['used']}*({more}))",
                "exact": f"MAX({first},MIN({top},{cell('level2', f'{STEPS - 1:02}', 'level')}))",
            },
            "money",
        )
    return Sheet(
        name="Bare",
        title="Channels without a response curve",
        columns=_columns(
            used="Used",
            low="Lowest",
            high="Highest",
            wanted="Equal share within bounds",
            first="First spend",
            top="Highest with the rest",
            exact="Exact spend",
        ),
        rows=rows,
        hidden=True,
    )


def _level_sheet(number: int, bare: list[str], ids: Mapping[str, str]) -> Sheet:
    """The level at which spends within bounds add up to what is to be spread, by halving."""
    name = f"level{number}"
    low_column, high_column = ("low", "high") if number == 1 else ("first", "top")
    aim = cell("totals", "spread" if number == 1 else "spread2", "value")
    rows: Rows = {}
    for step in range(STEPS):
        at, before = f"{step:02}", f"{step - 1:02}"
        level = cell(name, at, "level")
        held = [
            f"MAX({cell('bare', ids[k], low_column)},MIN({cell('bare', ids[k], high_column)},{level}))" for k in bare
        ]
        fits = f"{cell(name, before, 'sum')}<={aim}"
        rows[at] = _row(
            "Halving",
            {
                "low": f"IF({fits},{cell(name, before, 'level')},{cell(name, before, 'low')})" if step else "0",
                "high": f"IF({fits},{cell(name, before, 'high')},{cell(name, before, 'level')})"
                if step
                else cell("totals", "available", "value"),
                "level": f"({cell(name, at, 'low')}+{cell(name, at, 'high')})/2",
                "sum": _total(held),
            },
            "money",
        )
    return Sheet(
        name=f"Level{number}",
        title="Equal shares of channels without a curve" if number == 1 else "The same with what the others leave",
        columns=_columns(low="Lower end", high="Upper end", level="Level", sum="Sum"),
        rows=rows,
        hidden=True,
    )


def _rounding_sheet(
    channels: Mapping[str, ChannelView], curved: list[str], subsets: int, ids: Mapping[str, str], unit: int
) -> Sheet:
    """Largest remainder: round down, then one unit each to the largest remainders, the first id among equals."""
    last = f"{STEPS - 1:02}"
    rows: Rows = {}
    for key, channel in channels.items():
        row = ids[key]
        if key in curved:
            exact = "+".join(
                f"{cell('choice', f's{n}', 'taken')}*{cell(f'solver{n}', last, row)}" for n in range(subsets)
            )
        else:
            exact = cell("bare", row, "exact")
        rest = cell("rounding", row, "rest")
        ahead = [
            f"IF({cell('rounding', ids[other], 'rest')}{'>=' if other < key else '>'}{rest},1,0)"
            for other in channels
            if other != key
        ]
        floor = cell("rounding", row, "floor")
        given = f"IF({cell('rounding', row, 'place')}<={cell('totals', 'missing', 'value')},{_unit(unit)},0)"
        rows[row] = _row(
            channel.label,
            {
                "raw": exact,
                "exact": f"ROUND({cell('rounding', row, 'raw')},{max(_PLACES, unit)})",
                "floor": f"ROUNDDOWN({cell('rounding', row, 'exact')},{unit})",
                "rest": f"ROUND({cell('rounding', row, 'exact')}-{floor},{max(_PLACES, unit)})",
                "place": f"1+{_total(ahead)}",
                "spend": f"ROUND({floor}+{given},{unit})",
            },
            "money",
        )
    return Sheet(
        name="Rounding",
        title="Spends rounded by largest remainder",
        columns=_columns(
            raw="Exact", exact="Cut", floor="Rounded down", rest="Remainder", place="Place", spend="Spend"
        ),
        rows=rows,
        hidden=True,
    )


def _unit(unit: int) -> str:
    return "1" if unit == 0 else f"0.{'0' * (unit - 1)}1"


def _totals_sheet(
    channels: Mapping[str, ChannelView], curved: list[str], bare: list[str], ids: Mapping[str, str], unit: int
) -> Sheet:
    """Sums that the other hidden sheets share."""
    required = [key for key, channel in channels.items() if not _is_optional(channel)]
    values = {row: cell("totals", row, "value") for row in ("available", "spread", "bare", "rest", "kept", "total")}
    exact = [cell("rounding", ids[key], "exact") for key in channels]
    raw = [cell("rounding", ids[key], "raw") for key in curved]
    floors = [cell("rounding", ids[key], "floor") for key in channels]
    first = _total([cell("bare", ids[key], "first") for key in bare])
    wanted = _total([cell("bare", ids[key], "wanted") for key in bare])
    formulas = {
        "available": ("What may be spent on channels", "[[self#media_available]]"),
        "required": ("Required minimums", _total([bound_ref(key, "minimum") for key in required])),
        "kept": (
            "Required minimums of channels with a curve",
            _total([bound_ref(k, "minimum") for k in required if k in curved]),
        ),
        "share": ("Equal share", f"{values['available']}/{len(channels)}"),
        "spread": ("To spread over channels without a curve", f"MIN({wanted},{values['available']}-{values['kept']})"),
        "bare": ("Spent by channels without a curve at first", first),
        "media": ("To spend by channels with a curve", f"{values['available']}-{values['bare']}"),
        "rest": (
            "Left by channels with a curve",
            f"MAX(0,ROUND({values['available']}-{values['bare']}-{_total(raw)},{_PLACES}))",
        ),
        "spread2": ("To spread with the rest", f"{values['bare']}+{values['rest']}"),
        "total": ("Media in all", f"ROUND({_total(exact)},{unit})"),
        "missing": (
            "Units still to hand out",
            f"ROUND(({values['total']}-{_total(floors)})/{_unit(unit)},0)",
        ),
    }
    return Sheet(
        name="Totals",
        title="Sums of the solver",
        columns=_columns(value="Value"),
        rows={row: _row(label, {"value": text}, "money") for row, (label, text) in formulas.items()},
        hidden=True,
    )
