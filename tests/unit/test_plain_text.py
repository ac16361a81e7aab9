"""Words in a Markdown sentence stay words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from components.plain_text import markdown_text


def seen(text: str) -> str:
    """Return what a reader sees of a Markdown paragraph, with its line breaks as blanks."""
    tokens = MarkdownIt("commonmark").parse("x " + markdown_text(text))
    assert [one.type for one in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {one.type for one in children} <= {"text", "text_special"}
    return "".join(one.content for one in children).removeprefix("x ")


@pytest.mark.parametrize(
    "text",
    [
        "**bold** and _em_ and `code`",
        "[a link](javascript:alert(1)) ![image](x)",
        "<b>tag</b> &amp; <script>",
        "$x^2$ :red[colour] :material/home:",
        "# heading | table ~~gone~~",
        r"back\slash",
    ],
)
def test_markdown_and_directives_stay_text(text: str) -> None:
    assert seen(text).replace("\\", "") == text.replace("\\", "")


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs")), max_size=80))
def test_no_text_becomes_anything_else(text: str) -> None:
    seen(text)
