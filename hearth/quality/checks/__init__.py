"""Practice checks that go by the records of several rooms at once, and so belong to none."""

from hearth.quality.checks import in_need, pregnancy, significant_harm, understood

__all__ = ["in_need", "pregnancy", "significant_harm", "understood"]
