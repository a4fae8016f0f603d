"""Text analysis of the extractors, in Python: the same cleaning, tokens and hashed n-grams as org.controlroom.text.

Start with Analyzer, then Field. Only numpy is needed. Characters are UTF-16 units, as they are in Java.
"""

import os
import re
import struct
import unicodedata
from html.entities import html5

import numpy as np

_MASK = (1 << 64) - 1
_START = 0xCBF29CE484222325
_STEP = 0x9E3779B97F4A7C15
_MAX_REMEMBERED_TOKENS = 200_000

_PARTS = {"title": 1, "description": 2, "text": 3}
_KINDS = {"words": 16, "characters": 32}
_STARTS_WITH = 64
_ENDS_WITH = 128

# A reference to a character: decimal, hexadecimal or by name.
_REFERENCE = re.compile(r"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
_TAG = re.compile(r"<[^>]+>")
_RULES = [
    re.compile(r"https?://\S+|www\.\S+"),
    re.compile(r"\b[\w.-]+@[\w.-]+\.\w+\b"),
    re.compile(
        r"\b(?:ref|r\u00e9f|reference|r\u00e9f\u00e9rence|fabricant|model|mod\u00e8le|sku|asin|ean|isbn|gtin)"
        r"[\s.:_-]*[a-z0-9][a-z0-9\-_.]{2,}\b"
    ),
    re.compile(r"[a-zA-Z]{2,}-\d+(?:-[a-zA-Z]{2,})?"),
    re.compile(r"\b\d{6,}\b"),
]
_TOKEN = re.compile(r"\w+")


def _resolve(match):
    name = match.group(1)
    if name.startswith("#"):
        return _character(name[1:].rstrip(";"))
    for size in range(len(name), 1, -1):
        known = html5.get(name[:size])
        if known is not None:
            return known + name[size:]
    return "&" + name


def _character(digits):
    hexadecimal = digits[0] in "xX"
    # More digits than any character has would be too much for int().
    digits = (digits[1:] if hexadecimal else digits).lstrip("0")
    number = int(digits[:9] or "0", 16 if hexadecimal else 10)
    if number == 0 or number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return "\ufffd"
    if 0x80 <= number <= 0x9F:
        return bytes([number]).decode("cp1252", "replace").replace("\ufffd", chr(number))
    dropped = (
        (number < 0x20 and number not in (9, 10, 12, 13))
        or number == 0x7F
        or 0xFDD0 <= number <= 0xFDEF
        or number & 0xFFFE == 0xFFFE
    )
    return "" if dropped else chr(number)


class _Folded(dict):
    """What each character becomes without its accents, by code point; filled when asked."""

    def __missing__(self, code_point):
        decomposed = unicodedata.normalize("NFKD", chr(code_point))
        folded = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
        self[code_point] = folded
        return folded


_FOLDED = _Folded()


def _units(text):
    """The UTF-16 units of a text."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")


def _mix_number(hash_value):
    h = ((hash_value ^ (hash_value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    h = ((h ^ (h >> 27)) * 0x94D049BB133111EB) & _MASK
    return h ^ (h >> 31)


def _mix(hashes):
    h = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    h = (h ^ (h >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return h ^ (h >> np.uint64(31))


def _token_hash(token):
    hash_value = _START
    for unit in _units(token).tolist():
        hash_value = ((hash_value ^ unit) * _STEP) & _MASK
    return hash_value


class AnalyzedText:
    """Clean title and description with the hashes of their tokens."""

    def __init__(self, title, description, title_tokens, description_tokens):
        self.title = title
        self.description = description
        self.title_tokens = title_tokens
        self.description_tokens = description_tokens


class Analyzer:
    """Cleans texts and splits them into tokens; settings are those of the extractor, as texts."""

    def __init__(self, settings):
        self._cleaning = settings["cleaning"]
        self._lower = settings["lowerCase"] == "true"
        self._fold = settings["foldAccents"] == "true"
        self._min_length = int(settings["minTokenLength"])
        self._stop_words = self._read_stop_words(settings["stopWords"].lower())
        self._hashes = {}

    def _read_stop_words(self, name):
        names = {"none": [], "all": ["english", "french", "german"]}.get(name, [name])
        words = set()
        for each in names:
            path = os.path.join(os.path.dirname(__file__), "stop-words-" + each + ".txt")
            with open(path, encoding="utf-8") as file:
                words.update(self._folded(word) for word in file.read().split())
        return words

    def _folded(self, text):
        return text.translate(_FOLDED) if self._fold and not text.isascii() else text

    def analyze(self, designation, description):
        title = self._clean(designation)
        text = self._clean(description)
        return AnalyzedText(title, text, self._tokens(title), self._tokens(text))

    def _clean(self, text):
        if not text.isascii():
            # Halves of a pair that came one by one belong together.
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        if self._cleaning != "NONE" and "&" in text:
            text = _REFERENCE.sub(_resolve, text)
        if self._lower:
            text = text.lower()
        if self._cleaning != "NONE":
            text = _TAG.sub(" ", text)
            if self._cleaning == "ALL":
                for rule in _RULES:
                    text = rule.sub(" ", text)
            text = " ".join(text.split())
        return self._folded(text)

    def _tokens(self, text):
        hashes = self._hashes
        if len(hashes) > _MAX_REMEMBERED_TOKENS:
            hashes.clear()
        kept = []
        for token in _TOKEN.findall(text):
            if len(token) >= self._min_length and token not in self._stop_words:
                hash_value = hashes.get(token)
                if hash_value is None:
                    hash_value = hashes[token] = _token_hash(token)
                kept.append(hash_value)
        return np.array(kept, dtype=np.uint64)


class Field:
    """One part of a product and the terms that are made of it: runs of words, or of characters inside words."""

    def __init__(self, part, kind, shortest, longest, ends=False):
        self._part = part
        self._kind = kind
        self._min = shortest
        self._max = longest
        self._ends = ends
        self._salt = _mix_number(_PARTS[part] + _KINDS[kind])

    def count(self, text):
        """The hashes of the terms, ascending, and how often each occurs."""
        hashes = self._of_words(text) if self._kind == "words" else self._of_characters(text)
        return np.unique(hashes, return_counts=True)

    def _of_words(self, text):
        chosen = {
            "title": [text.title_tokens],
            "description": [text.description_tokens],
            "text": [text.title_tokens, text.description_tokens],
        }[self._part]
        tokens = np.concatenate(chosen)
        found = []
        if self._ends and len(tokens) > 0:
            for which, token in ((_STARTS_WITH, tokens[0]), (_ENDS_WITH, tokens[-1])):
                found.append(_mix_number(_mix_number(self._salt ^ which) ^ int(token)))
        runs = [np.array(found, dtype=np.uint64)]
        hashes = np.full(len(tokens), self._salt, dtype=np.uint64)
        for size in range(1, min(self._max, len(tokens)) + 1):
            starts = len(tokens) - size + 1
            hashes = _mix(hashes[:starts] ^ tokens[size - 1 :])
            if size >= self._min:
                runs.append(hashes)
        return np.concatenate(runs)

    def _of_characters(self, text):
        words = [] if self._part == "description" else text.title.split()
        if self._part != "title":
            words += text.description.split()
        if not words:
            return np.array([], dtype=np.uint64)
        units = _units(" " + "  ".join(words) + " ").astype(np.uint64)
        lengths = np.array([len(_units(word)) + 2 for word in words])
        ends = np.cumsum(lengths)
        # Characters from each position to the end of its word, and the shortest term of that word.
        left = np.repeat(ends, lengths) - np.arange(len(units))
        shortest = np.repeat(np.minimum(self._min, lengths), lengths)
        hashes = np.full(len(units), self._salt, dtype=np.uint64)
        terms = []
        for size in range(1, min(self._max, int(lengths.max())) + 1):
            starts = len(units) - size + 1
            hashes = (hashes[:starts] ^ units[size - 1 :]) * np.uint64(_STEP)
            wanted = (left[:starts] >= size) & (shortest[:starts] <= size)
            terms.append(_mix(hashes[wanted]))
        return np.concatenate(terms)


def fields(settings, ends_known):
    """The fields that are switched on, each with its weight, in the order of their features."""
    active = []
    for part, kind in (
        ("title", "words"),
        ("description", "words"),
        ("text", "words"),
        ("title", "characters"),
        ("text", "characters"),
    ):
        key = part + kind.capitalize()
        weight = np.float32(settings[key + "Weight"])
        if weight > 0:
            ends = ends_known and settings.get(key + "Ends") == "true"
            active.append((Field(part, kind, int(settings[key + "Min"]), int(settings[key + "Max"]), ends), weight))
    return active


def frequencies(counts, sublinear):
    """How much a term counts that occurs so often in a field."""
    return (1 + np.log(counts) if sublinear else counts).astype(np.float32)


class State:
    """Reads the content of an extractor's state: big-endian, framed by a header of 16 bytes and a checksum of 4."""

    def __init__(self, state, magic, newest_version, owner):
        if state[:4] != magic:
            raise ValueError(owner + ": this is not a state of it")
        version, length = struct.unpack_from(">iq", state, 4)
        if not 1 <= version <= newest_version or length != len(state) - 20:
            raise ValueError(
                f"{owner}: format version {version} with {length} bytes; "
                f"must be 1..{newest_version} with {len(state) - 20}"
            )
        self.bytes = state
        self.position = 16

    def number(self):
        (value,) = struct.unpack_from(">i", self.bytes, self.position)
        self.position += 4
        return value

    def text(self):
        (length,) = struct.unpack_from(">H", self.bytes, self.position)
        start = self.position + 2
        self.position = start + length
        return self.bytes[start : self.position].decode("utf-8")

    def texts(self):
        return {self.text(): self.text() for _ in range(self.number())}
