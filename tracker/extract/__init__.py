"""One document → claims."""
