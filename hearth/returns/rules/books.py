"""The two books of rules. `hearth.returns.rules.cin` and `.ssda903` fill them."""

from hearth.returns.checking.rule import RuleBook

# The rules of 2025 to 2026 are those of 2024 to 2025: no rule file of its own was published by the
# sector for it, and the Department's own was not to be had.
CIN = RuleBook("cin", first=2025, last=2026, written="hearth.returns.rules.cin")
SSDA903 = RuleBook("ssda903", first=2026, last=2027, written="hearth.returns.rules.ssda903")
