"""The report's page, read as a browser reads it."""

from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "input", "link"}
PAGE_TAGS = set(
    "html head meta title style body header h1 h2 h3 p div span strong b i table thead tbody tr th "
    "td ul li section blockquote".split()
)
SVG_TAGS = set("svg g title text path polygon polyline ellipse defs".split())


class Page(HTMLParser):
    """Reads a page, insists that every element is closed, and keeps what it saw."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self._open: list[str] = []

    def read(self, page: str) -> "Page":
        self.feed(page)
        self.close()
        assert self._open == []
        return self

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._saw(tag, attrs)
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "svg" in self._open, tag
        self._saw(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def _saw(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in (SVG_TAGS if "svg" in [*self._open, tag] else PAGE_TAGS), tag
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
