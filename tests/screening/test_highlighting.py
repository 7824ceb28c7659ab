"""Finding words in what people wrote."""

import pytest

from screening import highlighting
from screening.highlighting import Terms

TEXT = "José led Zendesk & ticketing teams: C++, SLA, slate. Résumé of José."


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("zendesk", ["Zendesk"]),
        ("ticket", ["ticketing"[:9]]),
        ("SLA", ["SLA"]),
        ("c++", ["C++"]),
        ("jose", ["José", "José"]),
        ("resume", ["Résumé"]),
        ("zendesk   &", ["Zendesk &"]),
        ("team", ["teams"]),
        ("late", []),
        ("", []),
        ("  ", []),
    ],
)
def test_a_term_is_found_as_a_word_of_its_own(term: str, found: list[str]) -> None:
    spans = highlighting.spans(TEXT, [term])

    assert [TEXT[start:end] for start, end in spans] == found


def test_letters_that_fold_to_two_keep_their_places() -> None:
    text = "Straße und ﬁnance"

    assert [text[start:end] for start, end in highlighting.spans(text, ["strasse", "finance"])] == ["Straße", "ﬁnance"]


def test_a_search_finds_parts_of_words() -> None:
    assert [TEXT[start:end] for start, end in highlighting.sought_spans(TEXT, "LATE")] == ["late"]


def test_what_is_marked_is_escaped() -> None:
    assert highlighting.marked("<b>SLA</b> & more", Terms(("SLA",), "more")) == (
        '&lt;b&gt;<mark data-for="term">SLA</mark>&lt;/b&gt; &amp; <mark data-for="search">more</mark>'
    )


def test_a_search_wins_where_both_find_the_same() -> None:
    assert highlighting.marked("Zendesk", Terms(("Zendesk",), "zen")) == '<mark data-for="search">Zen</mark>desk'


def test_a_snippet_is_a_line_with_its_word() -> None:
    text = "word " * 30 + "here\n& " + "word " * 30

    said = highlighting.snippet(text, highlighting.sought_spans(text, "here")[0])

    assert said.startswith("…")
    assert '<mark data-for="search">here</mark> &amp; word' in said
