"""Dates: which expressions a sentence holds, which days they mean, and what each is the date of."""
