"""A page for each code of a problem: what it means, why it matters to customers, and how it is done well."""
