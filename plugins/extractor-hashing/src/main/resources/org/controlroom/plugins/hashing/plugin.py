"""Reads what extractor-hashing saved, and makes the same feature vectors."""

import numpy as np

from .text_analysis import Analyzer, State, fields, frequencies


def load(state):
    return HashingExtractor(State(state, b"CRHS", 1, "extractor-hashing"))


class HashingExtractor:
    def __init__(self, state):
        settings = state.texts()
        self._analyzer = Analyzer(settings)
        self._fields = fields(settings, ends_known=False)
        self._sublinear = settings["sublinearTf"] == "true"
        self._shift = np.uint64(64 - int(settings["bits"]))
        self.size = 1 << int(settings["bits"])

    def extract(self, designation, description):
        """Indices and values of the features of a product."""
        text = self._analyzer.analyze(designation, description)
        all_indices = [np.array([], dtype=np.int64)]
        all_values = [np.array([], dtype=np.float32)]
        for field, weight in self._fields:
            hashes, counts = field.count(text)
            if len(hashes) == 0:
                continue
            values = frequencies(counts, self._sublinear)
            squares = float(np.sum(values.astype(np.float64) ** 2))
            values = values * np.float32(float(weight) / np.sqrt(squares))
            all_indices.append((hashes >> self._shift).astype(np.int64))
            all_values.append(np.where(hashes & np.uint64(1) == 0, values, -values))
        indices, positions = np.unique(np.concatenate(all_indices), return_inverse=True)
        values = np.zeros(len(indices), dtype=np.float32)
        np.add.at(values, positions, np.concatenate(all_values))
        return indices, values
