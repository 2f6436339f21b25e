"""Which rules a technology meets: privacy law, impact assessment, AI Act questions, licences, one checklist."""

from typing import Any, Literal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import title_of
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day
from experts.core.worksheet import Worksheet
from experts.legal_consultant.actions._adoption_duties import Findings, duties_of
from experts.legal_consultant.actions._adoption_review import document_of, narrative_of, pictures_of
from experts.legal_consultant.tools.build_compliance_checklist import build_compliance_checklist
from experts.legal_consultant.tools.build_processing_register import (
    Activity,
    ProcessingRegister,
    build_processing_register,
)
from experts.legal_consultant.tools.check_license_compatibility import LicenseCheck, check_license_compatibility
from experts.legal_consultant.tools.check_privacy_law_applicability import check_privacy_law_applicability
from experts.legal_consultant.tools.list_ai_act_questions import list_ai_act_questions
from experts.legal_consultant.tools.run_dpia_screen import Always, Criterion, DpiaScreen, run_dpia_screen

KIND = "ComplianceAssessment"
VERSION = 1
NEEDS = {"assessment": "TechAssessment"}


class Privacy(Model):
    """Facts on personal data; what is not known is left out and then asked for."""

    personal_data: bool | None = None
    eu_establishment: bool | None = None
    eu_offers: bool | None = None
    eu_monitoring: bool | None = None
    uk_establishment: bool | None = None
    uk_offers: bool | None = None
    uk_monitoring: bool | None = None
    ca_for_profit: bool | None = None


class Dpia(Model):
    """Criteria of WP248 that are met (an empty list: none), cases of GDPR Art. 35(3), whether an assessment is done."""

    criteria: list[Criterion] | None = None
    always: list[Always] = []
    done: bool = Field(False, json_schema_extra={"reason": "no impact assessment was named, so none is taken as done"})


class Ai(Model):
    """Facts that the AI Act asks about; what is not known is left out and then asked for."""

    uses_ai: bool | None = None
    in_union: bool | None = None
    emotions_at_work: bool | None = None
    manages_workers: bool | None = None
    recruits: bool | None = None
    safety_component: bool | None = None
    biometric: bool | None = None
    own_name: bool | None = None
    meets_people: bool | None = None
    general_purpose_model: bool | None = None


class Software(Model):
    """The licence that the product goes out under (SPDX, or "proprietary") and how it is used."""

    outbound: Text = Field(
        "proprietary", json_schema_extra={"reason": "a company that names no licence keeps its work to itself"}
    )
    use: Literal["distributed", "network_service", "internal"] = Field(
        "internal", json_schema_extra={"reason": "nothing says that the software leaves the company"}
    )


class ComponentFacts(Model):
    """One piece of software with its SPDX licence expression."""

    label: Text | None = None
    license: Text


class Controller(Model):
    name: Text
    contact: Text


class Obligation(Model):
    """A duty that the company knows of itself."""

    label: Text
    basis: Text | None = None
    owner: Text | None = None
    before: Literal["pilot", "rollout"] = Field(
        "pilot", json_schema_extra={"reason": "a duty without a stage is met before anything starts"}
    )
    done: bool = Field(False, json_schema_extra={"reason": "a duty is open until somebody says it is met"})


class Owners(Model):
    """Who sees to what the review finds, by field."""

    privacy: Text | None = None
    ai_act: Text | None = None
    licences: Text | None = None


class Brief(Model):
    """What the review is made from."""

    as_of: Day
    privacy: Privacy = Privacy()
    dpia: Dpia
    ai: Ai = Ai()
    software: Software
    components: dict[Key, ComponentFacts] = Field({}, max_length=300)
    controller: Controller | None = None
    processing: dict[Key, Activity] = Field({}, max_length=200)
    obligations: dict[Key, Obligation] = Field({}, max_length=200)
    owners: Owners = Owners()


class AssessmentView(Model):
    candidate_label: str


class Inputs(Model):
    assessment: AssessmentView


class Judgement(Model):
    """Nothing is left open here: what the law asks is not a matter of taste."""


class LawView(Model):
    law: str
    applies: Literal["yes", "no", "needs_facts"]
    reason: str


class AiQuestion(Model):
    question: str
    basis: str
    answer: Literal["yes", "no", "open"]
    asks_for: str
    applies_from: Day
    in_force: bool


class ComponentView(Model):
    label: str
    license: str
    fit: Literal["fits", "fits_with_duties", "conflict", "ask"]
    reason: str
    duties: list[str]


class Item(Model):
    """One line of the checklist; a state of "question" is a fact that somebody has to find out."""

    item: str
    basis: str | None = None
    state: Literal["question", "open", "done"]
    before: Literal["pilot", "rollout"]
    owner: str | None = None


class Output(Model):
    """The review. Information, not legal advice: what is open or escalated is for counsel."""

    candidate_label: str
    notice: str
    laws: dict[Key, LawView]
    dpia_outcome: Literal["required", "carry_out", "record_why_not", "not_indicated", "not_screened"]
    dpia_because: str
    dpia_criteria: Count | None = None
    ai_questions: dict[Key, AiQuestion]
    components: dict[Key, ComponentView]
    checklist: dict[Key, Item]
    open_before_pilot: Count
    open_before_rollout: Count
    done: Count
    escalations: dict[Key, str] = {}
    sources: dict[Key, str] = {}


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Review the rules that a technology meets, and make one checklist by stage.

    GDPR, UK GDPR and CCPA by their scope, the DPIA screen of WP248, the questions of the EU AI Act, the licences
    of components and gaps of the record of processing. Every finding has its source and day; open questions are
    escalated. It is information, not advice. Raises InvalidInput for a licence that is none.
    """
    sheet = Worksheet()
    scope = sheet.run(
        "scope",
        {"as_of": "fact:as_of"},
        check_privacy_law_applicability,
        as_of=brief.as_of,
        **brief.privacy.model_dump(),
    )
    laws = {verdict.law.lower().replace(" ", "-"): verdict for verdict in scope.verdicts}
    gdpr = laws["gdpr"].applies != "no" or laws["uk-gdpr"].applies != "no"
    found = Findings(
        laws=laws,
        screen=_screen(sheet, brief) if gdpr and _screened(brief) else None,
        ai=sheet.run(
            "ai_act", {"as_of": "fact:as_of"}, list_ai_act_questions, as_of=brief.as_of, **brief.ai.model_dump()
        ),
        licences=_licences(sheet, brief),
        register=_register(sheet, brief) if gdpr else None,
    )
    duties = duties_of(brief, found)
    results = [each for each in (scope, found.screen, found.ai, found.licences, found.register) if each is not None]
    sources = list(dict.fromkeys(source for each in results for source in each.sources))
    checklist = sheet.run(
        "checklist",
        {"as_of": "fact:as_of"},
        build_compliance_checklist,
        duties=duties,
        as_of=brief.as_of,
        jurisdiction=", ".join(dict.fromkeys(each.jurisdiction for each in results)),
        sources=sources,
    )
    output = Output(
        candidate_label=inputs.assessment.candidate_label,
        notice=scope.notice,
        laws={key: LawView(law=each.law, applies=each.applies, reason=each.reason) for key, each in laws.items()},
        **_dpia(found.screen, gdpr),
        ai_questions={key: AiQuestion(**dict(each)) for key, each in found.ai.questions.items()},
        components=_components(brief, found.licences),
        checklist={
            key: Item(
                item=duties[key].item,
                basis=duties[key].basis or None,
                state=duties[key].state,
                before=duties[key].before,
                owner=duties[key].owner or None,
            )
            for key in checklist.order
        },
        open_before_pilot=checklist.open_before_pilot,
        open_before_rollout=checklist.open_before_rollout,
        done=checklist.done,
        escalations=_escalations(found, scope.escalation_reason),
        sources={f"source-{at}": source for at, source in enumerate(sources, 1)},
    )
    warnings = [text for each in (*results, checklist) for text in each.warnings]
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds={
            "dpia_criteria": "working:dpia#met",
            "ai_questions.*.applies_from": "working:ai_act#questions.*.applies_from",
            **{name: f"working:checklist#{name}" for name in ("open_before_pilot", "open_before_rollout", "done")},
        },
        narrative=narrative_of(output),
        document=document_of(output),
        pictures=pictures_of(output),
        warnings=list(dict.fromkeys(warnings)),
    )


def _screened(brief: Brief) -> bool:
    """Whether the brief says enough to screen: without a word on the criteria nobody has looked."""
    return brief.dpia.criteria is not None or bool(brief.dpia.always)


def _screen(sheet: Worksheet, brief: Brief) -> DpiaScreen:
    return sheet.run(
        "dpia",
        {"as_of": "fact:as_of"},
        run_dpia_screen,
        criteria=brief.dpia.criteria or [],
        as_of=brief.as_of,
        always=brief.dpia.always,
    )


def _dpia(screen: DpiaScreen | None, gdpr: bool) -> dict[str, Any]:
    if screen is None:
        why = "the brief does not say which criteria are met" if gdpr else "neither GDPR nor UK GDPR applies"
        return {"dpia_outcome": "not_screened", "dpia_because": why}
    return {"dpia_outcome": screen.outcome, "dpia_because": screen.because, "dpia_criteria": screen.met}


def _licences(sheet: Worksheet, brief: Brief) -> LicenseCheck | None:
    if not brief.components:
        return None
    try:
        return sheet.run(
            "licences",
            {"as_of": "fact:as_of"},
            check_license_compatibility,
            components={key: each.license for key, each in brief.components.items()},
            outbound=brief.software.outbound,
            as_of=brief.as_of,
            use=brief.software.use,
        )
    except InvalidInput as error:
        head, _, key = error.field.partition(".")
        error.field = f"components.{key}.license" if head == "components" else f"software.{head}"
        raise


def _register(sheet: Worksheet, brief: Brief) -> ProcessingRegister | None:
    if brief.controller is None or not brief.processing:
        return None
    return sheet.run(
        "register",
        {"as_of": "fact:as_of"},
        build_processing_register,
        controller=brief.controller.name,
        contact=brief.controller.contact,
        activities=brief.processing,
        as_of=brief.as_of,
    )


def _components(brief: Brief, licences: LicenseCheck | None) -> dict[str, ComponentView]:
    if licences is None:
        return {}
    return {
        key: ComponentView(
            label=title_of(key, brief.components[key].label),
            license=each.expression,
            fit=each.fit,
            reason=each.reason,
            duties=each.duties,
        )
        for key, each in licences.components.items()
    }


def _escalations(found: Findings, privacy: str) -> dict[str, str]:
    reasons = {
        "privacy": privacy,
        "dpia": found.screen.escalation_reason if found.screen else "",
        "ai-act": found.ai.escalation_reason,
        "licences": found.licences.escalation_reason if found.licences else "",
        "register": found.register.escalation_reason if found.register else "",
    }
    return {key: reason for key, reason in reasons.items() if reason}
