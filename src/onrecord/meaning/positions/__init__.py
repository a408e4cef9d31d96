"""Where a speaker stands: stance and commitment of each statement, by the words of its cue and its content."""

from onrecord.meaning.positions.find import decide, find_positions, observed, position_scores

__all__ = ["decide", "find_positions", "observed", "position_scores"]
