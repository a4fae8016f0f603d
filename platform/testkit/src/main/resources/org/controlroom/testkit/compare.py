"""Loads a plugin's state with its Python code, and compares what it answers with what the plugin itself answered.

Arguments: the folder of the Python files, and one with state and cases. Prints what was compared; fails at a difference.
"""

import importlib.util
import os
import struct
import sys
import unicodedata

import numpy as np


class Cases:
    def __init__(self, path):
        with open(path, "rb") as file:
            self._bytes = file.read()
        self._position = 0

    def more(self):
        return self._position < len(self._bytes)

    def number(self):
        (value,) = struct.unpack_from(">i", self._bytes, self._position)
        self._position += 4
        return value

    def text(self):
        size = 2 * self.number()
        raw = self._bytes[self._position : self._position + size]
        self._position += size
        return raw.decode("utf-16-be", "surrogatepass")

    def array(self, code):
        size = self.number()
        values = np.frombuffer(self._bytes, code, size, self._position)
        self._position += 4 * size
        return values.astype(code[1:])


def main(code, folder):
    spec = importlib.util.spec_from_file_location(
        "plugin", os.path.join(code, "plugin.py"), submodule_search_locations=[code]
    )
    plugin = importlib.util.module_from_spec(spec)
    sys.modules["plugin"] = plugin
    spec.loader.exec_module(plugin)
    with open(os.path.join(folder, "state"), "rb") as file:
        loaded = plugin.load(file.read())
    cases = Cases(os.path.join(folder, "cases"))
    kind = cases.number()
    if kind == 0:
        compare_vectors(loaded, cases)
    else:
        compare_scores(loaded, cases)


def compare_vectors(extractor, cases):
    assert extractor.size == cases.number(), extractor.size
    compared = 0
    unknown = 0
    while cases.more():
        designation = cases.text()
        description = cases.text()
        indices = cases.array(">i4")
        values = cases.array(">f4")
        # Python's tables may be of an older Unicode than Java's.
        if any(unicodedata.category(c) == "Cn" for c in designation + description):
            unknown += 1
            continue
        actual_indices, actual_values = extractor.extract(designation, description)
        assert actual_values.dtype == np.float32, actual_values.dtype
        expected = dict(zip(indices.tolist(), values.tolist()))
        actual = dict(zip(actual_indices.tolist(), actual_values.tolist()))
        assert len(actual) == len(actual_indices), "an index twice"
        assert actual.keys() == expected.keys(), (
            f"{designation!r}, {description!r}: too many {sorted(actual.keys() - expected.keys())[:5]}, "
            f"missing {sorted(expected.keys() - actual.keys())[:5]}"
        )
        for index, value in expected.items():
            assert abs(actual[index] - value) <= 1e-6 * max(1, abs(value)), (designation, index, actual[index], value)
        compared += 1
    assert unknown <= compared / 4, f"{unknown} products have characters that Python does not know"
    print(compared, "vectors are the same")


def compare_scores(classifier, cases):
    assert classifier.features == cases.number(), classifier.features
    assert list(classifier.labels) == cases.array(">i4").tolist(), classifier.labels
    compared = 0
    while cases.more():
        indices = cases.array(">i4")
        values = cases.array(">f4")
        expected = cases.array(">f4")
        actual = classifier.score(indices.astype(np.int64), values)
        assert actual.dtype == np.float32, actual.dtype
        np.testing.assert_allclose(actual, expected, rtol=1e-6, atol=1e-6)
        compared += 1
    print(compared, "score vectors are the same")


main(sys.argv[1], sys.argv[2])
