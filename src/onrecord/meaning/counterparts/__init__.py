"""Toward whom a statement is: states and organisations that it concerns or addresses, other than the speaker's own."""

from onrecord.meaning.counterparts.find import Candidate, Codes, Weigh, find_counterparts, kept, score, walk, weigher

__all__ = ["Candidate", "Codes", "Weigh", "find_counterparts", "kept", "score", "walk", "weigher"]
