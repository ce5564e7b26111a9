"""What is done for a child in need: a plan written, agreed, reviewed. Every write is here."""

from hearth.family_help.actions.plans import agree_plan, begin_plan, gaps_of, return_plan, send_plan

__all__ = ["agree_plan", "begin_plan", "gaps_of", "return_plan", "send_plan"]
