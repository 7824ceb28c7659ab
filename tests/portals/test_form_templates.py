"""What the templates below django/forms make of a field, and how label, help and error are tied to it."""

import re

import pytest

from hiring.portals.views.styleguide import WRONG, SampleForm


def tag(html: str, pattern: str) -> str:
    """The first opening tag of ``html`` that contains ``pattern``."""
    found = re.search(rf"<[^>]*{pattern}[^>]*>", html)
    assert found, html
    return found.group()


def test_help_is_tied_to_its_field() -> None:
    html = SampleForm()["name"].as_field_group()

    assert 'aria-describedby="id_name_helptext"' in tag(html, 'name="name"')
    assert '<div class="help" id="id_name_helptext">' in html
    assert '<label for="id_name">Name</label>' in html


def test_an_error_is_tied_to_its_field() -> None:
    html = SampleForm(WRONG)["name"].as_field_group()

    assert 'aria-describedby="id_name_helptext id_name_error"' in tag(html, 'name="name"')
    assert 'aria-invalid="true"' in tag(html, 'name="name"')
    assert 'id="id_name_error"' in tag(html, "errorlist")


@pytest.mark.parametrize(("field", "is_marked"), [("phone", True), ("name", False), ("days", True), ("format", False)])
def test_only_what_may_be_left_out_is_marked(field: str, is_marked: bool) -> None:
    assert ("(optional)" in SampleForm()[field].as_field_group()) is is_marked


def test_choices_are_a_group_with_a_legend() -> None:
    html = SampleForm(WRONG)["format"].as_field_group()

    assert "<legend>How would you like to answer?</legend>" in html
    assert 'aria-describedby="id_format_helptext id_format_error"' in tag(html, "fieldset")
    assert html.count('type="radio"') == 3


def test_a_checkbox_stands_before_its_label() -> None:
    html = SampleForm()["agreed"].as_field_group()

    assert html.index('type="checkbox"') < html.index("I agree")
