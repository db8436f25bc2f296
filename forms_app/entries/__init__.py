"""What a unit fills in: an entry from its first word, by saving, signing and sending, to the formal check."""
