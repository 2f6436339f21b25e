"""What the findings of a review ask the company to do, as lines of one checklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experts.core.drafting import title_of
from experts.legal_consultant.tools.build_compliance_checklist import Duty
from experts.legal_consultant.tools.build_processing_register import ProcessingRegister
from experts.legal_consultant.tools.check_license_compatibility import LicenseCheck
from experts.legal_consultant.tools.check_privacy_law_applicability import Verdict
from experts.legal_consultant.tools.list_ai_act_questions import AiActQuestions
from experts.legal_consultant.tools.run_dpia_screen import DpiaScreen

if TYPE_CHECKING:
    from experts.legal_consultant.actions.regulatory_and_compliance_review import Brief


@dataclass(frozen=True)
class Findings:
    """What the tools found; a part that does not apply is None."""

    laws: Mapping[str, Verdict]
    screen: DpiaScreen | None
    ai: AiActQuestions
    licences: LicenseCheck | None
    register: ProcessingRegister | None


def duties_of(brief: Brief, found: Findings) -> dict[str, Duty]:
    """One line for each thing to do or to find out, by a key that stays the same."""
    who = brief.owners
    return {
        **_owned({**_privacy(found), **_dpia(brief, found), **_register(brief, found)}, who.privacy),
        **_owned(_ai(found), who.ai_act),
        **_owned(_licences(brief, found), who.licences),
        **{
            f"duty-{key}": Duty(
                item=each.label,
                basis=each.basis or "",
                state="done" if each.done else "open",
                before=each.before,
                owner=each.owner or "",
            )
            for key, each in brief.obligations.items()
        },
    }


def _owned(lines: dict[str, Duty], owner: str | None) -> dict[str, Duty]:
    return {key: line.model_copy(update={"owner": owner or ""}) for key, line in lines.items()}


def _privacy(found: Findings) -> dict[str, Duty]:
    """Laws for which facts are missing; one that applies has its duties below."""
    lines = {}
    for key, verdict in found.laws.items():
        if verdict.applies == "needs_facts":
            asked = "; ".join(step.question for step in verdict.steps if step.fact in verdict.missing)
            lines[f"law-{key}"] = Duty(item=f"Find out for {verdict.law}: {asked}", basis=verdict.law, state="question")
    if any(found.laws[key].applies == "yes" for key in ("gdpr", "uk-gdpr")):
        lines["notice"] = Duty(
            item="Tell the people whose data is processed what is done with it, and why it is lawful",
            basis="GDPR Art. 6, 13 and 14",
        )
    return lines


def _dpia(brief: Brief, found: Findings) -> dict[str, Duty]:
    if found.screen is None and any(found.laws[key].applies != "no" for key in ("gdpr", "uk-gdpr")):
        item = "Say which of the nine criteria for a data protection impact assessment are met"
        return {"dpia": Duty(item=item, basis="GDPR Art. 35; WP248 rev.01", state="question")}
    if found.screen is None or found.screen.outcome == "not_indicated":
        return {}
    if found.screen.outcome == "record_why_not":
        item = "Record why no data protection impact assessment is made, or make one"
    else:
        item = "Make a data protection impact assessment and ask the data protection officer"
    return {"dpia": Duty(item=item, basis="GDPR Art. 35; WP248 rev.01", state="done" if brief.dpia.done else "open")}


def _register(brief: Brief, found: Findings) -> dict[str, Duty]:
    if found.register is None:
        if any(found.laws[key].applies == "yes" for key in ("gdpr", "uk-gdpr")):
            return {
                "register": Duty(item="Write the record of processing for this technology", basis="GDPR Art. 30(1)")
            }
        return {}
    lines: dict[str, Duty] = {}
    for key, activity in brief.processing.items():
        gaps = [gap for gap in found.register.gaps if gap.activity == activity.name]
        if gaps:
            missing = ", ".join(gap.missing for gap in gaps)
            rules = ", ".join(dict.fromkeys(gap.rule for gap in gaps))
            lines[f"register-{key}"[:60]] = Duty(
                item=f"Complete the record of processing “{activity.name}”: {missing}", basis=f"GDPR {rules}"
            )
    return lines


def _ai(found: Findings) -> dict[str, Duty]:
    lines: dict[str, Duty] = {}
    for key, each in found.ai.questions.items():
        if each.answer == "no" or (key == "scope" and each.answer == "yes"):
            continue
        asked = each.answer == "open"
        lines[f"ai-{key}"] = Duty(
            item=f"Find out: {each.question}" if asked else each.asks_for,
            basis=f"Regulation (EU) 2024/1689 {each.basis}",
            state="question" if asked else "open",
            before="pilot" if asked or each.in_force else "rollout",
        )
    return lines


def _licences(brief: Brief, found: Findings) -> dict[str, Duty]:
    lines: dict[str, Duty] = {}
    for key, each in (found.licences.components if found.licences else {}).items():
        label = title_of(key, brief.components[key].label)
        if each.fit == "conflict":
            duty = Duty(item=f"Replace {label}, or get another licence: {each.reason}", basis=each.expression)
        elif each.fit == "ask":
            duty = Duty(item=f"Read the licence of {label}: {each.reason}", basis=each.expression, state="question")
        elif each.duties:
            duty = Duty(
                item=f"Meet the duties of {label}: {'; '.join(each.duties)}", basis=each.expression, before="rollout"
            )
        else:
            continue
        lines[f"licence-{key}"[:60]] = duty
    return lines
