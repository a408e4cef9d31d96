"""Scores -> source, cue and content spans -> linked attributions."""

from onrecord.attribution.attribute import attribute
from onrecord.attribution.decode import Decoder

__all__ = ["Decoder", "attribute"]
