"""When two spellings are one name: the plain key (case, accents, hyphens) and the sound key (ways of romanising)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SHORTEST_SOUND = 5  # shorter sound keys ("dira", "saba") match too much by chance

# Letters that NFKD leaves whole, and signs that stand for a glottal stop or for nothing.
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ə": "a", "ŧ": "t"}
    | {"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ґ": "г"}
    | {"ɔ": "o", "ɛ": "e", "ŋ": "n", "ɗ": "d", "ɓ": "b", "ƙ": "k"}
    | dict.fromkeys("'’‘ʼʻ`´ʿʾ‛′ˈ.‎‏ـ")
)
_BREAKS = re.compile(r"[^\w]+|_")

# The Arabic article and its assimilated forms, as they are romanised.
_FORMS = "al el ul il as es ash esh at et ar er az ez an en ad ed adh eth ath"
ARTICLES = frozenset(_FORMS.split())

# Where names reach English through romanisation, so that their spelling varies by sound.
_CODES = """
AFG ARE ARM AZE BGD BGR BHR BLR COM DJI DZA EGY ERI ESH ETH GEO IND IRN IRQ ISR JOR KAZ KGZ KWT LBN LBY MAR MKD MMR MRT
NPL OMN PAK PSE QAT RUS SAU SDN SOM SRB SSD SYR TCD TJK TKM TUN UKR UZB YEM
"""
ROMANISED = frozenset(_CODES.split())

# Romanisation rules, first to last; each folds spellings of one sound into one letter.
_SOUNDS = (
    (re.compile(r"kh|ck|q|c(?=[aouklrt])"), "k"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"th"), "t"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"t?ch|sch"), "sh"),
    (re.compile(r"dzh|dj"), "j"),
    (re.compile(r"w"), "v"),
    (re.compile(r"ou|oo|au|av(?=[^aeiouy])|o"), "u"),
    (re.compile(r"a[iy]+|e[iy]*|y"), "i"),
    (re.compile(r"(?<=[aiu])h$"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def name_key(name: str) -> str:
    """The key under which `name` is stored: lower case, no accents, apostrophes or full stops, hyphens as blanks."""
    if name.isascii():
        folded = name.lower().translate(_LETTERS)
    else:
        spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
        folded = "".join(c for c in spread if not unicodedata.combining(c)).translate(_LETTERS)
    return " ".join(_BREAKS.sub(" ", folded).split())


def sound_key(key: str) -> str:
    """The second key, made of a plain Latin key: articles dropped, romanised sounds folded; "" where too short."""
    if not key.isascii():
        return ""
    sounds = " ".join(sound_of(word) for word in key.split() if word not in ARTICLES)
    return sounds if len(sounds) >= SHORTEST_SOUND else ""


@lru_cache(maxsize=65536)
def sound_of(word: str) -> str:
    """One word of a plain key with its romanised sounds folded: "younis" and "yunes" are both "iunis"."""
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return word


def without_possessive(name: str) -> str:
    """The name without a genitive at its end: "Gaza's" → "Gaza"."""
    if name[-2:] in ("'s", "’s", "'S", "’S"):
        return name[:-2]
    return name[:-1] if name[-2:] in ("s'", "s’") else name
