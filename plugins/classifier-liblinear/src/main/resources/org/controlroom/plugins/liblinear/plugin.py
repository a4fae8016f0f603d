"""Reads what classifier-liblinear saved, and gives the same scores.

A weight is offset + scale * byte, with offset and scale of the feature. Scoring goes through the same rounded factors as
the original, because what they round away shows in the fifth decimal of a probability.
"""

import struct

import numpy as np

_FACTOR_LIMIT = 8_000_000
_FINE_UNIT = 1 / 256
_LARGEST = float(np.finfo(np.float32).max)


def load(state):
    return LinearClassifier(state)


class LinearClassifier:
    def __init__(self, state):
        if state[:4] != b"CRLL":
            raise ValueError("classifier-liblinear: this is not a state of it")
        version, labels, features = struct.unpack_from(">iii", state, 4)
        if version != 1:
            raise ValueError(f"classifier-liblinear: format version {version}; must be 1")
        position = 16
        self.labels = np.frombuffer(state, ">i4", labels, position).tolist()
        position += 4 * labels
        self.features = features
        columns = labels * (2 if state[position] == 2 else 1)
        position += 1
        self._bias = np.frombuffer(state, ">f4", labels, position).astype(np.float32)
        position += 4 * labels
        self._levels = np.zeros((features, columns), dtype=np.uint8)
        meta = np.zeros(features, dtype=np.uint32)
        all_bytes = np.frombuffer(state, dtype=np.uint8)
        for feature in range(features):
            # A feature without weights is 4 bytes of zeros and nothing more.
            word = int.from_bytes(state[position : position + 4], "big")
            position += 4
            if word:
                meta[feature] = word
                self._levels[feature] = all_bytes[position : position + columns]
                position += columns
        if position != len(state) - 8:
            raise ValueError(f"classifier-liblinear: {len(state) - 8 - position} bytes left over")
        self._scales = (meta & np.uint32(0xFFFF0000)).view(np.float32).astype(np.float64)
        self._offsets = (meta << np.uint32(16)).view(np.float32).astype(np.float64)

    def score(self, indices, values):
        """One score a label."""
        exact = values.astype(np.float64)
        scales = self._scales[indices]
        norm = float(np.sum(np.abs(exact * scales)))
        base = float(np.sum(exact * self._offsets[indices]))
        scores = _single(self._bias + base)
        if norm > 0:
            to_factor = _FACTOR_LIMIT / norm
            factors = np.trunc(exact * to_factor * scales)
            # Sums of whole numbers far below 2 to the power of 53: exact in any order.
            sums = factors @ self._levels[indices].astype(np.float64)
            unit = 1 / to_factor
            labels = len(self.labels)
            scores = _single(scores + sums[:labels] * unit)
            if len(sums) > labels:
                scores = _single(scores + sums[labels:] * unit * _FINE_UNIT)
        return scores


def _single(scores):
    return np.clip(scores.astype(np.float64), -_LARGEST, _LARGEST).astype(np.float32)
