"""Small pictures of a state for other people's pages, and the same for shields.io."""
