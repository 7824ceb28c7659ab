"""What can be told from the sources: words outside gettext, and words that one language has frozen."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from tests.pseudo import KEPT, accented
from tests.spoken import WORD, texts

ROOT: Path = settings.BASE_DIR
PARTS = ("hiring", "interviews", "screening", "scheduling")
NOW = {"gettext", "ngettext", "pgettext", "npgettext", "_"}
LAZY = {f"{name}_lazy" for name in NOW} | {"gettext_noop"}
SENTENCE = re.compile(r"[A-Z“].*[a-z’]+ [a-z’]+")
FOR_PROGRAMMERS = {"ValueError", "TypeError", "ImproperlyConfigured", "Outcome"} | {"info", "warning", "exception"}

# Spoken to whoever runs the server, in a terminal; or the words of people who do not exist.
NOT_OF_PAGES = ("runtime/", "settings/", "management/", "migrations/", "portals/demo/", "views/styleguide.py")
SAID_IN_ENGLISH = {
    "hiring/api/documentation.py",  # the API's reference, with the names it explains
    "hiring/api/views.py",
    "hiring/rubrics/starter.py",  # an example question set, marked as English; whoever takes it changes its words
    "scheduling/slotfile.py",  # read by a command, as commands speak
}
TRANSLATED = r"\{% blocktrans(?:late)?\b.*?endblocktrans(?:late)? %\}"
ATTRIBUTES = r"\{% block (?:body_class|\w+_attrs|nav_\w+) %\}.*?\{% endblock.*?%\}"
TAGS = re.compile(
    rf"\{{% comment.*?endcomment %\}}|\{{#.*?#\}}|{TRANSLATED}|{ATTRIBUTES}|\{{%.*?%\}}|\{{\{{.*?\}}\}}", re.DOTALL
)
LITERAL = re.compile(r"""["'`]((?:[^"'`\\\n]|\\.)*)["'`]""")


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(path for part in PARTS for path in (ROOT / part).rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if not any(place in name for place in NOT_OF_PAGES):
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when the module is imported: everything but the bodies of functions, and their types."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            defaults = [each for each in (*child.args.defaults, *child.args.kw_defaults) if each is not None]
            for ran in (*defaults, *getattr(child, "decorator_list", ())):
                yield ran
                yield from at_import(ran)
        else:
            yield child
            yield from at_import(child)


def sentences(node: ast.AST) -> Iterator[tuple[int, str]]:
    """The sentences below ``node`` that are neither docstrings nor go through gettext nor are for programmers."""
    for child in ast.iter_child_nodes(node):
        if called(child) in NOW | LAZY | FOR_PROGRAMMERS or (isinstance(child, ast.Expr) and is_text(child.value)):
            continue
        if isinstance(child, ast.Constant) and is_text(child) and SENTENCE.match(str(child.value)):
            yield child.lineno, str(child.value)
        yield from sentences(child)


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_the_pseudo_locale_keeps_what_is_no_word() -> None:
    said = accented('\n%(n)d of {all} in <a href="/c/">Jobs</a>, 5%% &amp; more\n')

    assert said == '\n⟦%(n)d öƒ {all} íñ <a href="/c/">Ĵöƀš</a>, 5%% &amp; ɱöŕé ööööööö⟧\n'
    assert not WORD.search(KEPT.sub("", said))


def test_no_sentence_is_said_without_gettext() -> None:
    said = [
        f"{name}:{line}: {text}"
        for name, module in modules()
        if name not in SAID_IN_ENGLISH
        for line, text in sentences(module)
    ]

    assert said == []


def test_no_word_is_translated_once_for_everybody() -> None:
    frozen = []
    for name, module in modules():
        lazy = {
            alias.asname or alias.name
            for node in ast.walk(module)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if alias.name in LAZY
        }
        frozen += [
            f"{name}:{node.lineno}"
            for node in at_import(module)
            if isinstance(node, ast.Call) and called(node) in NOW - lazy
        ]

    assert frozen == []


def test_a_module_that_translates_at_import_would_be_found() -> None:
    module = ast.parse("from x import gettext as _\nclass A:\n    label = _('Name')\ndef f(a=_('b')): return _('c')\n")

    assert [ast.unparse(node) for node in at_import(module) if called(node) == "_"] == ["_('Name')", "_('b')"]


def test_no_template_says_a_word_of_its_own() -> None:
    said = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        written = TAGS.sub("", path.read_text(encoding="utf-8"))
        said += [f"{path.relative_to(ROOT)}: {text}" for text in texts(written) if WORD.search(text)]

    assert said == []


def test_scripts_get_their_words_from_the_page() -> None:
    said = []
    for path in sorted((ROOT / "static" / "js").rglob("*.js")):
        code = re.sub(
            r"/\*.*?\*/|^\s*//.*$|\s//\s.*$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
        )
        said += [f"{path.name}: {text}" for text in LITERAL.findall(code) if SENTENCE.match(text)]

    assert said == []
