"""calendar.ics: the plan's dates as all-day events (RFC 5545)."""

from datetime import UTC, timedelta

from coordinator.exports.deliverable import Deliverable
from coordinator.exports.formatting import date_of, render_prose, value_of
from experts.core.blocks import Event, body_of
from experts.core.errors import ConfigurationError

NAME = "ics"
FILES = ("calendar.ics",)


def render(deliverable: Deliverable) -> dict[str, bytes]:
    """calendar.ics from all event blocks; no file if there is none.

    An event's last day is included, so DTEND, which RFC 5545 excludes, is the day after it.
    The UID comes from session, section and block: importing a later export moves the event
    instead of doubling it. While the plan is a draft, events are tentative and say so.
    """
    events = [
        (section.id, piece.id, body)
        for section in deliverable.sections
        for piece in section.blocks
        if isinstance(body := body_of(piece), Event)
    ]
    if not events:
        return {}
    import icalendar

    moment = deliverable.made_on.astimezone(UTC).replace(microsecond=0)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Pixel Experts//Plan//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    title = " ".join(deliverable.title.split())  # an unknown property's line ends are not escaped
    calendar.add("x-wr-calname", f"Draft: {title}" if deliverable.draft else title)
    for section, block, body in events:
        start = date_of(value_of(body.start, deliverable.values))
        finish = date_of(value_of(body.end, deliverable.values)) if body.end else start
        if finish < start:
            raise ConfigurationError(f"event {block!r} of {section!r} ends on {finish}, before it starts on {start}")
        summary = render_prose(body.summary, deliverable.values, deliverable.currency)
        event = icalendar.Event()
        event.add("uid", f"{block}.{section}.{deliverable.session}@pixel-experts")
        event.add("dtstamp", moment)
        event.add("dtstart", start)
        event.add("dtend", finish + timedelta(days=1))
        event.add("summary", f"Draft: {summary}" if deliverable.draft else summary)
        description = render_prose(body.description, deliverable.values, deliverable.currency)
        if description:
            event.add("description", description)
        event.add("status", "TENTATIVE" if deliverable.draft else "CONFIRMED")
        event.add("transp", "TRANSPARENT")  # a task that lasts days does not make its owner busy
        calendar.add_component(event)
    return {"calendar.ics": calendar.to_ical()}
