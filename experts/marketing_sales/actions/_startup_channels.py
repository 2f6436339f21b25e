"""The text, tables, pictures and sheet of going to market."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.blocks import Sheet, Table
from experts.core.contract import Block
from experts.core.drafting import (
    at,
    draft,
    few,
    figure_sheet,
    figure_table,
    headline,
    joined,
    monday,
    own,
    picture,
    shown,
    text,
    would_change,
)
from experts.core.money import minor_units

if TYPE_CHECKING:
    from experts.core.blocks import Cell, SheetCell
    from experts.marketing_sales.actions.go_to_market_strategy_development import Brief, Channel, Output


def _used(output: Output) -> list[str]:
    """Channels in use, cheapest first."""
    used = [key for key, one in output.channels.items() if one.order]
    return sorted(used, key=lambda key: output.channels[key].order)


def narrative_of(output: Output) -> str:
    """What a customer costs and may cost, where the money goes, what the tests take."""
    names = [output.channels[key].label for key in _used(output)]
    if not names:
        return f"{_cost(output)} The financial plan has no money for channels. {_tests(output)}"
    return (
        f"{_cost(output)} A month's {own('budget')} brings {own('customers')} customers on average, from "
        f"{few(names, 'other channels', 4)}. {_tests(output)}"
    )


def _cost(output: Output) -> str:
    verdict = "within" if output.acquisition_cost <= output.most_to_pay else "above"
    return f"Winning a customer costs {own('acquisition_cost')} on average, {verdict} the {own('most_to_pay')} that may be paid for one."


def _tests(output: Output) -> str:
    if not output.tested:
        return "No channel is expected to pay, so there is nothing to test: change prices, costs or channels first."
    return (
        f"Before money flows, {own('tested')} {'test' if output.tested == 1 else 'tests'} of channels cost "
        f"{own('test_cost')} and take {own('test_days')} side by side."
    )


def document_of(brief: Brief, output: Output) -> list[Block]:
    """Headline, cost ladder, channel tests with rules, use of money, value of a customer, sheet."""
    return draft(
        headline(
            f"{_cost(output)} {_tests(output)}", "good" if output.acquisition_cost <= output.most_to_pay else "warning"
        ),
        picture(
            "market_ladder",
            "What a customer costs, channel by channel",
            "Steps from the cheapest channel on: width is customers a month, height what one costs; a line marks the most to pay.",
        ),
        _plan(output),
        text(
            "The cheapest channel is filled first, since that wins the most customers for the money. A channel's cost stays the same "
            "only up to its ceiling, which is a judgement until the channel has been used that much."
        ),
        _test_table(output),
        text(
            "Read each test once, at its end. The rule keeps a channel that does not pay in at most [[fact:testing.significance]] of "
            "cases; a channel as good as expected passes with the power shown."
        ),
        _value(output),
        would_change(_changes(output)),
        monday(_monday(output)),
        _sheet(brief, output),
    )


def _plan(output: Output) -> Table | None:
    columns = {
        "name": ("Channel", "text"),
        "cost": ("A customer costs", "money"),
        "spend": ("Money a month", "money"),
        "customers": ("Customers a month", "count"),
        "most": ("At most", "count"),
    }
    order = [*_used(output), *(key for key, one in output.channels.items() if not one.order)]
    rows: dict[str, dict[str, Cell]] = {}
    for key in order:
        one, ref = output.channels[key], f"self#channels.{key}"
        rows[f"row-{key}"] = {
            "name": one.label if one.order else f"{one.label} (not used)",
            "cost": shown(True, f"{ref}.cost_per_customer"),
            "spend": shown(True, f"{ref}.spend"),
            "customers": shown(True, f"{ref}.customers"),
            "most": shown(True, f"{ref}.most_customers"),
        }
    rows["all"] = {
        "name": "All channels",
        "cost": shown(True, "self#acquisition_cost"),
        "spend": shown(True, "self#spend"),
        "customers": shown(True, "self#customers"),
        "most": shown(True, "self#most_customers"),
    }
    note = "An average month of the first year of sales, with the marketing money of the financial plan."
    return figure_table("A month's money by channel", columns, rows, note)


def _test_table(output: Output) -> Table | None:
    columns = {
        "name": ("Channel", "text"),
        "expected": ("Expected rate", "rate"),
        "needed": ("Rate needed", "rate"),
        "contacts": ("Contacts", "count"),
        "keep": ("Keep from customers", "count"),
        "power": ("Power", "rate"),
        "cost": ("Test costs", "money"),
        "days": ("Takes", "days"),
    }
    rows: dict[str, dict[str, Cell]] = {}
    for key, one in output.channels.items():
        ref = f"self#channels.{key}"
        rows[key] = {
            "name": _named(one),
            "expected": shown(True, f"{ref}.expected_rate"),
            "needed": shown(True, f"{ref}.needed_rate"),
            "contacts": shown(one.contacts, f"{ref}.contacts"),
            "keep": shown(one.keep_from, f"{ref}.keep_from"),
            "power": shown(one.power, f"{ref}.power"),
            "cost": shown(one.test_cost, f"{ref}.test_cost"),
            "days": shown(one.test_days, f"{ref}.test_days"),
        }
    note = (
        "Rate needed: a contact's cost over the most to pay for a customer. No test is planned where the expected rate does not reach "
        "it: even if the channel works as hoped, it would not pay."
    )
    if any(one.contacts is not None and not one.affordable for one in output.channels.values()):
        note += " Tests too dear for the money set aside are shown and not counted."
    return figure_table("Tests of channels", columns, rows, note)


def _named(one: Channel) -> str:
    if not one.worth_it:
        return f"{one.label} (cannot pay)"
    return one.label if one.affordable else f"{one.label} (too dear to test)"


def _value(output: Output) -> Table | None:
    entries = [
        ("cost", "Cost of winning a customer", "acquisition_cost", "Money spent over customers won."),
        ("next", "Cost of one customer more", "next_cost", "In the channel that would take the next money."),
        (
            "value",
            "Lifetime value",
            "lifetime_value",
            "Contribution of each month, discounted at [[judgement:discount_rate]] a month.",
        ),
        ("ratio", "Value to cost", "value_to_cost", "How many times over a customer earns what winning one costs."),
        ("payback", "Months to pay back", "payback_months", "With customers leaving at the churn assumed."),
    ]
    rows: dict[str, dict[str, Cell]] = {
        key: {"name": name, "value": shown(True, f"self#{path}"), "meaning": meaning}
        for key, name, path, meaning in entries
        if getattr(output, path) is not None
    }
    columns = {"name": ("Measure", "text"), "value": ("Value", ""), "meaning": ("What it means", "text")}
    return figure_table("What a customer costs and is worth", columns, rows)


def _changes(output: Output) -> list[str]:
    found = []
    used = _used(output)
    if used:
        first = used[0]
        found.append(
            f"{output.channels[first].label} wins fewer than expected: it is the cheapest channel, and every customer it does not "
            f"bring costs {own('next_cost') if output.next_cost is not None else own('acquisition_cost')} elsewhere."
        )
    close = [
        one.label
        for one in output.channels.values()
        if one.order and one.worth_it and one.cost_per_customer * 10 > output.most_to_pay * 8
    ]
    if close:
        found.append(f"{joined(close)} pay only just: a slightly lower rate than expected takes them out.")
    hopeless = [one.label for one in output.channels.values() if not one.worth_it]
    if hopeless:
        found.append(
            f"{few(hopeless, 'others', 4)} would pay at a higher price, a cheaper contact or a longer payback than now allowed."
        )
    if output.unspent:
        found.append(f"A further channel: {own('unspent')} a month has nowhere to go now.")
    return found


def _monday(output: Output) -> list[str]:
    found = []
    tests = [key for key in (*_used(output), *output.channels) if output.channels[key].affordable]
    for key in list(dict.fromkeys(tests))[:3]:
        one, ref = output.channels[key], f"channels.{key}"
        found.append(
            f"Marketing: start the test of {one.label}: {own(f'{ref}.contacts')} contacts for {own(f'{ref}.test_cost')}, and keep it "
            f"from {own(f'{ref}.keep_from')} customers on."
        )
    return found


def _sheet(brief: Brief, output: Output) -> Sheet | None:
    digits = minor_units(brief.currency)
    columns = {
        "name": ("Channel", "text"),
        "contact": ("A contact costs", "money"),
        "expected": ("Expected rate", "rate"),
        "cost": ("A customer costs", "money"),
        "needed": ("Rate needed", "rate"),
        "contacts": ("Test contacts", "count"),
        "keep": ("Keep from customers", "count"),
        "testcost": ("Test costs", "money"),
        "most": ("Customers at most", "count"),
        "spend": ("Money a month", "money"),
        "customers": ("Customers a month", "count"),
    }
    rows: dict[str, dict[str, str | SheetCell]] = {}
    before: list[str] = []
    used = _used(output)
    for key in [*used, *(key for key in output.channels if key not in used)]:
        one, ref = output.channels[key], f"self#channels.{key}"
        contact, cost = f"[[fact:channels.{key}.contact_cost]]", f"[[{ref}.cost_per_customer]]"
        spent = "+".join(f"[[self#channels.{k}.spend]]" for k in before) or "0"
        rows[f"row-{key}"] = {
            "name": one.label,
            "contact": at(f"fact:channels.{key}.contact_cost", "money"),
            "expected": at(f"fact:channels.{key}.expected_rate", "rate"),
            "cost": at(
                f"{ref}.cost_per_customer", "money", f"=ROUND({contact}/[[fact:channels.{key}.expected_rate]],{digits})"
            ),
            "needed": at(f"{ref}.needed_rate", "rate", f"=ROUND({contact}/[[self#most_to_pay]],6)"),
            "most": at(f"fact:channels.{key}.most_customers", "count"),
            "spend": at(
                f"{ref}.spend",
                "money",
                f"=MIN([[self#budget]]-({spent}),ROUND({cost}*[[fact:channels.{key}.most_customers]],{digits}))"
                if one.order
                else None,
            ),
            "customers": at(f"{ref}.customers", "count", f"=ROUND([[{ref}.spend]]/{cost},4)"),
        }
        if one.contacts is not None:
            rows[f"row-{key}"] |= {
                "contacts": at(f"{ref}.contacts", "count"),
                "keep": at(f"{ref}.keep_from", "count"),
                "testcost": at(f"{ref}.test_cost", "money", f"=ROUND([[{ref}.contacts]]*{contact},{digits})"),
            }
        if one.order:
            before.append(key)
    tests = "+".join(f"[[self#channels.{key}.test_cost]]" for key, one in output.channels.items() if one.affordable)
    rows["all"] = {
        "name": "All channels, tests that can be afforded",
        "testcost": at("self#test_cost", "money", f"={tests}") if output.tested else "",
        "spend": at("self#spend", "money", "=SUM([[self#channels.*.spend]])"),
        "customers": at("self#customers", "count", "=SUM([[self#channels.*.customers]])"),
    }
    rows["budget"] = {"name": "Marketing money a month", "spend": at("self#budget", "money")}
    rows["most"] = {
        "name": "Most to pay for a customer",
        "cost": at("self#most_to_pay", "money", "=[[model#most_to_pay]]"),
    }
    rows["average"] = {
        "name": "A customer costs on average",
        "cost": at(
            "self#acquisition_cost", "money", f"=ROUND([[self#spend]]/[[self#customers]],{digits})" if used else None
        ),
    }
    note = (
        "Channels in the order of the plan, cheapest first; if a change makes another cheaper, plan again. Contacts of a test and its "
        "rule come from the plan."
    )
    return figure_sheet("Channels", "Channels: tests, money and customers", columns, rows, note)


def pictures_of(brief: Brief, output: Output) -> dict[str, str]:
    """The ladder of costs: channels as steps, cheapest first."""
    from experts.core import charts

    verdict = "below" if output.acquisition_cost <= output.most_to_pay else "above"
    title = (
        f"A customer costs {output.acquisition_cost:,.0f} {brief.currency} on average, {verdict} the {output.most_to_pay:,.0f} that "
        "may be paid"
    )
    order = sorted(output.channels.items(), key=lambda item: (item[1].cost_per_customer, item[0]))
    order = [(key, one) for key, one in order if one.most_customers]
    with charts.figure(9.4, 4.6, title) as (made, axes):
        left = 0.0
        for number, (_, one) in enumerate(order):
            width, height = float(one.most_customers), float(one.cost_per_customer)
            colour = charts.SERIES[number % len(charts.SERIES)]
            won = float(one.customers)
            axes.bar(left, height, width, align="edge", color=colour, alpha=0.25, linewidth=0)
            axes.bar(left, height, won, align="edge", color=colour, label=charts.shorten(one.label, 30))
            left += width
        axes.axhline(float(output.most_to_pay), color=charts.INK, linestyle="--", linewidth=1.2)
        axes.annotate(
            "most to pay",
            (left, float(output.most_to_pay)),
            xytext=(-4, 4),
            textcoords="offset points",
            ha="right",
            fontsize=9,
        )
        axes.set_xlabel("Customers a month: full colour in the plan, pale up to the channel's ceiling")
        axes.set_ylabel(f"{brief.currency} for one customer")
        axes.set_xlim(0, left)
        made.legend(loc="outside lower left", ncols=3, frameon=False, fontsize=9)
        return {"market_ladder": charts.svg(made)}
