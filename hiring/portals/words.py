"""What the mails about applying say, until a company says it in its own words."""

from django.utils.translation import gettext_lazy as _

from hiring.mail.letters import Letter

ITS_FIELDS = {
    "job": _("The title of the job"),
    "sender": _("The job’s recruiter; left out when there is none"),
    "reader": _("Who reads replies: the recruiter, or “a person”"),
    "link": _("The candidate’s own link to their page"),
}

APPLICATION_RECEIVED = Letter(
    kind="application_received",
    title=_("We have your application"),
    occasion=_("By itself, right after somebody applied."),
    subject=_("We have your application: {job} at {company}"),
    text=_(
        "# We have your application\n\n"
        "Hello {name},\n\n"
        "thank you for applying for “{job}” at {company}. Everything you sent has arrived.\n\n"
        "You hear how it goes on by **{decision_day}**. Until then there is nothing you need to do.\n\n"
        "## What happens now\n\n"
        "{process}\n\n"
        "[Your application]({link})\n\n"
        "The link is yours alone. It always shows where you are, and works without a password.\n\n"
        "{sender}\n"
        "{company}"
    ),
    fields={
        **ITS_FIELDS,
        "decision_day": _("By when they hear from us; left out where the first step is theirs and comes right away"),
        "process": _("Every step that follows, how long each takes, and by when we answer"),
    },
    needs={"process": _("it is what we promise them."), "link": _("without it they cannot see where they are.")},
    optional=("sender", "decision_day"),
    blocks=("process",),
    preheader=_("Everything arrived. Here is what happens now."),
    small=_("Questions? Just answer this mail: {reader} reads it."),
)

APPLICATION_REPEATED = Letter(
    kind="application_repeated",
    title=_("You have applied already"),
    occasion=_(
        "By itself, when somebody applies again for a job in which their application is open; once a day at most."
    ),
    subject=_("You have applied already: {job} at {company}"),
    text=_(
        "# Your application is with us\n\n"
        "Hello {name},\n\n"
        "somebody, most likely you, just applied for “{job}” with this address. You applied already on {applied_day}, "
        "and that application counts: nothing about it has changed, and there is nothing you need to do.\n\n"
        "[Your application]({link})\n\n"
        "Is there something you would like to add, or was it not you? Just answer this mail.\n\n"
        "{sender}\n"
        "{company}"
    ),
    fields={**ITS_FIELDS, "applied_day": _("When they applied")},
    needs={"link": _("without it they cannot see where they are.")},
    optional=("sender",),
    preheader=_("Your application counts, and nothing about it has changed."),
    small=_("Just answer this mail: {reader} reads it."),
)

NEW_APPLICATION = Letter(
    kind="new_application",
    title=_("Somebody applied"),
    occasion=_("By itself, to a job’s recruiters, when an application comes in."),
    subject=_("{candidate} applied: {job}"),
    text=_(
        "# Somebody applied\n\n"
        "Hello {name},\n\n"
        "{candidate} applied for “{job}”.\n\n"
        "They were promised an answer by {decision_day}.\n\n"
        "The first stage could not begin by itself: {trouble}\n\n"
        "[Open the application]({link})"
    ),
    fields={
        "candidate": _("The candidate’s name"),
        "job": _("The title of the job"),
        "decision_day": _("By when they hear from us; left out where the next step is theirs"),
        "trouble": _("Why the first stage could not begin; left out when it did"),
        "link": _("The application"),
    },
    optional=("decision_day", "trouble"),
    preheader=_("Their application is ready to read."),
    to_staff=True,
)

ALL = (APPLICATION_RECEIVED, APPLICATION_REPEATED, NEW_APPLICATION)
