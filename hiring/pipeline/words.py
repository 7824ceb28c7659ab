"""What the pipeline's own mails say, until a company says it in its own words."""

from django.utils.translation import gettext_lazy as _

from hiring.mail.letters import Letter

ITS_FIELDS = {
    "job": _("The title of the job"),
    "sender": _("Who decided; left out when nobody in particular did"),
    "reader": _("Who reads replies: the sender, or “a person”"),
    "link": _("The candidate’s own link to their page"),
}

REJECTED = Letter(
    kind="decision_rejected",
    title=_("Not moving forward"),
    occasion=_("When the decision not to go on with a candidate is told."),
    subject=_("Your application for {job} at {company}"),
    text=_(
        "# Your application for {job}\n\n"
        "Hello {name},\n\n"
        "thank you for the time and thought you gave us. We have decided not to go on with your application "
        "for “{job}”.\n\n"
        "{why}\n\n"
        "{personal}\n\n"
        "People made this decision, by the same criteria for everybody who applied; no machine scored you.\n\n"
        "[Your application]({link})\n\n"
        "We wish you well.\n\n"
        "{sender}\n"
        "{company}"
    ),
    fields={
        **ITS_FIELDS,
        "why": _("What the reason says to candidates; left out when it says nothing"),
        "personal": _("A personal word; left out when there is none"),
    },
    optional=("sender", "why", "personal"),
    preheader=_("Thank you for the time you gave us."),
    small=_("Questions about it? Just answer this mail: {reader} reads it."),
)

HIRED = Letter(
    kind="decision_hired",
    title=_("An offer"),
    occasion=_("When the decision to hire a candidate is told."),
    subject=_("Good news about {job} at {company}"),
    text=_(
        "# We would like to work with you\n\n"
        "Hello {name},\n\n"
        "good news: we would like you to join {company} for “{job}”.\n\n"
        "{personal}\n\n"
        "We will be in touch about the details within the next days. If you would rather hear from us at another "
        "address, or have questions first, just answer this mail.\n\n"
        "[Your application]({link})\n\n"
        "{sender}\n"
        "{company}"
    ),
    fields={**ITS_FIELDS, "personal": _("A personal word; left out when there is none")},
    optional=("sender", "personal"),
    preheader=_("We would like you to join us."),
    small=_("Just answer this mail: {reader} reads it."),
)

STILL_ON_IT = Letter(
    kind="still_on_it",
    title=_("Still on it"),
    occasion=_("By itself, shortly before a promised answer would be late."),
    subject=_("We need a little longer: {job} at {company}"),
    text=_(
        "# We need a little longer\n\n"
        "Hello {name},\n\n"
        "we promised you an answer about “{job}” by {promised_day}. We are still on it, and will not make that day. "
        "That is on us, not on you.\n\n"
        "You will hear from us by **{new_day}**.\n\n"
        "[See where your application stands]({link})\n\n"
        "{company}"
    ),
    fields={
        **ITS_FIELDS,
        "promised_day": _("The day we had promised"),
        "new_day": _("The day we promise now"),
    },
    needs={"new_day": _("it is the new promise.")},
    optional=("sender",),
    preheader=_("You will hear from us by {new_day}."),
    small=_("Questions? Just answer this mail: {reader} reads it."),
)

PROMISE_DUE = Letter(
    kind="promise_due",
    title=_("A promised answer is due"),
    occasion=_("By itself, to a job’s recruiters, a working day before a candidate was promised an answer."),
    subject=_("{candidate} was promised an answer by {promised_day}"),
    text=_(
        "# An answer is due\n\n"
        "Hello {name},\n\n"
        "{candidate} was promised an answer about “{job}” by {promised_day}. If nothing happens until then, we tell "
        "them that we need longer.\n\n"
        "[Open the application]({link})"
    ),
    fields={
        "candidate": _("The candidate’s name"),
        "job": _("The title of the job"),
        "promised_day": _("The day we had promised"),
        "link": _("The application"),
    },
    preheader=_("If nothing happens, we tell them that we need longer."),
    to_staff=True,
)

CANDIDATE_WITHDREW = Letter(
    kind="candidate_withdrew",
    title=_("Somebody withdrew"),
    occasion=_("To a job’s recruiters, when a candidate takes their application back."),
    subject=_("{candidate} withdrew from {job}"),
    text=_(
        "# {candidate} withdrew\n\n"
        "Hello {name},\n\n"
        "{candidate} has taken back their application for “{job}”. What was booked or still open for them is called "
        "off; they need no answer.\n\n"
        "Their words: {reason}\n\n"
        "[Open the application]({link})"
    ),
    fields={
        "candidate": _("The candidate’s name"),
        "job": _("The title of the job"),
        "reason": _("Why, in their own words; left out when they gave no reason"),
        "link": _("The application"),
    },
    optional=("reason",),
    preheader=_("They need no answer."),
    to_staff=True,
)

MOVED_ON = Letter(
    kind="moved_on",
    title=_("Somebody moved on"),
    occasion=_("To a job’s recruiters, when somebody else moves candidates on from an interview or a conversation."),
    subject=_("{by} moved {people} on: {job}"),
    text=_(
        "# {by} moved {people} on\n\n"
        "Hello {name},\n\n"
        "{by} moved {people} on in “{job}”.\n\n"
        "[See where they are]({link})"
    ),
    fields={
        "people": _("The candidate’s name, or “candidates” where several are moved at once"),
        "by": _("Who moved them on"),
        "job": _("The title of the job"),
        "link": _("The application, or the job where they are several"),
    },
    preheader=_("Nothing is asked of you."),
    to_staff=True,
)

ALL = (REJECTED, HIRED, STILL_ON_IT, PROMISE_DUE, CANDIDATE_WITHDREW, MOVED_ON)
