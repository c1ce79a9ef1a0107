"""Records in, lines for a terminal out: as wide as it is, coloured where it shows colours."""
