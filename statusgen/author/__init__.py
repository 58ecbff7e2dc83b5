"""Content as the commands write it: what is asked becomes an edit that the parser accepts, or nothing is written."""
