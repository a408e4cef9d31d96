"""The record: tables, the one writer, and the questions it answers."""
