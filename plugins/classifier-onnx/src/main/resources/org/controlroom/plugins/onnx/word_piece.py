"""The tokens of BERT models, as the plugin makes them: split at white space and punctuation, then into longest pieces."""

import unicodedata

_LONGEST_WORD = 100
_SPACES = set(" \t\n\r\x0b\x0c\x85\u2028\u2029")
_CONTROL = {"Cc", "Cf", "Co", "Cn", "Cs"}
_IDEOGRAPHS = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


class WordPiece:
    def __init__(self, vocabulary, lower_case):
        self._ids = {token: number for number, token in enumerate(vocabulary)}
        self._lower_case = lower_case
        self._start, self._end, self._unknown = (self._ids[token] for token in ("[CLS]", "[SEP]", "[UNK]"))

    def encode(self, text, most):
        """Ids from [CLS] to [SEP], at most so many."""
        found = [self._start]
        word = ""
        for c in self._clean(text):
            if len(found) >= most - 1:
                break
            if c == " " or _is_punctuation(c) or _is_ideograph(c):
                self._add(word, found)
                if c != " ":
                    self._add(c, found)
                word = ""
            else:
                word += c
        self._add(word, found)
        return found[: most - 1] + [self._end]

    def _add(self, word, found):
        if len(word) > _LONGEST_WORD:
            found.append(self._unknown)
            return
        pieces = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = self._ids.get(("##" if start else "") + word[start:end])
                if piece is not None:
                    break
            else:
                found.append(self._unknown)
                return
            pieces.append(piece)
            start = end
        found.extend(pieces)

    def _clean(self, text):
        kept = []
        for c in text:
            category = unicodedata.category(c)
            if c in _SPACES or category == "Zs":
                kept.append(" ")
            elif c != "\ufffd" and category not in _CONTROL:
                kept.append(c)
        clean = "".join(kept)
        if not self._lower_case:
            return clean
        parts = unicodedata.normalize("NFD", clean)
        return "".join(c.lower() for c in parts if unicodedata.category(c) != "Mn")


def _is_punctuation(c):
    code = ord(c)
    return (
        33 <= code <= 47
        or 58 <= code <= 64
        or 91 <= code <= 96
        or 123 <= code <= 126
        or unicodedata.category(c).startswith("P")
    )


def _is_ideograph(c):
    return any(first <= ord(c) <= last for first, last in _IDEOGRAPHS)
