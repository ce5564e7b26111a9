"""Numbers that name a person, checked as their issuers do, and tidy phones and postcodes."""

import re

# Published for the unique pupil number (children in need census, rule 1510): I, O and S left out.
CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
UPN_LENGTH = 13
LONGEST_LA_CHILD_ID = 20
HIGHEST_SEQUENCE_NUMBER = 999_999_999

# Authorities, present and past, that may stand in a UPN (children in need census, rule 1530).
_LA_RANGES = (
    "001-005 201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420 660-681 701-708 "
    "800-803 805-808 810-813 815 816 820-823 825 826 830 831 835-841 845 846 850-852 855-857 860 "
    "861 865-896 908 909 916 919 921 925 926 928 929 931 933 935-938 940-943"
)
_EXTENSION = re.compile(r"(?:ext(?:ension)?\.?|x|#)\s*(\d{1,6})$", re.IGNORECASE)
_POSTCODE = re.compile(r"(GIR0AA|[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2})")
_CITY_CODES = re.compile(r"0(11[3-8]|1[2-69]1)")  # the seven-figure numbers: Leeds, Leicester…
_NHS_WEIGHTS = range(10, 1, -1)
_ELEVEN = 11


class BadIdentifier(ValueError):
    """A number cannot be right. The message tells the worker what to look at."""


def _spelt_out(ranges: str) -> frozenset[str]:
    ends = [part.partition("-") for part in ranges.split()]
    return frozenset(
        f"{code:03}" for low, _, high in ends for code in range(int(low), int(high or low) + 1)
    )


LA_CODES = _spelt_out(_LA_RANGES)


def check_upn(text: str) -> str:
    """A unique pupil number, permanent or temporary, tidied and found to be well made.

    Children in need census, rules 1510 to 1550: a check letter, an authority, a school, a year and
    a serial, whose last character is a letter in a temporary number.
    """
    upn = _squeezed(text)
    if len(upn) != UPN_LENGTH:
        raise BadIdentifier(f"A UPN has 13 characters. This has {len(upn)}")
    if not re.fullmatch(rf"[A-Z][0-9]{{11}}[0-9{CHECK_LETTERS}]", upn):
        raise BadIdentifier(
            "A UPN is a letter and 12 numbers, such as A123456789012; "
            "only the last may be another letter, and never I, O or S"
        )
    if upn[1:4] not in LA_CODES:
        raise BadIdentifier(
            f"No authority has the code {upn[1:4]}. Check the second, third and fourth characters"
        )
    if upn[0] != check_letter(upn[1:]):
        raise BadIdentifier("This is not a possible UPN. Check each character against the source")
    return upn


def is_temporary_upn(upn: str) -> bool:
    """Whether a school gave this UPN until the real one was found: it ends in a letter."""
    return upn[-1:].isalpha()


def check_nhs_number(text: str) -> str:
    """An NHS number as ten digits, its last agreeing with the rest (NHS Data Dictionary)."""
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise BadIdentifier("An NHS number has 10 digits, such as 943 476 5919")
    total = sum(weight * int(digit) for weight, digit in zip(_NHS_WEIGHTS, digits, strict=False))
    # One digit repeated can agree with itself, and has only ever been typed to get past a form.
    if len(set(digits)) == 1 or (total + int(digits[-1])) % _ELEVEN:
        raise BadIdentifier(
            "This is not a possible NHS number. Check each digit against the source"
        )
    return digits


def check_swe_number(text: str) -> str:
    """A Social Work England registration number: SW and then digits."""
    number = _squeezed(text)
    if not re.fullmatch(r"SW[1-9][0-9]{0,9}", number):
        raise BadIdentifier(
            "A Social Work England number is SW and then digits, such as SW12345. "
            "Look it up on the Social Work England register"
        )
    return number


def new_la_child_id(sequence_number: int) -> str:
    """Our own number for a child: digits, and a letter that catches a slip or two digits swapped.

    At most ten letters and digits, so it fits the census, whose limit is 20 (rules 1570 and 1580).
    """
    if not 1 <= sequence_number <= HIGHEST_SEQUENCE_NUMBER:
        raise BadIdentifier(f"A child's number is from 1 to {HIGHEST_SEQUENCE_NUMBER:,}")
    digits = f"{sequence_number:07}"
    return digits + check_letter(digits)


def check_la_child_id(text: str) -> str:
    """One of our own numbers for a child, as typed, refused when it has been mistyped."""
    number = _squeezed(text)
    if not re.fullmatch(r"[0-9]{7,9}[A-Z]", number):
        raise BadIdentifier("A child's number is 7 to 9 digits and a letter, such as 0001234T")
    if number[-1] != check_letter(number[:-1]):
        raise BadIdentifier("No child has this number. Check each digit and the letter")
    return number


def tidy_postcode(text: str) -> str:
    """A UK postcode in capitals with its one space: SW1A 1AA."""
    squeezed = _squeezed(text)
    # The last part always starts with a figure, so an O there is a nought.
    if squeezed[-3:-2] == "O":
        squeezed = f"{squeezed[:-3]}0{squeezed[-2:]}"
    if not _POSTCODE.fullmatch(squeezed):
        raise BadIdentifier("Enter a full UK postcode, such as SW1A 1AA")
    return f"{squeezed[:-3]} {squeezed[-3:]}"


def tidy_phone(text: str) -> str:
    """A telephone number with its spaces in the usual places: 07700 900123, 020 7946 0123."""
    extension = _EXTENSION.search(text.strip())
    main = text.strip()[: extension.start()] if extension else text
    digits = re.sub(r"[\s().\-/]", "", main.replace("(0)", ""))
    digits = re.sub(r"^(\+44|0044)0?", "0", digits)
    digits = re.sub(r"^00", "+", digits)
    if digits.startswith("+") and re.fullmatch(r"\+[1-9][0-9]{6,14}", digits):
        number = digits
    elif re.fullmatch(r"0[1-9][0-9]{8,9}", digits):
        number = _spaced(digits)
    else:
        raise BadIdentifier(
            "Enter a telephone number with its area code, such as 01632 960 001 or 07700 900 982"
        )
    return f"{number} ext {extension[1]}" if extension else number


def _spaced(digits: str) -> str:
    if digits.startswith("02"):
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    if digits.startswith(("03", "08")) or _CITY_CODES.match(digits):
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    return f"{digits[:5]} {digits[5:]}"


def _squeezed(text: str) -> str:
    return re.sub(r"[\s-]", "", text).upper()


def check_letter(characters: str) -> str:
    """The letter for characters multiplied by their places from 2 up (rule 1510)."""
    total = sum(place * _value(character) for place, character in enumerate(characters, start=2))
    return CHECK_LETTERS[total % len(CHECK_LETTERS)]


def _value(character: str) -> int:
    return int(character) if character.isdigit() else CHECK_LETTERS.index(character)
