"""How a host should serve the site: one set of rules, in the words of four hosts."""
