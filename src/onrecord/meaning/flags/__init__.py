"""What an editor would query: flags from the registers, and a speaker against his own words."""
