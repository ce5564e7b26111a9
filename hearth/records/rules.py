"""Decisions about what is written: pure, over values."""

from collections.abc import Mapping, Sequence

Answers = Mapping[str, Sequence[str]]


def holds_all_of(newer: Answers, older: Answers) -> bool:
    """Whether every word of one draft stands in another, so that saving it over loses nothing."""
    return all(
        _held(answers, newer.get(name, ())) for name, answers in older.items() if any(answers)
    )


def _held(older: Sequence[str], newer: Sequence[str]) -> bool:
    texts = [_plain(answer) for answer in newer]
    return all(any(_plain(answer) in text for text in texts) for answer in older if answer)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
