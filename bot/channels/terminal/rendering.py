"""Screens as plain text."""

from collections.abc import Sequence

from bot.library.text import Block, Paragraph, Run
from bot.screens.screen import Button, Screen


def reply_text(screen: Screen) -> str:
    """Title, text and small print, without buttons."""
    parts = [screen.title] if screen.title else []
    parts += [_block(block) for block in (*screen.blocks, *screen.notes)]
    return "\n\n".join(parts)


def buttons(screen: Screen) -> list[Button]:
    """All buttons in their order."""
    return [button for row in screen.buttons for button in row] + list(screen.back)


def with_numbers(screens: Sequence[Screen]) -> tuple[str, list[Button]]:
    """The screens as text with numbered buttons, and the buttons by their number, from 1."""
    texts, numbered = [], []
    for screen in screens:
        labels = []
        for button in buttons(screen):
            numbered.append(button)
            labels.append(f"[{len(numbered)}] {button.label}")
        texts.append(reply_text(screen) + ("\n\n" + "  ".join(labels) if labels else ""))
    return "\n\n".join(texts), numbered


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _runs(block.runs)
    signs = [f"{number}." for number in range(1, len(block.items) + 1)] if block.numbered else ["•"] * len(block.items)
    return "\n".join(f"{sign} {_runs(item)}" for sign, item in zip(signs, block.items, strict=True))


def _runs(runs: Sequence[Run]) -> str:
    return "".join(
        f"{run.text} ({run.link})" if run.link and run.link.startswith("https:") else run.text for run in runs
    )
