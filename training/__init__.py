"""Training of the attribution network. Never imported by the package."""
