"""The company's legal form, founders' stock, Delaware's bill, and who owns what was made before the company existed."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, NonNegativeMoney
from experts.core.worksheet import Worksheet
from experts.legal_consultant.actions._startup_formation import document_of, narrative_of
from experts.legal_consultant.actions._startup_pack import (
    PAPERS,
    DutyView,
    FormView,
    FounderShares,
    IpView,
    Output,
    Tax,
    Vesting,
)
from experts.legal_consultant.tools._legal import table
from experts.legal_consultant.tools.compare_entity_types import EntityMatrix, compare_entity_types
from experts.legal_consultant.tools.compute_delaware_franchise_tax import (
    FranchiseTax,
    ShareClass,
    compute_delaware_franchise_tax,
)
from experts.legal_consultant.tools.compute_ip_term import IpTerm, compute_ip_term
from experts.legal_consultant.tools.plan_founder_stock import FounderStock, plan_founder_stock
from experts.legal_consultant.tools.plan_governance_calendar import GovernanceCalendar, plan_governance_calendar

KIND = "FormationPack"
VERSION = 1
NEEDS: dict[str, str] = {}

Form = Literal[
    "c_corporation",
    "s_corporation",
    "public_benefit_corporation",
    "llc",
    "general_partnership",
    "sole_proprietorship",
    "other",
]
Kind = Literal["software", "content", "design", "trademark", "patent", "domain", "trade_secret"]
CORPORATIONS = ("c_corporation", "s_corporation", "public_benefit_corporation")


class Company(Model):
    """The form the founders want (`other`: not a US form), and the day it is formed."""

    entity: Form
    incorporates: Day
    gross_assets: NonNegativeMoney | None = None


class Owners(Model):
    """What decides which forms are open to the owners."""

    nonresident_alien: bool | None = None
    company: bool | None = None
    one_class_of_stock: bool | None = None
    venture_capital: bool | None = None


class Founder(Model):
    name: Text
    shares: Count


class Stock(Model):
    """Authorised shares and their par value; founders' vesting."""

    authorized: Count | None = None
    par: NonNegativeMoney = Field(
        Decimal(0), json_schema_extra={"reason": "no par value is named, so shares have none"}
    )
    vesting_months: Count = Field(
        48, json_schema_extra={"reason": "founders' stock usually vests over four years, and investors ask for it"}
    )
    cliff_months: Count = Field(12, json_schema_extra={"reason": "nothing usually vests in the first year"})


class Intangible(Model):
    """Something made or chosen that the company must own: what it is, who made it, whether it is assigned."""

    label: Text
    kind: Kind
    made_by: Text
    assigned: bool = False
    filed: Day | None = None
    registered: Day | None = None
    created: int | None = Field(None, ge=1900, le=2200)


class Brief(Model):
    currency: str
    company: Company
    owners: Owners = Owners()
    founders: dict[Key, Founder] = Field(max_length=20)
    stock: Stock
    ip: dict[Key, Intangible] = Field({}, max_length=100)


class Inputs(Model):
    """Nothing comes before this step."""


class Judgement(Model):
    """Nothing is left open here: the form is a fact, since founders and counsel choose it."""


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Check the form against the owners, compute Delaware's bill and the founders' dates, list what must be assigned.

    US federal law and Delaware only; information, not legal advice. Amounts in US dollars are left out of a plan in another
    currency. Raises InvalidInput for more issued than authorised shares.
    """
    sheet = Worksheet()
    if not brief.founders:
        raise InvalidInput("there is no founder; name at least one", field="founders")
    warnings: list[str] = []
    matrix = _forms(sheet, brief)
    stock = _stock(sheet, brief)
    tax = _tax(sheet, brief, stock, warnings)
    duties = _duties(sheet, brief, warnings)
    terms = _terms(sheet, brief)
    output, grounds = _output(brief, matrix, stock, tax, duties, terms)
    warnings += _said(brief, matrix, output)
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=grounds,
        narrative=narrative_of(brief, output),
        document=document_of(brief, output),
        warnings=warnings,
    )


def _forms(sheet: Worksheet, brief: Brief) -> EntityMatrix:
    company = brief.company
    return sheet.run(
        "forms",
        {"as_of": "fact:company.incorporates", "tax_year_start": "fact:company.incorporates"},
        compare_entity_types,
        owners=len(brief.founders),
        as_of=company.incorporates,
        nonresident_alien_owner=brief.owners.nonresident_alien,
        entity_owner=brief.owners.company,
        one_class_of_stock=brief.owners.one_class_of_stock,
        venture_capital=brief.owners.venture_capital,
        tax_year_start=company.incorporates if company.entity == "s_corporation" else None,
    )


def _stock(sheet: Worksheet, brief: Brief) -> FounderStock | None:
    if brief.company.entity not in CORPORATIONS:
        return None
    return sheet.run(
        "stock",
        {
            "shares.*": "fact:founders.*.shares",
            "transferred": "fact:company.incorporates",
            "vesting_months": "fact:stock.vesting_months",
            "cliff_months": "fact:stock.cliff_months",
        },
        plan_founder_stock,
        shares={key: each.shares for key, each in brief.founders.items()},
        transferred=brief.company.incorporates,
        vesting_months=brief.stock.vesting_months,
        cliff_months=brief.stock.cliff_months,
    )


def _tax(sheet: Worksheet, brief: Brief, stock: FounderStock | None, warnings: list[str]) -> FranchiseTax | None:
    if stock is None:
        return None
    year = brief.company.incorporates.year
    if brief.stock.authorized is None:
        warnings.append("No number of authorised shares is given, so Delaware's franchise tax is not worked out.")
        return None
    if brief.currency != "USD":
        warnings.append(
            f"Delaware's franchise tax is in US dollars and this plan is in {brief.currency}, so it is left out; ask counsel "
            "for the amount and add it to the costs."
        )
        return None
    if not _covered("delaware_franchise_tax", date(year, 1, 1)):
        warnings.append(
            f"The franchise tax of {year} is not in the table that this plan uses, so it is left out; add it to the costs when "
            "the Division of Corporations has published it."
        )
        return None
    assets = brief.company.gross_assets
    answer = sheet.run(
        "franchise",
        {
            "classes.0.shares": "fact:stock.authorized",
            "classes.0.par": "fact:stock.par",
            "issued": "working:stock#shares",
            "gross_assets": "fact:company.gross_assets",
        },
        compute_delaware_franchise_tax,
        classes=[ShareClass(shares=brief.stock.authorized, par=brief.stock.par)],
        tax_year=year,
        issued=stock.shares if assets is not None else None,
        gross_assets=assets,
    )
    warnings += answer.warnings
    return answer


def _covered(name: str, day: date) -> bool:
    return any(
        row.effective_from <= day and (row.effective_to is None or day <= row.effective_to) for row in table(name).rows
    )


def _duties(sheet: Worksheet, brief: Brief, warnings: list[str]) -> GovernanceCalendar | None:
    form: Any = "us_de_corporation" if brief.company.entity in CORPORATIONS else "us_de_llc"
    if form == "us_de_llc" and brief.company.entity != "llc":
        return None
    year = brief.company.incorporates.year + 1
    if not _covered("governance_rules", date(year, 1, 1)):
        warnings.append(
            f"Corporate duties of {year} are not in the table that this plan uses; ask counsel for the days."
        )
        return None
    return sheet.run(
        "duties",
        {"formed": "fact:company.incorporates", "as_of": "fact:company.incorporates"},
        plan_governance_calendar,
        form=form,
        year=year,
        formed=brief.company.incorporates,
        as_of=brief.company.incorporates,
    )


def _terms(sheet: Worksheet, brief: Brief) -> dict[str, tuple[str, IpTerm]]:
    found = {}
    rights: dict[str, tuple[Any, bool]] = {
        "patent": ("utility_patent", True),
        "trademark": ("trademark", True),
        "software": ("copyright", True),
        "content": ("copyright", True),
    }
    for number, (key, each) in enumerate(brief.ip.items(), 1):
        known = {"patent": each.filed, "trademark": each.registered}.get(each.kind, each.created)
        if each.kind not in rights or known is None:
            continue
        at, ref = f"ip{number}", f"fact:ip.{key}"
        found[key] = (
            at,
            sheet.run(
                at,
                {"as_of": "fact:company.incorporates", "filed": f"{ref}.filed", "granted": f"{ref}.registered"},
                compute_ip_term,
                right=rights[each.kind][0],
                as_of=brief.company.incorporates,
                filed=each.filed if each.kind == "patent" else None,
                granted=each.registered if each.kind in ("patent", "trademark") else None,
                created=each.created if each.kind in ("software", "content") else None,
                made_for_hire=each.kind in ("software", "content"),
            ),
        )
    return found


def _output(
    brief: Brief,
    matrix: EntityMatrix,
    stock: FounderStock | None,
    tax: FranchiseTax | None,
    duties: GovernanceCalendar | None,
    terms: dict[str, tuple[str, IpTerm]],
) -> tuple[Output, dict[str, str]]:
    usd = brief.currency == "USD"
    chosen = brief.company.entity
    grounds = {
        "forms.*.delaware_minimum": "working:forms#entities.*.delaware_minimum_usd",
        "formed": "fact:company.incorporates",
        "s_election_due": "working:forms#election_due",
        **{
            f"tax.{name}": f"working:franchise#{name}"
            for name in ("by_authorized_shares", "by_assumed_par", "tax", "report_fee", "total_due", "due")
        },
        **{
            f"stock.founders.*.{name}": f"working:stock#founders.*.{name}"
            for name in ("shares", "at_cliff", "each_month")
        },
        **{
            f"stock.{name}": f"working:stock#{name}"
            for name in ("shares", "election_due", "days_to_elect", "cliff", "vested")
        },
        **{f"ip.{key}.expires": f"working:{at}#expires" for key, (at, _) in terms.items()},
    }
    listed = list(duties.duties) if duties else []
    for number, _ in enumerate(listed):
        grounds |= {
            f"duties.d{number + 1}.{name}": f"working:duties#duties.{number}.{name}" for name in ("opens", "due")
        }
    output = Output(
        entity=chosen,
        entity_name=matrix.entities[chosen].name if chosen in matrix.entities else "a form outside the United States",
        eligible=matrix.entities[chosen].eligible if chosen in matrix.entities else "needs_facts",
        forms={
            key: FormView(
                name=each.name,
                eligible=each.eligible,
                fails=[test.test for test in each.tests if test.answer == "no"],
                liability=each.liability,
                tax=each.tax,
                formalities=each.formalities,
                delaware_minimum=each.delaware_minimum_usd if usd else None,
            )
            for key, each in matrix.entities.items()
        },
        missing=matrix.missing,
        formed=brief.company.incorporates,
        tax=None
        if tax is None
        else Tax(
            **tax.model_dump(include=set(Tax.model_fields) - {"method"}),
            method=tax.method_used,
        ),
        s_election_due=matrix.election_due,
        stock=None
        if stock is None
        else FounderShares(
            founders={
                key: Vesting(name=brief.founders[key].name, **each.model_dump()) for key, each in stock.founders.items()
            },
            **stock.model_dump(include=set(FounderShares.model_fields) - {"founders"}),
        ),
        duties={
            f"d{n}": DutyView(what=each.what, opens=each.opens, due=each.due, source=each.source)
            for n, each in enumerate(listed, 1)
        },
        ip={
            key: IpView(
                label=each.label,
                kind=each.kind,
                made_by=each.made_by,
                assigned=each.assigned,
                paper=PAPERS[each.kind],
                expires=terms[key][1].expires if key in terms else None,
            )
            for key, each in brief.ip.items()
        },
        unassigned=[key for key, each in brief.ip.items() if not each.assigned],
    )
    return output, grounds


def _said(brief: Brief, matrix: EntityMatrix, output: Output) -> list[str]:
    found = ["US federal law and Delaware only; information, not legal advice. Counsel and a tax adviser decide."]
    if brief.company.entity == "other":
        found.append(
            "The form chosen is not a US one: only the list of intangibles applies, and counsel there must advise."
        )
    if output.eligible == "no":
        found.append(
            f"{output.entity_name} is not open to these owners: {'; '.join(output.forms[output.entity].fails)}."
        )
    if not brief.ip:
        found.append(
            "No intangibles are listed, although code, name and designs made before formation belong to their makers."
        )
    return found + [text for text in matrix.warnings if text.startswith("Venture")]
