"""Languages: who is spoken to in which one, and how its words, dates and numbers are written. Pure."""
