"""Whether anybody could act on what a plan says is done if it fails."""

import re

from hearth.plans.models import Contingency

# A contingency of fewer words than this tells nobody what to do.
FEWEST_WORDS = 12
LEGAL_ADVICE_ALONE = re.compile(
    r"\b(seek|take|obtain|request|get)\b.*\blegal advice\b", re.IGNORECASE
)


def is_vague(contingency: Contingency) -> bool:
    """Whether nobody could act on a contingency: too few words, or legal advice and nothing else.

    Lambeth 2012, paragraph 38: contingency plans lacked focus and were not in proportion.
    """
    words = f"{contingency.trigger} {contingency.action}".split()
    if len(words) < FEWEST_WORDS:
        return True
    sentences = [one for one in re.split(r"[.;\n]", contingency.action) if one.strip()]
    return all(LEGAL_ADVICE_ALONE.search(one) for one in sentences)
