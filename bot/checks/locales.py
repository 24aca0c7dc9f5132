"""Checks the catalogues: complete, nothing left over, placeholders as in the original."""

import re
from collections import Counter
from collections.abc import Iterator
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.i18n.catalogues import SOURCE_LOCALE, catalogue_path
from bot.i18n.languages import Languages
from bot.library.problems import Problem

# How the code asks for a text: _("…"), phrases("…"), count("…", "…", n).
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "phrases": None, "count": (1, 2)}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def messages(source: Path) -> Catalog:
    """All texts that the code under ``source`` asks for."""
    catalogue = Catalog(project="Lotse", charset="utf-8")
    for name, line, message, comments, context in extract_from_dir(source, keywords=KEYWORDS):
        catalogue.add(message, None, [(f"bot/{name}", line)], auto_comments=comments, context=context)
    return catalogue


def check_locales(folder: Path, languages: Languages, source: Path) -> list[Problem]:
    """Every problem of the catalogues of the interface languages."""
    wanted = messages(source)
    problems: list[Problem] = []
    for locale in languages.interface:
        path = catalogue_path(folder, locale)
        if locale == SOURCE_LOCALE:
            continue
        if not path.exists():
            problems.append(Problem(path, 1, "The catalogue is missing.", "Run `make messages`, then translate it."))
            continue
        with path.open("rb") as file:
            catalogue = read_po(file, locale=locale)
        problems.extend(_check(path, catalogue, wanted))
    return sorted(set(problems))


def _check(path: Path, catalogue: Catalog, wanted: Catalog) -> Iterator[Problem]:
    for message in wanted:
        if not message.id:
            continue
        translated = catalogue.get(message.id)
        if translated is None:
            what = f"{_shown(message)} is missing."
            yield Problem(path, 1, what, "Run `make messages`, then translate it.")
            continue
        line = translated.lineno or 1
        texts = translated.string if isinstance(translated.string, tuple) else (translated.string,)
        if not all(texts) or translated.fuzzy:
            yield Problem(path, line, f"{_shown(message)} is not translated.", "Translate it and remove `fuzzy`.")
            continue
        names = set(_PLACEHOLDER.findall(_shown(message)))
        wordy = _forms_of_one_number(catalogue.plural_expr) if len(texts) > 1 else frozenset()
        for form, text in enumerate(texts):
            used = set(_PLACEHOLDER.findall(str(text)))
            if used != names and not (form in wordy and used == names - {"number"}):
                what = f"The placeholders of {text!r} are not those of the original."
                yield Problem(path, line, what, f"Use exactly: {', '.join(f'{{{name}}}' for name in sorted(names))}.")
    for message in catalogue:
        if message.id and wanted.get(message.id) is None:
            what = f"{_shown(message)} is asked for nowhere."
            yield Problem(path, message.lineno or 1, what, "Run `make messages`.", "warning")


def _forms_of_one_number(plural: str) -> frozenset[int]:
    """The plural forms that stand for one number alone: their word may say it, as "أسبوعان" says two weeks.

    Russian "день" is none of them: it stands for 1, 21, 31 and so on.
    """
    form = c2py(plural)
    uses = Counter(form(number) for number in range(200))
    return frozenset(one for one, count in uses.items() if count == 1)


def _shown(message: Message) -> str:
    return repr(message.id if isinstance(message.id, str) else message.id[-1])
