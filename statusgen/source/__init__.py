"""Content in: the only code that reads content folders and the only code that runs git."""
