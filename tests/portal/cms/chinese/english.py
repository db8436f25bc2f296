"""Finds the English words that a person reads or hears on a screen."""

import re
from html.parser import HTMLParser

# Names, formats and what people type themselves; everything else is a word that nobody translated.
ALLOWED = re.compile(
    r"https?://[^\s）]+|[\w.-]+@[\w.-]+|\S+\.(?:jpg|pdf|docx|txt|py)\b|"
    r"(?<![A-Za-z])(?:Wagtail|JavaScript|JPE?G|PNG|WEBP|PDF|DOCX|XLSX|TXT|CSV|ZIP|MB|KB|API|URL|HTML|Python|English|Word|"
    r"Excel|Bilibili|ICP|IP|BV|Ctrl|Cmd|Alt|Shift|Esc|Enter|testserver)(?![A-Za-z])|"
    r"(?:cms|forms_app|brands)\.\w+|person\d+|\b[\w-]*\d[\w-]*\b|&\w+;",
    re.IGNORECASE,
)
WORD = re.compile(r"[A-Za-z]{2,}")
SILENT = {"script", "style", "svg", "code"}
SPOKEN = {"title", "aria-label", "placeholder", "alt"}


VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
# Words that Wagtail writes into the page without asking any catalogue: one invisible button, else administrators' screens.
KNOWN = {
    ("page_chooser", "Search"),
    ("sites", "Port"),
    ("sites", "Root page"),
    ("sites", "Site name"),
    ("sites", "按“Port”升序排列。"),
    ("users", "True"),
    *((screen, "Page") for screen in ("group_add", "group_edit", "workflow_add", "workflow_edit")),
}


class Words(HTMLParser):
    """Collects what a person reads or hears on a page; what is hidden says nothing."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.heard = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag not in VOID:
            self.open.append((tag, tag in SILENT or "hidden" in values))
        self.heard += [value for name, value in attrs if name in SPOKEN and value]
        if tag == "input" and values.get("type") in ("submit", "button"):
            self.heard.append(values.get("value") or "")

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not any(silent for _tag, silent in self.open):
            self.heard.append(" ".join(data.split()))


def english_on(html):
    words = Words()
    words.feed(html)
    return [text for text in words.heard if WORD.search(ALLOWED.sub(" ", text))]


def english_left(browser, screens):
    """Open each screen and return the English found, by screen."""
    left = {}
    for name, address in screens.items():
        answer = browser.get(address, follow=True)
        assert answer.status_code == 200, name
        html = answer.content.decode()
        if answer["Content-Type"].startswith("application/json"):
            html = answer.json()["html"]
        english = {text for text in english_on(html) if (name, text) not in KNOWN}
        if english:
            left[name] = sorted(english)
    return left
