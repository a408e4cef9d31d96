"""What a statement is about: issues of the register, weighed by where their cues stand."""

from onrecord.meaning.issues.find import FALLBACK, Scored, all_features, decide, find_issues, issue_of, issue_scores

__all__ = ["FALLBACK", "Scored", "all_features", "decide", "find_issues", "issue_of", "issue_scores"]
