"""Sources into a record."""
