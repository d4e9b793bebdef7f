"""Sources: who is said to have given a figure, and the words of a story that each answers for."""
