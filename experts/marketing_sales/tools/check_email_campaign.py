"""What a campaign e-mail must carry by US law, as far as its text shows it, and what it should bring.

CAN-SPAM Act, 15 U.S.C. 7704, and the rule 16 CFR part 316; FTC, "CAN-SPAM Act: A Compliance Guide for Business". For
commercial messages: no deceptive subject, 7704(a)(2); a way to opt out, (a)(3)(A), and a notice of it, (a)(5)(A)(ii);
identification as advertising unless the recipient consented, (a)(5)(A)(i); a valid physical postal address,
(a)(5)(A)(iii); a post office box counts, 16 CFR 316.2(p). Transactional messages must not have misleading headers,
(a)(1). Law as known in 2025; information, not legal advice. EU and UK: prior consent for electronic mail with a
narrow exception for existing customers (Directive 2002/58/EC art. 13; UK PECR reg. 22). Canada: consent (CASL, S.C.
2010, c. 23, s. 6). These are raised as questions, not decided.

The advertising check is for recipients in the US. Checks are by words and patterns of English text and of US
addresses: passing is no clearance, and an address or notice in a picture is not seen. Subject
length is practice, not law. Expected figures are list size times your rates. With `send_at` and `zones`, the local hour is
turned into UTC by the IANA time zone data: an hour that the change to summer time skips is refused, and of an hour that
comes twice the first is taken.
"""

import re
from datetime import UTC, datetime
from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Share, Volume, round_to
from experts.marketing_sales.tools._curves import EXACT

Region = Literal["US", "EU", "UK", "CA"]
LONG_SUBJECT = 60

_OPT_OUT = re.compile(r"unsubscrib|opt[- ]?out|stop receiving|manage (your )?(e-?mail )?preferences", re.IGNORECASE)
_BOX = re.compile(r"\bP\.?\s?O\.?\s?Box\s+\d+", re.IGNORECASE)
_STREET = re.compile(
    r"\b\d{1,6}[A-Za-z]?\s+(?:[A-Za-z.'-]+\s+){1,5}?"
    r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Ln|Lane|Dr|Drive|Way|Ct|Court|Pl|Place|Sq|Square|Hwy"
    r"|Pkwy|Parkway)\b",
    re.IGNORECASE,
)
_ZIP = re.compile(r"\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b")
_AD = re.compile(r"\badvertis|\bpromotion|\bsponsored|\bmarketing (message|e-?mail)", re.IGNORECASE)
_REPLY = re.compile(r"^\s*(re|fwd?)\s*:", re.IGNORECASE)
_CONSENT: dict[Region, str] = {
    "EU": "Directive 2002/58/EC art. 13 (national law varies)",
    "UK": "PECR 2003 reg. 22",
    "CA": "CASL, S.C. 2010, c. 23, s. 6",
}


class Finding(Model):
    check: str
    status: Literal["found", "missing", "look", "ask"]
    detail: str
    source: str


class SendTime(Model):
    """When to send for a zone: its local time and the same moment in UTC, ISO 8601."""

    zone: str
    local: str
    utc: str


class EmailCheck(Model):
    """`missing` stops the sending (`blocked`), `look` and `ask` are for a person to settle."""

    findings: list[Finding]
    blocked: bool
    ask_a_lawyer: bool
    subject_length: Count
    expected_opens: Volume | None = None
    expected_clicks: Volume | None = None
    expected_unsubscribes: Volume | None = None
    send_times: list[SendTime] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def check_email_campaign(
    subject: Annotated[str, Field(min_length=1, max_length=300)],
    body: Annotated[str, Field(description="the text as sent", min_length=1, max_length=50_000)],
    regions: Annotated[list[Region], Field(description="where recipients live", min_length=1, max_length=4)],
    list_size: Count,
    purpose: Literal["commercial", "transactional"] = "commercial",
    consent: Annotated[bool, Field(description="all recipients agreed, provably")] = False,
    open_rate: Share | None = None,
    click_rate: Annotated[Share | None, Field(description="clicks per e-mail delivered")] = None,
    unsubscribe_rate: Share | None = None,
    send_at: Annotated[str, Field(description="local, 2026-12-01T09:00", max_length=30)] = "",
    zones: Annotated[list[str] | None, Field(description="IANA", max_length=40)] = None,
) -> EmailCheck:
    """Check a campaign e-mail for opt-out, postal address, subject and consent; expected opens, clicks; send times by zone.

    Use when an English e-mail is about to be sent. Checks words only; it does not clear
    the message legally (CAN-SPAM; EU, UK, CA as questions).
    """
    findings = []
    if _REPLY.search(subject):
        findings.append(
            _finding("subject", "look", "It begins like a reply or forward; if it is none, it deceives.", "7704(a)(2)")
        )
    if len(subject) > LONG_SUBJECT:
        findings.append(
            Finding(
                check="subject length",
                status="look",
                detail=f"{len(subject)} characters; mail programs may cut it. Put what matters first.",
                source="practice, not law",
            )
        )
    if purpose == "commercial":
        findings += _commercial(body, consent, "US" in regions)
        for region in sorted(set(regions) - {"US"}):
            if not consent:
                findings.append(
                    Finding(
                        check=f"consent {region}",
                        status="ask",
                        detail="Recipients there must as a rule have agreed beforehand; show consent or the exception.",
                        source=_CONSENT[region],
                    )
                )
    else:
        findings.append(
            _finding("purpose", "look", "Promotion in it can make a transactional message commercial.", "16 CFR 316.3")
        )
    with localcontext(EXACT):
        opens, clicks, leaving = (
            None if rate is None else round_to(Decimal(list_size) * rate, 2)
            for rate in (open_rate, click_rate, unsubscribe_rate)
        )
    warnings = ["Information, not legal advice; a pattern that is found is not clearance. Law as known in 2025."]
    if opens is not None:
        warnings.append("Opens are overstated where mail programs load pictures by themselves; judge by clicks.")
    return EmailCheck(
        findings=findings,
        blocked=any(finding.status == "missing" for finding in findings),
        ask_a_lawyer=any(finding.status == "ask" for finding in findings),
        subject_length=len(subject),
        expected_opens=opens,
        expected_clicks=clicks,
        expected_unsubscribes=leaving,
        send_times=_send_times(send_at, zones or []),
        method="Word and pattern checks for 15 U.S.C. 7704 and 16 CFR 316; expected figures: list size times rate.",
        assumptions=["The rates are the user's, from earlier sendings to a like list."],
        warnings=warnings,
    )


def _commercial(body: str, consent: bool, in_us: bool) -> list[Finding]:
    out = bool(_OPT_OUT.search(body))
    address = bool(_BOX.search(body)) or (bool(_STREET.search(body)) and bool(_ZIP.search(body)))
    maybe = bool(_STREET.search(body)) or bool(_ZIP.search(body))
    found = [
        _finding(
            "opt-out",
            "found" if out else "missing",
            "It names a way to opt out; it must work for 30 days, and opt-outs be honoured within 10 business days."
            if out
            else "No words of an opt-out are found; say clearly how to unsubscribe, with a link or address.",
            "7704(a)(3), (a)(4), (a)(5)(A)(ii)",
        ),
        _finding(
            "postal address",
            "found" if address else "look" if maybe or not in_us else "missing",
            "A US postal address is found."
            if address
            else "Part of an address is found; make sure that it is complete."
            if maybe
            else "No US postal address is found (no others are recognised); add a street address or post office box.",
            "7704(a)(5)(A)(iii)",
        ),
    ]
    if in_us and not consent and not _AD.search(body):
        found.append(
            _finding(
                "advertising",
                "look",
                "Without consent it must be clear that this is an advertisement; the law leaves the words to you.",
                "7704(a)(5)(A)(i)",
            )
        )
    return found


def _finding(check: str, status: Literal["found", "missing", "look", "ask"], detail: str, source: str) -> Finding:
    return Finding(
        check=check, status=status, detail=detail, source=f"15 U.S.C. {source}" if source.startswith("7704") else source
    )


def _send_times(send_at: str, zones: list[str]) -> list[SendTime]:
    from zoneinfo import ZoneInfo

    if bool(send_at) != bool(zones):
        raise InvalidInput("send_at and zones belong together; give both or neither", field="send_at")
    if not send_at:
        return []
    try:
        local = datetime.fromisoformat(send_at)
    except ValueError as error:
        raise InvalidInput(f"send_at {send_at!r} is no time; write 2026-12-01T09:00", field="send_at") from error
    if local.tzinfo is not None or not 1970 <= local.year <= 2100:
        raise InvalidInput(
            f"send_at {send_at!r} must be a local time from 1970 to 2100 without an offset; the zones have it",
            field="send_at",
        )
    made = []
    for zone in dict.fromkeys(zones):
        try:
            there = local.replace(tzinfo=ZoneInfo(zone))
        except (ValueError, OSError, KeyError) as error:  # unknown names raise a KeyError's child
            raise InvalidInput(f"zones {zone[:60]!r} is no IANA zone; write Europe/Paris", field="zones") from error
        utc = there.astimezone(UTC)
        if utc.astimezone(there.tzinfo).replace(tzinfo=None) != local:
            raise InvalidInput(
                f"send_at {send_at!r} does not exist in {zone}: summer time skips it; choose another hour",
                field="send_at",
            )
        made.append((utc, SendTime(zone=zone, local=there.isoformat(), utc=utc.isoformat().replace("+00:00", "Z"))))
    return [row for _, row in sorted(made, key=lambda pair: (pair[0], pair[1].zone))]
