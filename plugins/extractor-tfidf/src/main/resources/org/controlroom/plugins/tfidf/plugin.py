"""Reads what extractor-tfidf saved, and makes the same feature vectors."""

import numpy as np

from .text_analysis import Analyzer, State, fields, frequencies


def load(state):
    return TfidfExtractor(State(state, b"CRTF", 1, "extractor-tfidf"))


class TfidfExtractor:
    def __init__(self, state):
        settings = state.texts()
        self._analyzer = Analyzer(settings)
        self._fields = fields(settings, ends_known=True)
        self._sublinear = settings["sublinearTf"] == "true"
        self._read_vocabulary(state)

    def _read_vocabulary(self, state):
        """A term is its hash in 8 bytes, and the descent of its number of products in 7 bits a byte, lowest first."""
        products = state.number()
        self.size = state.number()
        hashes = np.empty(self.size, dtype=np.uint64)
        documents = np.empty(self.size, dtype=np.int64)
        content = state.bytes
        position = state.position
        previous = products
        for index in range(self.size):
            hashes[index] = int.from_bytes(content[position : position + 8], "big")
            position += 8
            part = content[position]
            position += 1
            descent = part & 0x7F
            shift = 7
            while part >= 0x80:
                part = content[position]
                position += 1
                descent |= (part & 0x7F) << shift
                shift += 7
            previous -= descent
            documents[index] = previous
        self._weights = (np.log((1.0 + products) / (1.0 + documents)) + 1.0).astype(np.float32)
        self._order = np.argsort(hashes)
        self._sorted = hashes[self._order]

    def extract(self, designation, description):
        """Indices and values of the features of a product."""
        text = self._analyzer.analyze(designation, description)
        all_indices = [np.array([], dtype=np.int64)]
        all_values = [np.array([], dtype=np.float32)]
        for field, weight in self._fields:
            hashes, counts = field.count(text)
            places = np.minimum(np.searchsorted(self._sorted, hashes), self.size - 1)
            known = self._sorted[places] == hashes
            indices = self._order[places[known]]
            values = frequencies(counts[known], self._sublinear) * self._weights[indices]
            squares = float(np.sum(values.astype(np.float64) ** 2))
            if squares > 0:
                all_indices.append(indices)
                all_values.append(values * np.float32(float(weight) / np.sqrt(squares)))
        return np.concatenate(all_indices), np.concatenate(all_values)
