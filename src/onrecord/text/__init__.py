"""Text of record: repaired on a working copy with a way back, cut up, and looked over for damage."""

from onrecord.text.damage import damage
from onrecord.text.repair import Repaired, repair
from onrecord.text.restore import restore
from onrecord.text.segment import segment

__all__ = ["Repaired", "damage", "repair", "restore", "segment"]
