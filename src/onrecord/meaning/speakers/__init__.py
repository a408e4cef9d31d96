"""Who a source is: a person, an organisation, a state, a document, or somebody unnamed."""

from onrecord.meaning.speakers.find import resolve

__all__ = ["resolve"]
