"""The workbook of a financial plan: inputs, cost lines by month, three statements by month and by year, all live."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from experts.core.blocks import Sheet, SheetCell
from experts.core.drafting import at, figure_sheet, helper, title_of
from experts.core.money import minor_units

if TYPE_CHECKING:
    from experts.finance_accountant.actions.financial_planning_and_funding_strategy import Brief, Inputs, Output

Rows = dict[str, dict[str, "str | SheetCell"]]
MONTH_DAYS = 30

LINES = {
    "income": ("Income statement", ""),
    "marketing": ("Marketing", "money"),
    "new_customers": ("New customers", "count"),
    "customers": ("Customers at the end", "count"),
    "revenue": ("Revenue", "money"),
    "cost_of_sales": ("Cost of sales", "money"),
    "gross_profit": ("Gross profit", "money"),
    "payroll": ("Payroll", "money"),
    "operating": ("Operating costs", "money"),
    "depreciation": ("Depreciation", "money"),
    "other_income": ("Grants", "money"),
    "pre_tax": ("Profit before tax", "money"),
    "losses_carried": ("Losses carried forward", "money"),
    "tax": ("Income tax", "money"),
    "net_income": ("Net income", "money"),
    "flow": ("Cash flow", ""),
    "receivables_increase": ("Increase of receivables", "money"),
    "payables_increase": ("Increase of payables", "money"),
    "operating_cash": ("Cash from operations", "money"),
    "equipment": ("Equipment bought", "money"),
    "founders_money": ("Founders' money", "money"),
    "safe_money": ("SAFEs", "money"),
    "round_money": ("Priced rounds", "money"),
    "financing": ("Cash from financing", "money"),
    "cash_change": ("Change of cash", "money"),
    "balance": ("Balance sheet", ""),
    "cash": ("Cash", "money"),
    "receivables": ("Receivables", "money"),
    "fixed_assets": ("Equipment, net", "money"),
    "assets": ("Assets", "money"),
    "payables": ("Payables", "money"),
    "safes": ("SAFEs outstanding", "money"),
    "liabilities": ("Liabilities", "money"),
    "capital": ("Paid-in capital", "money"),
    "retained": ("Retained earnings", "money"),
    "equity": ("Equity", "money"),
    "difference": ("Check: assets less liabilities and equity (zero)", "money"),
}
BALANCES = {"customers", "cash", "receivables", "fixed_assets", "assets", "payables", "safes", "liabilities"}
BALANCES |= {"capital", "retained", "equity"}
NOT_BY_YEAR = {"losses_carried", "difference"}


def sheets_of(brief: Brief, inputs: Inputs, output: Output) -> list[Sheet | None]:
    """Inputs, costs by month, statements by month, statements by year, summary."""
    return [
        _inputs(brief, inputs, output),
        _costs(brief, inputs, output),
        _months(brief, inputs, output),
        _years(output),
        _summary(output),
    ]


def _inputs(brief: Brief, inputs: Inputs, output: Output) -> Sheet | None:
    entries = [
        ("price", "Average price of a customer a month", "model#price", "money"),
        ("variable_cost", "Cost of serving a customer a month", "model#variable_cost", "money"),
        ("acquisition", "Cost of winning a customer", "self#acquisition_cost", "money"),
        ("marketing", "Marketing a month once sales begin", "fact:marketing.monthly", "money"),
        ("reinvested", "Share of last month's revenue added to it", "fact:marketing.reinvested", "rate"),
        ("opening", "Cash at the beginning", "fact:plan.opening_cash", "money"),
        ("buffer", "Cash to keep at all times", "fact:plan.cash_buffer", "money"),
        ("loading", "Employer's cost on top of salaries", "fact:payroll.loading", "rate"),
        ("receivable", "Days until customers pay", "fact:terms.receivable_days", "ratio"),
        ("payable", "Days until suppliers are paid", "fact:terms.payable_days", "ratio"),
        ("life", "Life of equipment in months", "fact:terms.equipment_months", "count"),
        ("tax", "Tax on profit", "fact:terms.tax_rate", "rate"),
    ]
    rows: Rows = {key: {"name": name, "value": at(ref, unit)} for key, name, ref, unit in entries}
    rows["churn"] = {"name": "Churn a month", "value": at("model#churn", "rate", "=[[fact:economics.churn]]")}
    for table, rows_of in (("funds", brief.funds), ("safes", brief.safes), ("rounds", brief.rounds)):
        for key, each in rows_of.items():
            rows[f"{table}-{key}"] = {
                "name": f"{title_of(key, each.label)}: amount",
                "value": at(f"fact:{table}.{key}.amount", "money"),
            }
    note = (
        "Change a value: statements, need and runway follow. The cost of winning a customer comes from the channel plan; to see "
        "what another price does to it, plan again."
    )
    return figure_sheet(
        "Plan inputs", "Inputs of the financial plan", {"name": ("Input", "text"), "value": ("Value", "")}, rows, note
    )


def _since(output: Output, month: str, day: date) -> int:
    begins = output.months[month].begins
    return (begins.year - day.year) * 12 + begins.month - day.month


def _costs(brief: Brief, inputs: Inputs, output: Output) -> Sheet | None:
    digits = minor_units(brief.currency)
    columns = {
        "name": ("Cost", "text"),
        "kind": ("Kind", "text"),
        "amount": ("Amount", "money"),
        "growth": ("Growth", "rate"),
    }
    columns |= {key: (_head(output, key), "money") for key in output.months}
    rows: Rows = {"months": {"name": "Month from"}}
    rows["months"] |= {key: at(f"self#months.{key}.begins", "date") for key in output.months}
    for key, line in brief.costs.items():
        row: dict[str, str | SheetCell] = {
            "name": title_of(key, line.label),
            "kind": line.kind.replace("_", " "),
            "amount": at(f"fact:costs.{key}.amount", "money"),
            "growth": at(f"fact:costs.{key}.growth", "rate"),
        }
        for month in output.months:
            since = _since(output, month, line.first)
            if since < 0 or (line.last is not None and _since(output, month, line.last) > 0):
                continue
            amount = f"[[fact:costs.{key}.amount]]"
            grown = f"{amount}*(1+[[fact:costs.{key}.growth]])^{since}" if since and line.growth else amount
            row[month] = helper("money", f"=ROUND({grown},{digits})")
        rows[f"{line.kind}-{key}"] = row
    tax = inputs.formation.tax
    if tax is not None:
        due = f"{tax.due:%Y-%m}"
        row = {
            "name": "Delaware franchise tax and report",
            "kind": "operating",
            "amount": at("formation#tax.total_due", "money"),
        }
        if due in output.months:
            row[due] = helper("money", "=[[formation#tax.total_due]]")
        rows["operating-franchise"] = row
    return figure_sheet(
        "Costs by month",
        "Cost lines by month",
        columns,
        rows,
        "When a cost begins and ends comes from the plan; amounts are live.",
    )


def _head(output: Output, month: str) -> str:
    """A month's heading: its name, and the year in words of the plan, since a heading holds no digits of its own."""
    return f"{output.months[month].begins:%b}"


def _cost_sum(brief: Brief, inputs: Inputs, output: Output, kind: str, month: str) -> str | None:
    live = any(
        line.kind == kind
        and _since(output, month, line.first) >= 0
        and (line.last is None or _since(output, month, line.last) <= 0)
        for line in brief.costs.values()
    )
    tax = inputs.formation.tax
    live = live or (kind == "operating" and tax is not None and f"{tax.due:%Y-%m}" == month)
    return f"SUM([[cell:costs-by-month/{kind}-*/{month}]])" if live else None


def _months(brief: Brief, inputs: Inputs, output: Output) -> Sheet | None:
    columns = {"line": ("Line", "text")} | {key: (_head(output, key), "") for key in output.months}
    rows: Rows = {"begins": {"line": "Month from"}}
    for key, (label, _) in LINES.items():
        rows[key] = {"line": label}
    rows["bare"] = {"line": "Cash without SAFEs and rounds"}
    keys = list(output.months)
    for number, month in enumerate(keys):
        before = keys[number - 1] if number else None
        rows["begins"][month] = at(f"self#months.{month}.begins", "date")
        made = _formulas(brief, inputs, output, month, before, keys[: number + 1])
        for name, (_, unit) in LINES.items():
            if unit:
                rows[name][month] = at(f"self#months.{month}.{name}", unit, made.get(name))
        given = f"SUM([[self#months.{month}.safe_money]],[[self#months.{month}.round_money]])"
        earlier = f"([[self#months.{before}.cash]]-[[cell:statements/bare/{before}]])+" if before else ""
        rows["bare"][month] = helper("money", f"=[[self#months.{month}.cash]]-({earlier}{given})")
    note = (
        "Every figure follows from the inputs, the cost lines and the people. Days on which things begin come from the plan. "
        "The check is zero in every month."
    )
    return figure_sheet("Statements", "Income statement, cash flow and balance sheet by month", columns, rows, note)


def _formulas(
    brief: Brief, inputs: Inputs, output: Output, month: str, before: str | None, so_far: list[str]
) -> dict[str, str]:
    d = minor_units(brief.currency)

    def now(name: str) -> str:
        return f"[[self#months.{month}.{name}]]"

    def was(name: str) -> str:
        return f"[[self#months.{before}.{name}]]" if before else "0"

    days = "[[fact:terms.{}_days]]/" + str(MONTH_DAYS)
    selling = _since(output, month, brief.plan.sales_begin) >= 0
    served = f"({was('customers')}+{now('customers')})/2"
    cos = _cost_sum(brief, inputs, output, "cost_of_sales", month)
    opening = "[[fact:plan.opening_cash]]"
    life = brief.terms.equipment_months
    bought = (
        "+".join(f"[[self#months.{key}.equipment]]" for key in so_far[-life:] if output.months[key].equipment) or "0"
    )
    made = {
        "new_customers": f"=ROUND({now('marketing')}/[[self#acquisition_cost]],4)",
        "customers": f"=ROUND({was('customers')}*(1-[[model#churn]])+{now('new_customers')},4)",
        "revenue": f"=ROUND({served}*[[model#price]],{d})",
        "cost_of_sales": f"=ROUND({served}*[[model#variable_cost]],{d}){'+' + cos if cos else ''}",
        "gross_profit": f"={now('revenue')}-{now('cost_of_sales')}",
        "depreciation": f"=MIN(ROUND(({bought})/[[fact:terms.equipment_months]],{d}),{was('fixed_assets')}+{now('equipment')})",
        "pre_tax": f"={now('gross_profit')}-{now('payroll')}-{now('operating')}-{now('marketing')}-{now('depreciation')}"
        f"+{now('other_income')}",
        "losses_carried": f"=MAX(0,{was('losses_carried')}-{now('pre_tax')})",
        "tax": f"=ROUND([[fact:terms.tax_rate]]*MAX(0,{now('pre_tax')}-{was('losses_carried')}),{d})",
        "net_income": f"={now('pre_tax')}-{now('tax')}",
        "receivables": f"=ROUND({now('revenue')}*{days.format('receivable')},{d})",
        "payables": f"=ROUND(({now('cost_of_sales')}+{now('operating')}+{now('marketing')})*{days.format('payable')},{d})",
        "receivables_increase": f"={now('receivables')}-{was('receivables')}",
        "payables_increase": f"={now('payables')}-{was('payables')}",
        "operating_cash": f"={now('net_income')}+{now('depreciation')}-{now('receivables_increase')}+{now('payables_increase')}",
        "financing": f"={now('founders_money')}+{now('safe_money')}+{now('round_money')}",
        "cash_change": f"={now('operating_cash')}-{now('equipment')}+{now('financing')}",
        "cash": f"={was('cash') if before else opening}+{now('cash_change')}",
        "fixed_assets": f"={was('fixed_assets')}+{now('equipment')}-{now('depreciation')}",
        "assets": f"={now('cash')}+{now('receivables')}+{now('fixed_assets')}",
        "safes": f"=IF({now('round_money')}>0,0,{was('safes')}+{now('safe_money')})",
        "liabilities": f"={now('payables')}+{now('safes')}",
        "capital": f"={was('capital') if before else opening}+{now('founders_money')}+{now('round_money')}+{was('safes')}"
        f"+{now('safe_money')}-{now('safes')}",
        "retained": f"={was('retained')}+{now('net_income')}",
        "equity": f"={now('capital')}+{now('retained')}",
        "difference": f"=ROUND({now('assets')}-{now('liabilities')}-{now('equity')},{d})",
    }
    if selling:
        made["marketing"] = f"=ROUND([[fact:marketing.monthly]]+[[fact:marketing.reinvested]]*{was('revenue')},{d})"
    for kind in ("operating", "equipment"):
        total = _cost_sum(brief, inputs, output, kind, month)
        if total:
            made[kind] = f"={total}"
    people = _people(brief, output, month)
    if people:
        made["payroll"] = f"=ROUND(({people})*(1+[[fact:payroll.loading]]),{d})"
    made |= _money(brief, output, month)
    return made


def _people(brief: Brief, output: Output, month: str) -> str:
    """The salaries of those employed: whoever the plan pays this month, as it was worked out."""
    first = next(iter(output.months))
    found = []
    for key, each in brief.hires.items():
        start = -_since(output, first, each.starts)
        if start > 0:
            start += output.deferred_months
        number = list(output.months).index(month)
        if number >= start and (each.ends is None or _since(output, month, each.ends) <= 0):
            found.append(f"[[fact:hires.{key}.salary]]")
    return "+".join(found)


def _money(brief: Brief, output: Output, month: str) -> dict[str, str]:
    columns: dict[str, list[str]] = {"other_income": [], "founders_money": [], "safe_money": [], "round_money": []}
    for key, fund in brief.funds.items():
        if not _since(output, month, fund.received):
            columns["other_income" if fund.kind == "grant" else "founders_money"].append(f"[[fact:funds.{key}.amount]]")
    for table, column, rows in (("safes", "safe_money", brief.safes), ("rounds", "round_money", brief.rounds)):
        columns[column] += [
            f"[[fact:{table}.{key}.amount]]" for key, each in rows.items() if not _since(output, month, each.received)
        ]
    return {column: "=" + "+".join(terms) for column, terms in columns.items() if terms}


def _years(output: Output) -> Sheet | None:
    columns = {"line": ("Line", "text")} | {f"y{year}": (f"Year {number}", "") for number, year in _numbered(output)}
    rows: Rows = {"count": {"line": "Months"}}
    for key, (label, unit) in LINES.items():
        if key not in NOT_BY_YEAR:
            rows[key] = {"line": label}
        if not unit or key in NOT_BY_YEAR:
            continue
        for _, year in _numbered(output):
            months = [month for month in output.months if month.startswith(year)]
            if key in BALANCES:
                formula = f"=[[self#months.{months[-1]}.{key}]]"
            else:
                formula = f"=SUM({','.join(f'[[self#months.{month}.{key}]]' for month in months)})"
            rows[key][f"y{year}"] = at(f"self#years.{year}.{key}", unit, formula)
    for _, year in _numbered(output):
        rows["count"][f"y{year}"] = at(f"self#years.{year}.month_count", "count")
    return figure_sheet("Statements by year", "The three statements by calendar year", columns, rows)


def _numbered(output: Output) -> list[tuple[str, str]]:
    names = ("one", "two", "three", "four", "five", "six")
    return [(names[n], year) for n, year in enumerate(output.years)]


def _summary(output: Output) -> Sheet | None:
    bare = "MIN([[cell:statements/bare/*]])"
    given = "SUM([[self#months.*.safe_money]],[[self#months.*.round_money]])"
    entries = [
        ("need", "Needed from investors", "funding_need", "money", f"=MAX(0,[[fact:plan.cash_buffer]]-{bare})"),
        ("planned", "Planned from investors", "investor_money", "money", f"={given}"),
        ("spare", "Planned beyond the need", "spare", "money", "=[[self#investor_money]]-[[self#funding_need]]"),
        ("low", "Lowest cash", "lowest_cash", "money", "=MIN([[self#months.*.cash]])"),
        ("close", "Cash at the end", "closing_cash", "money", f"=[[self#months.{list(output.months)[-1]}.cash]]"),
        (
            "customers",
            "Customers at the end",
            "closing_customers",
            "count",
            f"=ROUND([[self#months.{list(output.months)[-1]}.customers]],0)",
        ),
        ("peak", "Most customers", "peak_customers", "count", "=ROUND(MAX([[self#months.*.customers]]),0)"),
    ]
    rows: Rows = {
        key: {"name": name, "value": at(f"self#{path}", unit, formula)} for key, name, path, unit, formula in entries
    }
    return figure_sheet(
        "Need", "Money needed and how long it lasts", {"name": ("Measure", "text"), "value": ("Value", "")}, rows
    )
