"""What the mails about live rounds say to candidates, until a company says it in its own words."""

from django.utils.translation import gettext_lazy as _

from hiring.mail.letters import Letter

ITS_FIELDS = {
    "job": _("The title of the job"),
    "minutes": _("How many minutes it takes"),
    "people": _("Who the candidate meets"),
    "sender": _("Who sends it; left out when nobody in particular does"),
    "reader": _("Who reads replies: the sender, or “a person”"),
    "link": _("The candidate’s own link; “[Choose a time]({link})” on a line alone is a button"),
}
AGREED_FIELDS = {
    **ITS_FIELDS,
    "when": _("Day, time and time zone, by the candidate’s clock"),
    "team_time": _("The same by the team’s clock; left out where that is no other"),
    "meeting_link": _("Where to meet"),
    "team_phone": _("The number to call when the link does not work"),
    "own_phone": _("The candidate’s number, which we call when they do not come through"),
    "code": _("What to say on the phone, so that both know who it is"),
}
NEEDS_LINK = _("without it nobody can come back to their booking.")
NEEDS_WHEN = _("it is what the message is about.")
AGREED_NEEDS = {
    "when": NEEDS_WHEN,
    "meeting_link": _("without it nobody can come."),
    "team_phone": _("links fail, and then there is nothing else."),
    "link": NEEDS_LINK,
}
LINKS = ("link", "meeting_link")
REPLIES = _("Something is in the way, or you would rather meet another way? Just answer this mail: {reader} reads it.")

OFFER = Letter(
    kind="booking_offer",
    title=_("Choose a time"),
    occasion=_("When a candidate is promoted to a live round."),
    subject=_("Next step at {company}: choose a time to meet us ({job})"),
    text=_(
        "# Choose a time to meet us\n\n"
        "Hello {name},\n\n"
        "we would like to talk with you about “{job}”.\n\n"
        "{note}\n\n"
        "You meet {people}. It takes {minutes} minutes; part of that is for your questions.\n\n"
        "[Choose a time]({link})\n\n"
        "You can choose until {until}, and move it later if something comes up.\n\n"
        "{sender}\n"
        "{company}"
    ),
    fields={
        **ITS_FIELDS,
        "note": _("The personal note written for this candidate"),
        "until": _("Until when a time can be chosen"),
    },
    needs={"link": _("without it nobody can choose."), "note": _("it is what makes this a personal invitation.")},
    optional=("sender",),
    blocks=("note",),
    preheader=_("{minutes} minutes, at a time that suits you."),
    small=REPLIES,
)

CONFIRMED = Letter(
    kind="booking_confirmed",
    title=_("Booked"),
    occasion=_("When a candidate has chosen a time."),
    subject=_("Booked: we meet on {when}"),
    text=_(
        "# We meet on {when}\n\n"
        "Hello {name},\n\n"
        "thank you for choosing a time to talk about “{job}”. You meet {people}; it takes {minutes} minutes.\n\n"
        "**{when}**\n\n"
        "{team_time}\n\n"
        "## Where\n\n"
        "[{meeting_link}]({meeting_link})\n\n"
        "If the link does not work, call {team_phone} and say {code}. If you do not come through, we call you on "
        "{own_phone}.\n\n"
        "[See, move or cancel it]({link})\n\n"
        "{company}"
    ),
    fields=AGREED_FIELDS,
    needs=AGREED_NEEDS,
    optional=("sender", "team_time"),
    links=LINKS,
    preheader=_("With {people}, {minutes} minutes."),
    small=REPLIES,
)

MOVED = Letter(
    kind="booking_moved",
    title=_("Moved"),
    occasion=_("When a booking was moved, by the candidate or by the team."),
    subject=_("New time: we meet on {when}"),
    text=_(
        "# New time: {when}\n\n"
        "Hello {name},\n\n"
        "the conversation about “{job}” has a new time. It was {before}; the rest stays as it was. You meet "
        "{people}.\n\n"
        "**{when}**\n\n"
        "{team_time}\n\n"
        "## Where\n\n"
        "[{meeting_link}]({meeting_link})\n\n"
        "If the link does not work, call {team_phone} and say {code}. If you do not come through, we call you on "
        "{own_phone}.\n\n"
        "[See, move or cancel it]({link})\n\n"
        "{company}"
    ),
    fields={**AGREED_FIELDS, "before": _("The time it had before")},
    needs=AGREED_NEEDS,
    optional=("sender", "team_time"),
    links=LINKS,
    preheader=_("It was {before}."),
    small=REPLIES,
)

CANCELLED = Letter(
    kind="booking_cancelled",
    title=_("Called off"),
    occasion=_("When a booking is called off, whoever does it."),
    subject=_("Called off: {when}"),
    text=_(
        "# Called off\n\n"
        "Hello {name},\n\n"
        "the conversation about “{job}” on {when} does not take place. It is out of our calendar, and out of yours if "
        "you had it there.\n\n"
        "[Choose another time]({again_link})\n\n"
        "{company}"
    ),
    fields={**AGREED_FIELDS, "again_link": _("The way to another time; left out when there is none")},
    needs={"when": NEEDS_WHEN},
    optional=("sender", "team_time", "again_link"),
    links=(*LINKS, "again_link"),
    preheader=_("{when} does not take place."),
    small=REPLIES,
)

REMINDER = Letter(
    kind="booking_reminder",
    title=_("We meet soon"),
    occasion=_("A day and an hour before a booking."),
    subject=_("Soon: we meet on {when}"),
    text=_(
        "# We meet {soon}\n\n"
        "Hello {name},\n\n"
        "{when}: you meet {people} to talk about “{job}”.\n\n"
        "{team_time}\n\n"
        "## Where\n\n"
        "[{meeting_link}]({meeting_link})\n\n"
        "If the link does not work, call {team_phone} and say {code}. If you do not come through, we call you on "
        "{own_phone}.\n\n"
        "[See, move or cancel it]({link})\n\n"
        "{company}"
    ),
    fields={**AGREED_FIELDS, "soon": _("“in a day” or “in an hour”")},
    needs=AGREED_NEEDS,
    optional=("sender", "team_time"),
    links=LINKS,
    preheader=_("With {people}."),
    small=REPLIES,
)

MISSED = Letter(
    kind="booking_missed",
    title=_("We did not come"),
    occasion=_("When the team did not come to a booking."),
    subject=_("We are sorry we did not come: choose another time"),
    text=_(
        "# We are sorry\n\n"
        "Hello {name},\n\n"
        "you were there on {when}, and we were not. That is our fault alone, and it does not count against you.\n\n"
        "[Choose another time]({link})\n\n"
        "{company}"
    ),
    fields=AGREED_FIELDS,
    needs={"link": _("without it nobody can choose.")},
    optional=("sender", "team_time"),
    links=LINKS,
    preheader=_("Please choose another time."),
    small=REPLIES,
)

STILL_TO_CHOOSE = Letter(
    kind="booking_offer_reminder",
    title=_("Still to choose a time"),
    occasion=_("When a recruiter reminds a candidate who may choose a time and has not."),
    subject=_("Still open: choose a time to meet us at {company} ({job})"),
    text=_(
        "# You can still choose a time\n\n"
        "Hello {name},\n\n"
        "we would still like to talk with you about “{job}”. It takes {minutes} minutes, at a time that suits you; you "
        "can choose until {until}, and move it later if something comes up.\n\n"
        "[Choose a time]({link})\n\n"
        "{sender}\n"
        "{company}"
    ),
    fields={**ITS_FIELDS, "until": OFFER.fields["until"]},
    needs={"link": _("without it nobody can choose.")},
    optional=("sender",),
    preheader=_("Open until {until}."),
    small=REPLIES,
)

TO_CANDIDATES = (OFFER, STILL_TO_CHOOSE, CONFIRMED, MOVED, CANCELLED, REMINDER, MISSED)
