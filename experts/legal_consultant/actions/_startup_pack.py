"""The artifact of a company's formation, and what makes each kind of intangible the company's."""

from experts.core.contract import Key, Model
from experts.core.quantities import Count, Day, Days, NonNegativeMoney

PAPERS: dict[str, str] = {
    "software": "Invention assignment agreement (copyright and all rights), signed by everyone who wrote code",
    "content": "Copyright assignment",
    "design": "Assignment of copyright and design rights, with the source files",
    "trademark": "Assignment of the mark with its goodwill; application in the company's name",
    "patent": "Patent assignment, recorded at the patent office",
    "domain": "Transfer of the registration to an account of the company",
    "trade_secret": "Assignment and confidentiality agreement; a list of who has seen it",
}


class FormView(Model):
    """One legal form: whether the owners may use it, and what fails."""

    name: str
    eligible: str
    fails: list[str]
    liability: str
    tax: str
    formalities: str
    delaware_minimum: NonNegativeMoney | None = None


class Tax(Model):
    """Delaware's franchise tax by both methods, and the bill with the report's fee."""

    by_authorized_shares: NonNegativeMoney
    by_assumed_par: NonNegativeMoney | None = None
    tax: NonNegativeMoney
    report_fee: NonNegativeMoney
    total_due: NonNegativeMoney
    due: Day
    method: str


class Vesting(Model):
    name: str
    shares: Count
    at_cliff: Count
    each_month: Count


class FounderShares(Model):
    """The section 83(b) election and vesting."""

    founders: dict[Key, Vesting]
    shares: Count
    election_due: Day
    days_to_elect: Days
    cliff: Day
    vested: Day


class DutyView(Model):
    what: str
    opens: Day | None = None
    due: Day
    source: str


class IpView(Model):
    """One intangible; `expires` where a term can be told, `paper` what makes it the company's."""

    label: str
    kind: str
    made_by: str
    assigned: bool
    paper: str
    expires: Day | None = None


class Output(Model):
    """The formation. `eligible` is yes, no or needs_facts for the form chosen; `unassigned` lists intangibles at risk."""

    entity: str
    entity_name: str
    eligible: str
    forms: dict[Key, FormView]
    missing: list[str]
    formed: Day
    tax: Tax | None = None
    s_election_due: Day | None = None
    stock: FounderShares | None = None
    duties: dict[Key, DutyView] = {}
    ip: dict[Key, IpView] = {}
    unassigned: list[str] = []
