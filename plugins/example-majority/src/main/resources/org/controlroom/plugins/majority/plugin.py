"""Reads what example-majority saved, and gives the same scores: how frequent each label was."""

import struct

import numpy as np


def load(state):
    return MajorityClassifier(state)


class MajorityClassifier:
    def __init__(self, state):
        if state[:4] != b"MAJO":
            raise ValueError("example-majority: this is not a state of it")
        version, self.features, labels = struct.unpack_from(">iii", state, 4)
        if version != 1:
            raise ValueError(f"example-majority: format version {version}; must be 1")
        self.labels = np.frombuffer(state, ">i4", labels, 16).tolist()
        self._scores = np.frombuffer(state, ">f4", labels, 16 + 4 * labels).astype(np.float32)

    def score(self, indices, values):
        """One score a label."""
        return self._scores
