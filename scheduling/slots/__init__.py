"""When can these people meet? Pure: no Django, no database, no clock; the same question has the same answer for ever.

- ``feasible(request, start)`` is the one predicate: listing, holding, confirming, moving and replacing all ask it.
- ``starts(request)`` lists every feasible start of the range; nothing but a quicker way of asking ``feasible`` of each.
- ``assign(request, start)`` says who sits where, ``assignments(request, start)`` every way to do it, the fairest first.
- ``why(request, start)`` says what is in the way of a start; an empty list means nothing is.

The rules and their numbers are told in ``docs/scheduling.md``.
"""

from scheduling.slots.bounds import Cause
from scheduling.slots.hours import at_work
from scheduling.slots.request import REACH, Person, Request, Span, Taken, Window
from scheduling.slots.rules import Reason, assign, assignments, feasible, why
from scheduling.slots.sweep import grid, starts

__all__ = [
    "REACH",
    "Cause",
    "Person",
    "Reason",
    "Request",
    "Span",
    "Taken",
    "Window",
    "assign",
    "assignments",
    "at_work",
    "feasible",
    "grid",
    "starts",
    "why",
]
