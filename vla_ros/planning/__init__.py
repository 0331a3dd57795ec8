"""Long commands: what to do in which order, which way to go, and what became of it."""
