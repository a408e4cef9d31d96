"""Conditions on which statements hang: found in the whole text once, then given to the statements they qualify."""

from onrecord.meaning.conditions.find import find_conditions

__all__ = ["find_conditions"]
