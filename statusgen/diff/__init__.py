"""What one revision of the content does to customers that another does not: compared as values, told in three forms."""
