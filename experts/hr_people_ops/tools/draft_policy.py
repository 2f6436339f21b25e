"""A workplace policy from a template, with its blanks filled and its open points listed.

Templates are in template://; each carries jurisdiction, source, author and review date and is marked draft until a
lawyer of the place has read it. Blanks that are not given stay visible as [to be decided: …].

Limits: United States federal law only; state and local additions are listed as open points, never written in.
"""

import re
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Day
from experts.core.texts import load_text
from experts.hr_people_ops.tools._reference import FOLDER, NOT_ADVICE, us_state

_SLOT = re.compile(r"\{\{([a-z0-9_]+)\}\}")
# Which sizes make federal duties behind the policy apply; the texts hold at any size.
_ASK = {
    "anti_harassment": ["State-prescribed harassment training and notices (California, Illinois, New York and others)"],
    "equal_opportunity": ["Characteristics that state or local law adds to the federal list"],
    "paid_time_off": ["State sick leave accrual and pay-out of accrued vacation at the end of employment"],
    "remote_work": ["Tax registration, expense reimbursement and wage rules of each state staff works from"],
    "corrective_action": ["State limits on discipline for protected leave and for lawful off-duty conduct"],
}


class PolicyDraft(Model):
    """Markdown; always a draft."""

    title: str
    text: str
    blanks_left: list[str]
    open_points: list[str]
    status: Literal["draft"]
    template: str
    jurisdiction: str
    reviewed_on: Day
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def draft_policy(
    policy: Literal["anti_harassment", "equal_opportunity", "paid_time_off", "remote_work", "corrective_action"],
    company: Annotated[str, Field(min_length=1, max_length=120)],
    effective: Day,
    states: Annotated[list[Annotated[str, Field(max_length=6)]], Field(max_length=56)] | None = None,
    values: Annotated[
        dict[Key, Annotated[str, Field(max_length=300)]], Field(max_length=40, description="template blanks")
    ]
    | None = None,
) -> PolicyDraft:
    """Workplace policy from a template; blanks left are listed.

    Use when a policy is written. A draft until counsel reviews it.
    """
    if values is None:
        values = {}
    if states is None:
        states = []
    template = load_text(FOLDER / "templates" / f"{policy}.md")
    known = [name for name in dict.fromkeys(_SLOT.findall(template.body)) if name not in ("company", "effective")]
    for key in values:
        if key not in known:
            raise InvalidInput(
                f"template {policy!r} has no blank {key!r}{did_you_mean(key, known)}", field=f"values.{key}"
            )
    codes = [code for state in states if (code := us_state(state, "states"))]
    given = {"company": company, "effective": effective.isoformat(), **{k: v for k, v in values.items() if v.strip()}}
    left = [name for name in known if name not in given]
    text = _SLOT.sub(lambda slot: given.get(slot[1], f"[to be decided: {slot[1].replace('_', ' ')}]"), template.body)
    where = f" in {', '.join(codes)}" if codes else " of each state with staff"
    return PolicyDraft(
        title=template.head.title,
        text=text,
        blanks_left=left,
        open_points=[f"{point}: check the law{where}." for point in _ASK[policy]],
        status="draft",
        template=f"template://{policy}",
        jurisdiction=template.head.jurisdiction,
        reviewed_on=template.head.reviewed_on,
        method=f"template://{policy}, source: {template.head.source}. {NOT_ADVICE}",
        assumptions=["State and local law is not written in."],
        warnings=["Draft: have counsel review it before it is issued."]
        + ([f"{len(left)} blanks are left to decide."] if left else []),
    )
