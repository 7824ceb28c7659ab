"""What recruiters type about jobs, the people in them, and candidates."""

import re
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.choices import CallableChoiceIterator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User
from hiring.lib.typed import Words, with_values
from hiring.mail.letters import Letter, Wording
from hiring.pipeline.models import Application, Job, Role
from hiring.portals import letters

MOST_LINES = 500
LONGEST_LIST = 60_000
NAME_LENGTH = 120
MOST_READERS = 30


class MemberForm(forms.Form):
    user = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none(), empty_label=_("Choose a colleague"))
    role = forms.ChoiceField(label=_("Works on this job as"), choices=Role.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["user"]
        if isinstance(who, forms.ModelChoiceField):
            who.queryset = User.objects.filter(is_active=True)


class CandidateForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    email = forms.EmailField(label=_("E-mail"), max_length=254, help_text=_("The invitation goes there."))
    invite = forms.BooleanField(label=_("Invite to the one-way interview right away"), required=False, initial=True)

    def __init__(self, *args: Any, is_heard: bool, **kwargs: Any) -> None:
        """``is_heard``: whether candidates hear of the first stage when it begins, so that one may choose when."""
        super().__init__(*args, **kwargs)
        if not is_heard:
            del self.fields["invite"]


_said_twice = _("Line %(number)s: %(email)s stands in the list already, with another name. The first was taken.")


class CandidateListForm(forms.Form):
    """Many at once: a line each, as spreadsheets and mail programs paste them."""

    people = forms.CharField(
        label=_("One person a line: name, e-mail"),
        max_length=LONGEST_LIST,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        help_text=_("Also “Name &lt;e-mail&gt;”, or two columns pasted from a spreadsheet. Up to 500 lines."),
    )
    invite_all = forms.BooleanField(label=_("Invite them all right away"), required=False, initial=True)

    def __init__(self, *args: Any, is_heard: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_heard:
            del self.fields["invite_all"]

    def clean_people(self) -> list[tuple[str, str]]:
        lines = [line for line in self.cleaned_data["people"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(
                _("That is %(count)s lines; please paste at most %(most)s at a time."),
                params={"count": len(lines), "most": MOST_LINES},
            )
        people: dict[str, tuple[str, str]] = {}
        self.doubles: list[str] = []
        errors = []
        for number, line in enumerate(lines, start=1):
            try:
                name, email = _person(line)
                if people.setdefault(email.lower(), (name, email)) != (name, email):
                    self.doubles.append(_said_twice % {"number": number, "email": email})
            except ValidationError:
                shown = line.strip()[:60]
                errors.append(
                    ValidationError(
                        _("Line %(number)s, “%(line)s”, is not a name and an e-mail address."),
                        params={"number": number, "line": shown},
                    )
                )
        if errors:
            raise ValidationError(errors[:10])
        return list(people.values())


def _person(line: str) -> tuple[str, str]:
    """The name and e-mail of ``line``. Raises ``ValidationError`` when there is no valid address or no name."""
    name, email = parseaddr(line) if "<" in line else _columns(line)
    EmailValidator()(email)
    name = " ".join(name.strip(" \t\"'").split())
    if not name or len(name) > NAME_LENGTH:
        raise ValidationError(_("A name is needed."))
    return name, email


def _columns(line: str) -> tuple[str, str]:
    parts = [part.strip(" \"'") for part in re.split(r"[,;\t]", line)]
    email = next((part for part in parts if "@" in part), "")
    return " ".join(part for part in parts if part and part != email), email


class SelectionForm(forms.Form):
    """Which rows are ticked, among those the sender may act on."""

    application = forms.ModelMultipleChoiceField(
        queryset=Application.objects.none(),
        error_messages={"required": _("Tick at least one candidate first.")},
    )

    def __init__(self, *args: Any, job: Job, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.fields["application"]
        if isinstance(rows, forms.ModelMultipleChoiceField):
            rows.queryset = (
                Application.objects.managed_by(user).filter(job=job).select_related("candidate", "stage", "job")
            )


class WithdrawalForm(forms.Form):
    reason = Words(
        label=_("Would you tell us why?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Only if you like. It helps us do better, and changes nothing for you."),
    )


class ReviewerForm(forms.Form):
    reviewer = forms.ModelChoiceField(label=_("Ask to score"), queryset=User.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args: Any, possible: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["reviewer"]
        if isinstance(who, forms.ModelChoiceField):
            who.queryset = User.objects.filter(pk__in=[user.pk for user in possible])
            who.choices = [("", _("Choose")), *((user.pk, str(user)) for user in possible)]  # they are known already


class ExtensionForm(forms.Form):
    until = forms.DateField(
        label=_("Last day"),
        help_text=_("Until the end of that day, where the candidate is. A mail tells them."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )


class LetterForm(forms.Form):
    """The words of one kind of message, and the interview to read it with."""

    subject = Words(label=_("Subject"), max_length=200)
    text = Words(
        label=_("Message"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 18}),
        help_text=_(
            "An empty line starts a paragraph, “## ” a heading; **two stars** make bold. “[Words]({link})” on a line "
            "alone is a button, and a line with a field that has nothing to say is left out."
        ),
    )
    reader = forms.UUIDField(label=_("Read it as"), required=False)
    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter = letter
        self.fields["reader"].widget = forms.Select(choices=CallableChoiceIterator(lambda: self.readers))

    @cached_property
    def readers(self) -> list[tuple[str, str]]:
        return [(str(found.pk), str(found)) for found in letters.readers(self.letter)[:MOST_READERS]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "subject" in data and "text" in data:
            for where, sentence in self.letter.problems(self.wording):
                self.add_error(where, sentence)
        return data

    @property
    def application(self) -> Application | None:
        """Whom to read it as: the one chosen, or the first there is."""
        readers = letters.readers(self.letter)
        chosen: UUID | None = self.cleaned_data.get("reader") if self.is_bound else None
        return (readers.filter(pk=chosen).first() if chosen else None) or readers.first()

    @property
    def wording(self) -> Wording:
        """What was typed. Only once both are there."""
        return Wording(self.cleaned_data["subject"], self.cleaned_data["text"])

    def save_over(self, seen: str) -> None:
        """Keep what was typed; saving again replaces the words stamped ``seen``."""
        self.data = with_values(self.data, seen=seen)
