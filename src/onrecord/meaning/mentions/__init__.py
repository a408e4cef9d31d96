"""Persons, states and organisations mentioned in the working text, found by rules (no statistical model)."""

from onrecord.meaning.mentions.cast import Cast, Mention, Person, Place, find_cast, fold, person_of

__all__ = ["Cast", "Mention", "Person", "Place", "find_cast", "fold", "person_of"]
