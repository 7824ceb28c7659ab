"""The forms of a page as a browser sees them: where each goes, and what stands in its fields."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

WORDS = {"text", "email", "password", "search", "url", "tel", "number", "date"}
Attrs = dict[str, str]


@dataclass
class Form:
    """``values`` are what would be sent untouched; ``typed`` the names of the fields people type into.

    ``boxes`` are those nobody ticked, ``buttons`` those that say which was pressed: pairs of name and value.
    """

    method: str
    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    boxes: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def put(self, name: str, value: str) -> None:
        self.values.setdefault(name, []).append(value)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.area = ""
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(said.get("method", "get").lower(), said.get("action", ""))
            self.forms.append(self.form)
        elif self.form is not None and tag in {"input", "textarea", "select", "option", "button"}:
            self._field(self.form, tag, said)

    def _field(self, form: Form, tag: str, said: Attrs) -> None:
        name, kind = said.get("name", ""), said.get("type", "text")
        if tag == "textarea":
            self.area = name
            form.put(name, "")
            form.typed.append(name)
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in said or self.select not in form.values):
            form.values[self.select] = [said.get("value", "")]
        elif tag == "button" and name:
            form.buttons.append((name, said.get("value", "")))
        elif tag == "input" and name and kind == "checkbox" and "checked" not in said:
            form.boxes.append((name, said.get("value", "on")))
        elif tag == "input" and name and (kind not in {"checkbox", "radio"} or "checked" in said):
            form.put(name, said.get("value", ""))
            if kind in WORDS:
                form.typed.append(name)

    def handle_data(self, data: str) -> None:
        if self.area and self.form is not None:
            self.form.values[self.area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""


def read(html: str) -> list[Form]:
    reader = Reader()
    reader.feed(html)
    return reader.forms
