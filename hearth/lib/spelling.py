"""How a name is spelt in plain letters, and how it sounds."""

import re
import unicodedata
from functools import lru_cache

import jellyfish

# Letters that stand for themselves, and do not come apart into a letter and an accent.
_OWN_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "\u0131": "i",
        "ħ": "h",
        "ə": "a",
    }
)
# Ukrainian, Bulgarian and Russian letters, as British passports and visas spell them.
_CYRILLIC_LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщъыьэюяё"
_IN_LATIN = (
    "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch - y - e iu ia e"
).replace("-", "")
_CYRILLIC = str.maketrans(dict(zip(_CYRILLIC_LETTERS, _IN_LATIN.split(" "), strict=True)))
CACHED_NAMES = 50_000


@lru_cache(maxsize=CACHED_NAMES)
def fold(name: str) -> str:
    """A name in plain small letters: no accents or apostrophes, other alphabets spelt out."""
    letters = name.casefold().translate(_CYRILLIC).translate(_OWN_LETTERS)
    plain = unicodedata.normalize("NFKD", letters)
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    plain = re.sub("['`\u2018\u2019\u02bc]", "", plain)
    return " ".join(re.findall(r"[^\W\d_]+", plain))


@lru_cache(maxsize=CACHED_NAMES)
def sounds(word: str) -> frozenset[str]:
    """How a folded name is heard, by three rules that forgive different slips."""
    if not word.isascii():
        return frozenset({word})  # an alphabet we cannot spell out is compared as it stands
    heard = {metaphone(word), jellyfish.nysiis(word), jellyfish.soundex(word)}
    return frozenset(heard - {""})


def metaphone(word: str) -> str:
    """The consonants of a folded name as they are heard, or the name in its own alphabet."""
    return jellyfish.metaphone(word) if word.isascii() else word


def without_one_letter(word: str) -> frozenset[str]:
    """A word with each of its letters in turn left out."""
    return frozenset(word[:place] + word[place + 1 :] for place in range(len(word)))
