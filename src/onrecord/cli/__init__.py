"""The command line: parse, call, render. Thin on purpose."""
