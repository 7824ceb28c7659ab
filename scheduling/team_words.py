"""What the mails about live rounds say to the team, until a company says it in its own words."""

from django.utils.translation import gettext_lazy as _

from hiring.mail.letters import Letter

ITS_FIELDS = {
    "candidate": _("The candidate’s name"),
    "job": _("The title of the job"),
    "when": _("Day, time and time zone, by their own clock"),
    "people": _("Who else sits in it"),
    "meeting_link": _("Where to meet"),
    "own_phone": _("The candidate’s number, to call when the link does not work"),
    "link": _("The booking’s page"),
}
NEEDS = {"when": _("it is what the message is about."), "meeting_link": _("without it nobody can come.")}
LINKS = ("link", "meeting_link")

BOOKED = Letter(
    kind="team_booked",
    title=_("A conversation is booked"),
    occasion=_("To each interviewer, when a candidate has chosen a time."),
    subject=_("{candidate}, {job}: {when}"),
    text=_(
        "# {candidate}: {when}\n\n"
        "Hello {name},\n\n"
        "{candidate} has chosen a time for the conversation about “{job}”. You are in it: {people}.\n\n"
        "**{when}**\n\n"
        "[{meeting_link}]({meeting_link})\n\n"
        "If the link does not work, call {own_phone}.\n\n"
        "[Open the booking]({link})"
    ),
    fields=ITS_FIELDS,
    needs=NEEDS,
    links=LINKS,
    preheader=_("With {people}."),
    to_staff=True,
)

MOVED = Letter(
    kind="team_booking_moved",
    title=_("A conversation has moved"),
    occasion=_("To each interviewer who stays in a booking that was moved."),
    subject=_("Moved: {candidate}, {job}, now {when}"),
    text=_(
        "# Moved: {when}\n\n"
        "Hello {name},\n\n"
        "the conversation with {candidate} about “{job}” has a new time. It was {before}. In it: {people}.\n\n"
        "**{when}**\n\n"
        "[{meeting_link}]({meeting_link})\n\n"
        "If the link does not work, call {own_phone}.\n\n"
        "[Open the booking]({link})"
    ),
    fields={**ITS_FIELDS, "before": _("The time it had before")},
    needs=NEEDS,
    links=LINKS,
    preheader=_("It was {before}."),
    to_staff=True,
)

CANCELLED = Letter(
    kind="team_booking_cancelled",
    title=_("A conversation no longer needs them"),
    occasion=_("To each interviewer of a booking that is called off, or that somebody else takes over."),
    subject=_("Off: {candidate}, {job}, {when}"),
    text=_(
        "# Out of your calendar\n\n"
        "Hello {name},\n\n"
        "the conversation with {candidate} about “{job}” on {when} no longer needs you.\n\n"
        "{reason}"
    ),
    fields={**ITS_FIELDS, "reason": _("Why, if somebody said")},
    needs={"when": NEEDS["when"]},
    optional=("reason",),
    links=LINKS,
    preheader=_("{when} is free again."),
    to_staff=True,
)

REMINDER = Letter(
    kind="team_booking_reminder",
    title=_("It begins soon"),
    occasion=_("To each interviewer, a quarter of an hour before a booking."),
    subject=_("In 15 minutes: {candidate}, {job}"),
    text=_(
        "# {candidate}, in 15 minutes\n\n"
        "Hello {name},\n\n"
        "{when}: “{job}”, with {people}.\n\n"
        "[{meeting_link}]({meeting_link})\n\n"
        "If the link does not work, call {own_phone}.\n\n"
        "[Open the booking]({link})"
    ),
    fields=ITS_FIELDS,
    needs=NEEDS,
    links=LINKS,
    preheader=_("{when}"),
    to_staff=True,
)

NO_TIMES = Letter(
    kind="no_times_left",
    title=_("A candidate finds no time"),
    occasion=_("To the job’s recruiters, once, when somebody who may choose a time finds none."),
    subject=_("{candidate} finds no free time: {job}"),
    text=_(
        "# {candidate} finds no free time\n\n"
        "Hello {name},\n\n"
        "{candidate} wanted to choose a time for “{round}” of “{job}”, and nobody is free in the days it looks ahead. "
        "We told them that you know.\n\n"
        "[Add hours, people or days]({link})"
    ),
    fields={
        "candidate": ITS_FIELDS["candidate"],
        "job": ITS_FIELDS["job"],
        "round": _("The name of the live round"),
        "link": _("The page of the live round"),
    },
    needs={"link": _("it is where the way out is.")},
    preheader=_("Nobody is free in the days it looks ahead."),
    to_staff=True,
)

HOURS_WANTED = Letter(
    kind="hours_wanted",
    title=_("Asking for their hours"),
    occasion=_("When a recruiter asks an interviewer who never said when they can be met."),
    subject=_("When can candidates meet you? {job}"),
    text=_(
        "# When can you be met?\n\n"
        "Hello {name},\n\n"
        "you sit in “{round}” of “{job}”. Candidates choose a time by themselves, from your hours, and you have not "
        "said them yet. Until you do, nobody can book you.\n\n"
        "[Say my hours]({link})\n\n"
        "It takes a minute: Monday to Friday, 9 to 17, is one button.\n\n"
        "{sender}"
    ),
    fields={
        "job": ITS_FIELDS["job"],
        "round": _("The name of the live round"),
        "link": _("Their page of hours"),
        "sender": _("Who asks"),
    },
    needs={"link": _("it is where they say their hours.")},
    preheader=_("Until you say your hours, nobody can book you."),
    to_staff=True,
)

TO_STAFF = (BOOKED, MOVED, CANCELLED, REMINDER, NO_TIMES, HOURS_WANTED)
