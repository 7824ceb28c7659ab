"""Words with merge fields: what they become, and which cannot be used."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone, translation

from hiring.lib import memo
from hiring.mail import letters
from hiring.mail.letters import Block, Letter, Wording
from hiring.portals.letters import ALL

FACTS = Block("candidate/interviews/why")
LETTER = Letter(
    kind="example",
    title="Example",
    occasion="Never",
    subject="About {job}",
    text="Hello {name},\n\n{facts}\n\n[Begin]({link})\n\n{sender}\n{company}",
    fields={"job": "The job", "facts": "What to know", "sender": "Who sends it", "link": "The link"},
    needs={"link": "nobody could begin.", "facts": "it says what to expect."},
    optional=("sender",),
    blocks=("facts",),
    small="Answer: {sender} reads it.",
)
VALUES: dict[str, letters.Value] = {"name": "Joan", "job": "Lead", "facts": FACTS, "link": "https://x.test/c/1/"}


def filled(text: str, **values: letters.Value) -> letters.Filled:
    return letters.fill(LETTER, Wording("About {job}", text), {**VALUES, **values})


def problems(text: str, subject: str = "About {job}") -> list[tuple[str, str]]:
    return list(LETTER.problems(Wording(subject, text)))


def test_fields_become_their_values_in_both_versions() -> None:
    letter = filled("Hello {name},\n\n{ job } it is.")

    assert letter.subject == "About Lead"
    assert letter.text == "Hello Joan,\n\nLead it is.\n"
    assert letter.body == "<p>Hello Joan,</p>\n<p>Lead it is.</p>"


def test_a_line_with_nothing_to_say_is_left_out() -> None:
    signed = filled("Bye\n\n{sender}\n{name}", sender="Grace")
    unsigned = filled("Bye\n\n{sender}\n{name}", sender="")

    assert signed.text == "Bye\n\nGrace\nJoan\n\nAnswer: Grace reads it.\n"
    assert signed.small == ["Answer: Grace reads it."]
    assert (unsigned.text, unsigned.small) == ("Bye\n\nJoan\n", [])


def test_a_link_alone_is_a_button_and_one_in_a_sentence_is_not() -> None:
    alone, within = filled("[Begin]({link})"), filled("You may [begin]({link}) now: [{link}]({link})")

    assert '<p class="go"><a class="button" href="https://x.test/c/1/"' in alone.body
    assert alone.text == "Begin:\nhttps://x.test/c/1/\n"
    assert 'class="button"' not in within.body
    assert within.text == "You may begin (https://x.test/c/1/) now: https://x.test/c/1/\n"


def test_an_address_alone_can_be_pressed() -> None:
    assert filled("{link}").body == '<p><a href="https://x.test/c/1/">https://x.test/c/1/</a></p>'


def test_spaces_in_a_field_change_nothing() -> None:
    spaced, tight = filled("[Begin]({ link })\n\n{ name }"), filled("[Begin]({link})\n\n{name}")

    assert (spaced.text, spaced.body) == (tight.text, tight.body)


def test_capitals_leave_addresses_alone() -> None:
    assert "SEE (https://x.test/AbC)" in filled("## [See](https://x.test/AbC)").text


@pytest.mark.parametrize("piece", ["{ ", "[", "[{link}", "](", "{name}", "# ", "**", "{" + " " * 59])
def test_a_wall_of_signs_is_told_of_at_once(piece: str) -> None:
    wording = Wording("x", piece * (20_000 // len(piece)))

    assert list(LETTER.problems(wording))
    assert letters.fill(LETTER, wording, VALUES).text


def test_markdown_is_drawn_in_html_and_spoken_in_text() -> None:
    letter = filled("# A title\n\n## What {name} needs\n\n**Time** and a camera")

    assert "<h1>A title</h1>\n<h2>What Joan needs</h2>\n<p><strong>Time</strong> and a camera</p>" in letter.body
    assert letter.text == "WHAT Joan NEEDS\n\nTime and a camera\n"


def test_a_block_is_drawn_whole() -> None:
    letter = filled("{facts}")

    assert letter.body.count("<p>") == 3
    assert "<p><p>" not in letter.body
    assert letter.text.startswith("Everyone who applies is asked the same questions")


@pytest.mark.parametrize(
    "hostile",
    ["<b>Jo</b>", "**Jo**", "[x](https://evil.test)", "# Jo", "{sender}", "{link}", "\ue000Jo", "a_b_c", "![](//e.t)"],
)
def test_a_value_draws_nothing(hostile: str) -> None:
    letter = filled("Hello {name}, welcome", name=hostile, sender="Grace")

    plain = hostile.replace("\ue000", "")
    assert letter.text.startswith(f"Hello {plain}, welcome")
    assert letter.body == f"<p>Hello {plain.replace('<', '&lt;').replace('>', '&gt;')}, welcome</p>"


def test_html_in_the_words_is_cleaned() -> None:
    letter = filled('<script>alert(1)</script><img src="//e.test/p.gif"><p style="x">Hi</p>')

    for trace in ("<script", "<img", "style="):
        assert trace not in letter.body


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{facts}\n\n{link} {nmae}", "There is no field {nmae}. Did you mean {name}?"),
        ("{facts}\n\n{link} {Company name}", "There is no field {Company name}. Did you mean {company}?"),
        ("{facts}\n\n{link} {xyzzy}", "There is no field {xyzzy} in this message."),
        ("{facts}\n\n{link} {{name}}", "A “{” or “}” stands alone. A field looks like {name}."),
        ("{facts}\n\n{link} }", "A “{” or “}” stands alone. A field looks like {name}."),
        ("{facts}", "{link} has to stay: nobody could begin."),
        ("{link}", "{facts} has to stay: it says what to expect."),
        ("Read {facts} first\n\n{link}", "Put {facts} on a line alone, with empty lines around it."),
        ("Before\n{facts}\n\n{link}", "Put {facts} on a line alone, with empty lines around it."),
        ("    Pasted: {facts}\n\n{link}", "Put {facts} on a line alone, with empty lines around it."),
        ("## {facts}\n\n{link}", "Put {facts} on a line alone, with empty lines around it."),
        ("{facts}\n\n# [Begin]({link})", "{link} would not be seen where it stands. Give it a line of its own."),
        ("{facts}\n\nHi <!-- {link} -->", "{link} would not be seen where it stands. Give it a line of its own."),
        ("<!--\n\n{facts}\n\n-->\n\n{link}", "{facts} would not be seen where it stands. Give it a line of its own."),
        (
            "{facts}\n\n{sender} sends [a link]({link})",
            "Put {sender} on another line: where it has nothing to say, its line is left out.",
        ),
        ("{facts}\n\n{link} [me]({name})", "{name} cannot be part of an address."),
        ("{facts}\n\n{link} [me]({ name })", "{name} cannot be part of an address."),
        ("{facts}\n\n{link} [me](<{name}>)", "{name} cannot be part of an address."),
        ('{facts}\n\n{link} <a href="{name}">me</a>', "{name} cannot be part of an address."),
        ("{facts}\n\n{link} [me][1]\n\n[1]: {name}", "{name} cannot be part of an address."),
        ("{facts}\n\n{link} [me](https://x.test/{job})", "{job} cannot be part of an address."),
        ("{facts}\n\n{link} [me](https://evil.test/?u={link})", "{link} cannot be part of an address."),
        ("{facts}\n\n{link} <https://evil.test/{link}>", "{link} cannot be part of an address."),
    ],
)
def test_words_that_cannot_be_used_say_why(text: str, sentence: str) -> None:
    assert problems(text) == [("text", sentence)]


@pytest.mark.parametrize("field", ["link", "facts", "sender"])
def test_a_subject_holds_no_link_no_block_and_nothing_that_may_be_missing(field: str) -> None:
    assert problems("{facts}\n\n{link}", f"See {{{field}}}") == [
        ("subject", f"{{{field}}} cannot stand in the subject.")
    ]


@pytest.mark.parametrize("letter", ALL.values(), ids=list(ALL))
def test_the_words_we_ship_can_be_used(letter: Letter) -> None:
    assert list(letter.problems(letter.wording)) == []
    around = f"{letter.preheader}\n{letter.small}"
    assert {match[1] for match in letters.FIELD.finditer(around)} <= letter.all_fields.keys()


@pytest.mark.parametrize("letter", ALL.values(), ids=list(ALL))
def test_every_field_offered_is_a_word_somebody_can_type(letter: Letter) -> None:
    wording = Wording(str(letter.subject), "\n\n".join(f"{{{name}}}" for name in letter.all_fields))

    assert list(letter.problems(wording)) == []


@dataclass(frozen=True)
class Note:
    """Says what zone and language it was drawn in, and how often."""

    by: str

    def __str__(self) -> str:
        DRAWN.append(self.by)
        return f"{self.by}, {translation.get_language()}, {timezone.get_current_timezone_name()}, drawn {len(DRAWN)}"


DRAWN: list[str] = []


def drawn_for(by: str, **how: Any) -> str:
    return filled("{facts}", facts=Block("emails/note", {"note": Note(by)}, **how)).text.splitlines()[0]


def test_a_block_for_many_is_drawn_once_for_each_context_language_and_zone() -> None:
    DRAWN.clear()
    with memo.remembering(), timezone.override("Europe/Paris"), translation.override("en"):
        said = [drawn_for("Grace", for_many=True), drawn_for("Grace", for_many=True), drawn_for("Ada", for_many=True)]
        with translation.override("de"):
            said.append(drawn_for("Grace", for_many=True))
        with timezone.override("Asia/Tokyo"):
            said.append(drawn_for("Grace", for_many=True))

    assert said[0] == said[1]
    assert [line.rpartition(", ")[0] for line in said[1:]] == [
        "Grace, en, Europe/Paris",
        "Ada, en, Europe/Paris",
        "Grace, de, Europe/Paris",
        "Grace, en, Asia/Tokyo",
    ]
    assert len(DRAWN) == 2 * 4  # as plain text and as HTML


def test_any_other_block_is_drawn_for_each_reader() -> None:
    with memo.remembering():
        assert drawn_for("Grace") != drawn_for("Grace")
