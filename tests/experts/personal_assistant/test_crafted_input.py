"""Mails, contacts, events and labels made to mislead or to break a file."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
import vobject

from experts.core.discovery import Expert, load_view
from experts.core.errors import InvalidInput
from experts.personal_assistant.views import _draw, _svg

Call = Callable[..., Any]
DATED = "\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n\n"


def test_a_subject_that_hides_line_breaks_adds_no_header_to_the_reply(call: Call) -> None:
    # RFC 2047 encoded word: "Hi", CR, LF, "Bcc: evil@example.net".
    mail = f"From: a@example.org\nSubject: =?utf-8?q?Hi=0D=0ABcc:_evil@example.net?={DATED}Please send it by Friday.\n"
    found = call("triage_email", message=mail, kind="reply")
    assert found.subject == "Hi Bcc: evil@example.net"
    assert found.reply.splitlines()[:2] == ["Subject: Re: Hi Bcc: evil@example.net", ""]
    assert "hides line breaks" in found.warnings[0]


@pytest.mark.parametrize(
    ("head", "warned"),
    [
        ("From: a@example.org\nFrom: b@example.net", "more than one From header"),
        ('From: "chief@corp.example" <evil@example.net>', "reads as the address chief@corp.example"),
        ("From: a@example.org\nDate: Sun, 1 Mar 2026 10:00:00 +0000", "more than one Date header"),
    ],
)
def test_headers_that_mislead_are_named(call: Call, head: str, warned: str) -> None:
    found = call("triage_email", message=f"{head}\nSubject: x{DATED}Hello.\n")
    assert any(warned in text for text in found.warnings)


def test_a_plain_sender_is_not_warned_of(call: Call) -> None:
    mail = f'From: "Ana Ruiz" <ana@example.org>\nSubject: =?utf-8?b?UHLDvGZ1bmc=?={DATED}Hello.\n'
    found = call("triage_email", message=mail)
    assert (found.subject, found.sender_name, found.warnings) == ("Prüfung", "Ana Ruiz", [])


@pytest.mark.parametrize(
    "quoted",
    [
        "On Tue, 24 Feb 2026 at 10:00, Raj Mehta of the Pune office\n<raj@example.org> wrote:\nAnswer by 27 February?",
        "From: Bob <b@example.org>\nSent: Tuesday, 24 February 2026 10:00\nTo: a@example.org\n\nAnswer by 27 February?",
        "-----Original Message-----\nAnswer by 27 February?",
        "-- \nAsk me by 27 February?",
    ],
    ids=["wrapped attribution", "copied headers", "original message", "signature"],
)
def test_what_is_quoted_or_signed_sets_no_deadline(call: Call, quoted: str) -> None:
    found = call("triage_email", message=f"From: a@example.org\nSubject: x{DATED}Thank you.\n\n{quoted}\n")
    assert (found.asks, found.dates, found.deadline, found.category) == ([], [], None, "information")


def test_a_family_name_before_a_comma_is_the_family_name_of_the_card(call: Call) -> None:
    """RFC 6350 6.2.2: N is family name, given name."""
    found = call("normalize_contacts", contacts=[{"name": "Vogt, Lena"}, {"name": "Raj Mehta"}], default_region="DE")
    names = [card.n.value for card in vobject.readComponents(found.vcf)]
    assert [(one.family, one.given) for one in names] == [("Vogt", "Lena"), ("Mehta", "Raj")]


def test_an_extension_is_not_lost_in_silence(call: Call) -> None:
    raw = {"name": "Ana", "phone": "(212) 555-0123 ext. 4"}
    found = call("normalize_contacts", contacts=[raw], default_region="US")
    assert found.contacts[0].phones == ["+12125550123"]
    assert "extension 4 is left out" in found.issues[0].problem and found.warnings


@pytest.mark.parametrize("field", ["summary", "location", "description"])
def test_an_event_holds_no_control_characters(call: Call, arguments: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput, match="control character '\\\\x07'"):
        call("create_calendar_event", **{**arguments["create_calendar_event"], field: "a\x07b"})


def test_text_that_looks_like_a_property_stays_text(call: Call, arguments: dict[str, Any]) -> None:
    given = {**arguments["create_calendar_event"], "summary": 'A; B, C\\D "q"\nX-EVIL:1'}
    event = vobject.readOne(call("create_calendar_event", **given).ics).vevent
    assert event.summary.value == 'A; B, C\\D "q"\nX-EVIL:1' and "x-evil" not in event.contents


def test_a_picture_with_control_characters_is_well_formed(expert: Expert) -> None:
    for made in (_svg.Canvas(300, "a\x00<b"), _draw.Drawing(300, "a\x00<b")):
        made.text(0, 0, "\x07</svg>")
        ElementTree.fromstring(made.svg(50))


def test_scores_that_differ_beyond_the_digits_shown_keep_their_order(call: Call) -> None:
    """100 / 3 = 33.33333… is less than 33.33334, although both show as 33.3333."""
    one = {"impact": "1", "confidence": "1"}
    tasks = {
        "third": {"name": "third", **one, "reach": "100", "effort": "3", "due": "2026-01-01"},
        "more": {"name": "more", **one, "reach": "33.33334", "effort": "1"},
        "same": {"name": "same", **one, "reach": "200", "effort": "6"},
    }
    found = call("prioritize_tasks", method="rice", tasks=tasks)
    assert [row.task for row in found.order] == ["more", "third", "same"]
    assert {row.score for row in found.order} == {Decimal("33.3333")}


def test_a_whole_day_that_was_skipped_is_named_with_its_neighbours(call: Call) -> None:
    """Samoa went from 29 to 31 December 2011 (IANA, Pacific/Apia)."""
    with pytest.raises(InvalidInput, match="2011-12-29T12:00 -10 or 2011-12-31T12:00"):
        call("convert_timezones", local="2011-12-30T12:00", zone="Pacific/Apia", targets=["UTC"])


@pytest.mark.parametrize(
    ("rule", "start", "days"),
    [
        # RFC 5545 3.8.5.3, as printed.
        ("FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", "1997-01-01",
         ["97-01-01", "97-04-10", "97-07-19", "00-01-01", "00-04-09", "00-07-18", "03-01-01", "03-04-10", "03-07-19", "06-01-01"]),
        ("FREQ=YEARLY;BYDAY=20MO;COUNT=3", "1997-05-19", ["97-05-19", "98-05-18", "99-05-17"]),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "1997-05-12", ["97-05-12", "98-05-11", "99-05-17"]),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3", "1996-11-05",
         ["96-11-05", "00-11-07", "04-11-02"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=7", "1997-09-29",
         ["97-09-29", "97-10-30", "97-11-27", "97-12-30", "98-01-29", "98-02-26", "98-03-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15", ["07-01-15", "07-01-30", "07-02-15", "07-03-15", "07-03-30"]),
    ],
)  # fmt: skip
def test_more_published_examples_of_rfc_5545(call: Call, rule: str, start: str, days: list[str]) -> None:
    found = call("expand_recurrence", rrule=rule, start=f"{start}T09:00", zone="America/New_York")
    assert [one.local[2:10] for one in found.instances] == days


def test_every_view_bears_a_control_character_in_its_labels(expert: Expert, call: Call) -> None:
    made = load_view(expert, "run_workflow")
    assert made is not None
    steps = {"a": {"name": "x\x00y", "needs": []}}
    from inspect import signature

    from pydantic import create_model

    function = expert.tools["run_workflow"]
    fields: Any = {
        key: (one.annotation, ... if one.default is one.empty else one.default)
        for key, one in signature(function).parameters.items()
    }
    typed = create_model("typed", **fields).model_validate({"steps": steps})
    given = {key: getattr(typed, key) for key in fields}
    for picture in made(function(**given), given).pictures.values():
        ElementTree.fromstring(picture)
