"""One candidate in a few words, wherever there are many of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hiring.portals.standings import STANDINGS, Standing

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Flag:
    """Something about a candidate that somebody should notice before anything else."""

    key: str
    words: str | Promise
    tone: str


FLAGS = (
    Flag("is_late", _("answer late"), "bad"),
    Flag("is_cut_off", _("mail did not arrive"), "bad"),
    Flag("is_pending", _("decision not told yet"), "warn"),
    Flag("is_put_aside", _("on hold"), "warn"),
    Flag("is_flagged", _("look at an answer"), "warn"),
)


@dataclass(frozen=True)
class Line:
    """One candidate in a few words, on the board and in lists. ``application`` is one that ``described`` annotated."""

    application: Any
    now: datetime

    @property
    def standing(self) -> Standing:
        return STANDINGS[self.application.standing_key]

    @property
    def days(self) -> int | None:
        """Whole days in their stage; nothing once closed."""
        since = self.application.entered_at
        return None if since is None else max((self.now - since) // A_DAY, 0)

    @property
    def stayed(self) -> str:
        """The same in words; nothing once closed."""
        match self.days:
            case None:
                return ""
            case 0:
                return gettext("today")
            case days:
                return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}

    @property
    def choose(self) -> str:
        """What the tick beside it says."""
        return gettext("Choose %(name)s") % {"name": self.application.candidate.name}

    @property
    def flags(self) -> list[Flag]:
        return [flag for flag in FLAGS if getattr(self.application, flag.key)]

    @property
    def deadline_at(self) -> datetime | None:
        """By when they are to hand in, while they still can."""
        is_open = self.application.standing_key in {"invited", "opened", "started"}
        return self.application.deadline_at if is_open else None
