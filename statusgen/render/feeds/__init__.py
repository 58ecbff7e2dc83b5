"""What feed readers read."""
