"""Why a file cannot be taken, as a word the caller has a sentence for."""


class Flawed(Exception):
    """``flaw`` is a key of `screening.refusals.SENTENCES`; ``facts`` are the numbers and words that sentence needs."""

    def __init__(self, flaw: str, **facts: object) -> None:
        super().__init__(flaw)
        self.flaw = flaw
        self.facts = facts
