"""A branch, published at every commit and whenever time changes the page."""
