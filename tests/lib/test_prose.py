import pytest

from hiring.lib import prose


def test_markdown_is_drawn() -> None:
    assert prose.render("# Lead\n\n**Nights** only\n\n- calm\n- clear") == (
        "<h3>Lead</h3>\n<p><strong>Nights</strong> only</p>\n<ul>\n<li>calm</li>\n<li>clear</li>\n</ul>"
    )


def test_a_link_leaves_without_a_referrer() -> None:
    assert prose.render("[us](https://northwind.test)") == (
        '<p><a href="https://northwind.test" rel="noopener noreferrer">us</a></p>'
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,alert)",
        '<a href="https://x.test" onclick="alert(1)">x</a>',
        "![x](https://tracker.test/pixel.gif)",
        '<iframe src="https://evil.test"></iframe>',
        '<p style="position:fixed">x</p>',
        "<svg onload=alert(1)>",
    ],
)
def test_what_could_do_harm_is_gone(hostile: str) -> None:
    drawn = prose.render(hostile)

    for trace in (
        "<script",
        "onerror",
        "onclick",
        "onload",
        'href="javascript:',
        'href="data:',
        "<img",
        "<iframe",
        "style=",
        "<svg",
    ):
        assert trace not in drawn


@pytest.mark.parametrize("piece", ["[", "- ", "> ", "*", "_", "`", "<", "![", "](", "# ", "1. ", "\\", "&", "|"])
def test_a_wall_of_signs_is_drawn_and_nobody_waits(piece: str) -> None:
    assert prose.render(piece * (20_000 // len(piece)))
