"""What the mails of the one-way interview say, until a company says it in its own words."""

from django.utils.translation import gettext_lazy as _

from hiring.mail.letters import Letter

ITS_FIELDS = {
    "job": _("The title of the job"),
    "deadline": _("Until when answers can be recorded, in the candidate’s time zone"),
    "sender": _("Who sends it; left out when nobody in particular does"),
    "reader": _("Who reads replies: the sender, or “a person”"),
    "link": _("The candidate’s own link; “[Go on]({link})” on a line alone is a button"),
}
THE_WAY_IN = _("without it nobody can begin.")

INVITATION = Letter(
    kind="invitation",
    title=_("Invitation"),
    occasion=_("When a recruiter invites a candidate to the one-way interview, or sends the invitation again."),
    subject=_("{company} invites you to a one-way interview: {job}"),
    text=_(
        "# Your one-way interview: {job}\n\n"
        "Hello {name},\n\n"
        "thank you for your interest in “{job}” at {company}. The next step is a one-way interview: you record your "
        "answers whenever it suits you, and we watch them.\n\n"
        "{note}\n\n"
        "[See what to expect]({link})\n\n"
        "The link is yours alone, and works on any of your devices until you are done.\n\n"
        "## What to expect\n\n"
        "{what_to_expect}\n\n"
        "You can try the camera and a practice question first. Practice never leaves your device.\n\n"
        "## Why one-way, and what happens after\n\n"
        "{why}\n\n"
        "{sender}\n"
        "{company}"
    ),
    fields={
        **ITS_FIELDS,
        "note": _("A personal word from whoever moved them on; left out when there is none"),
        "minutes": _("About how many minutes it all takes"),
        "what_to_expect": _("The number of questions, their limits, what is needed, who watches: computed, a table"),
        "why": _("Why answers are recorded, and what happens to them"),
    },
    needs={
        "link": THE_WAY_IN,
        "what_to_expect": _("it says how many questions there are, how long they take and what is needed."),
    },
    optional=("sender", "note"),
    blocks=("what_to_expect", "why"),
    preheader=_("About {minutes} minutes, whenever it suits you, until {deadline}."),
    small=_("Questions, or you would rather do this another way? Just answer this mail: {reader} reads it."),
)

REMINDER = Letter(
    kind="reminder",
    title=_("Reminder"),
    occasion=_(
        "When a recruiter reminds a candidate who has not handed in yet, and by itself: two days after an invitation "
        "nobody opened, two days before the end, and a day before it to whoever has begun."
    ),
    subject=_("Still open: your one-way interview for {job} at {company}"),
    text=_(
        "# Your one-way interview is still open\n\n"
        "Hello {name},\n\n"
        "you can record and send your answers for “{job}” at {company} until {deadline}. {progress}\n\n"
        "[Go on]({link})\n\n"
        "{sender}\n"
        "{company}"
    ),
    fields={**ITS_FIELDS, "progress": _("How far the candidate is, in a sentence")},
    needs={"link": THE_WAY_IN, "deadline": _("it is what the reminder is about.")},
    optional=("sender",),
    preheader=_("Open until {deadline}."),
    small=_("Something is in the way, or you need longer? Just answer this mail: {reader} reads it."),
)

EXTENSION = Letter(
    kind="extension",
    title=_("More time"),
    occasion=_("When a recruiter gives a candidate more time for the one-way interview."),
    subject=_("You have more time: {job} at {company}"),
    text=_(
        "# You have more time\n\n"
        "Hello {name},\n\n"
        "you can now record and send your answers for “{job}” at {company} until {deadline}. {progress}\n\n"
        "[Go on]({link})\n\n"
        "{sender}\n"
        "{company}"
    ),
    fields={**ITS_FIELDS, "progress": _("How far the candidate is, in a sentence")},
    needs={"link": THE_WAY_IN, "deadline": _("it is what the message is about.")},
    optional=("sender",),
    preheader=_("Now open until {deadline}."),
    small=_("Questions? Just answer this mail: {reader} reads it."),
)

NEW_LINK = Letter(
    kind="new_link",
    title=_("New link"),
    occasion=_("When a recruiter sends a new link, or a candidate whose link has ended asks for one."),
    subject=_("Your new link: {job} at {company}"),
    text=_(
        "# Your new link\n\n"
        "Hello {name},\n\n"
        "here is your new link for “{job}” at {company}. It opens everything exactly as you left it. Earlier links no "
        "longer work.\n\n"
        "[Go on]({link})\n\n"
        "You can record and send your answers until {deadline}.\n\n"
        "{sender}\n"
        "{company}"
    ),
    fields={**ITS_FIELDS, "deadline": _("Until when answers can be recorded; left out once they cannot")},
    needs={"link": THE_WAY_IN},
    optional=("sender", "deadline"),
    preheader=_("It opens everything exactly as you left it."),
    small=_(
        "You didn’t ask for this? Then nothing is wrong: we only send it to the address you gave us. "
        "Answer this mail if you have a question."
    ),
)

SUBMISSION = Letter(
    kind="submission",
    title=_("Answers received"),
    occasion=_("As soon as a candidate has handed in their answers."),
    subject=_("We have your answers: {job} at {company}"),
    text=_(
        "# Your answers arrived\n\n"
        "Hello {name},\n\n"
        "your answers for “{job}” have arrived safely at {company}. Thank you for the time and thought you "
        "gave them.\n\n"
        "## Your receipt\n\n"
        "{receipt}\n\n"
        "Anybody can check the receipt here; it never shows your name: [{verify_link}]({verify_link})\n\n"
        "## What happens now\n\n"
        "Your answers are watched by: {watchers}\n\n"
        "**You hear from us by {decision_day}, either way.**\n\n"
        "[See how it stands]({link})\n\n"
        "{company}"
    ),
    fields={
        "job": ITS_FIELDS["job"],
        "link": _("The candidate’s own link, now to their status page"),
        "receipt": _("The code and length of what was handed in"),
        "verify_link": _("Where anybody can check the receipt"),
        "watchers": _("Who watches the answers"),
        "decision_day": _("The day by which they hear from you"),
    },
    needs={
        "receipt": _("it proves to the candidate that everything arrived."),
        "decision_day": _("candidates are told when they hear from you."),
        "link": _("it leads to the page that says how things stand."),
    },
    blocks=("receipt",),
    links=("link", "verify_link"),
    preheader=_("They arrived safely. You hear from us by {decision_day}."),
    small=_("Answer this mail if something is on your mind: a person reads it."),
)

NEW_SUBMISSION = Letter(
    kind="new_submission",
    title=_("New answers to watch"),
    occasion=_("To the job’s recruiters, when a candidate has handed in."),
    subject=_("{candidate} sent their answers: {job}"),
    text=_(
        "# New answers to watch\n\n"
        "Hello {name},\n\n"
        "{candidate} has sent the answers of the one-way interview for “{job}”.\n\n"
        "We promised to tell them how it goes on by {decision_day}.\n\n"
        "[Open the application]({link})"
    ),
    fields={
        "job": ITS_FIELDS["job"],
        "candidate": _("The candidate’s name"),
        "decision_day": _("The day by which the candidate hears from you"),
        "link": _("The application’s page"),
    },
    needs={"link": _("it leads to the answers.")},
    preheader=_("We promised to tell them how it goes on by {decision_day}."),
    to_staff=True,
)

REVIEW_WANTED = Letter(
    kind="review_wanted",
    title=_("Asked to score"),
    occasion=_("To whoever is asked to score, once the answers are there."),
    subject=_("Yours to score: {job}"),
    text=_(
        "# Yours to score\n\n"
        "Hello {name},\n\n"
        "there are answers for “{job}” to watch, and your scorecard is wanted.\n\n"
        "You score alone, and without a name: whose they are and what others say appears when your own card is in.\n\n"
        "We promised to tell the candidate how it goes on by {decision_day}.\n\n"
        "[Watch and score]({link})"
    ),
    fields={
        "job": ITS_FIELDS["job"],
        "decision_day": _("The day by which the candidate hears from you, where one is promised"),
        "link": _("The page to watch and score on"),
    },
    needs={"link": _("it leads to the answers.")},
    optional=("decision_day",),
    preheader=_("You score alone, against the rubric."),
    to_staff=True,
)

ALL = (INVITATION, REMINDER, EXTENSION, NEW_LINK, SUBMISSION, NEW_SUBMISSION, REVIEW_WANTED)
