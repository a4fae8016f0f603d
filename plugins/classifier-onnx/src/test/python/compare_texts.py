"""Loads a state with the plugin's Python code, and compares the scores of texts with those of the plugin itself.

Arguments: the folder of the Python files, and one with state and cases.json. Prints what was compared; fails at a
difference. Characters that this Python's Unicode does not know are passed over, for Java's may be newer.
"""

import importlib.util
import json
import os
import sys
import unicodedata

import numpy as np


def main(code, folder):
    spec = importlib.util.spec_from_file_location(
        "plugin", os.path.join(code, "plugin.py"), submodule_search_locations=[code]
    )
    plugin = importlib.util.module_from_spec(spec)
    sys.modules["plugin"] = plugin
    spec.loader.exec_module(plugin)
    with open(os.path.join(folder, "state"), "rb") as file:
        loaded = plugin.load(file.read())
    with open(os.path.join(folder, "cases.json"), encoding="ascii") as file:
        told = json.load(file)
    assert loaded.labels == told["labels"], loaded.labels
    compared = 0
    unknown = 0
    for case in told["cases"]:
        if any(unicodedata.category(c) == "Cn" for c in case["designation"] + case["description"]):
            unknown += 1
            continue
        actual = loaded.score_text(case["designation"], case["description"])
        assert actual.dtype == np.float32, actual.dtype
        np.testing.assert_allclose(actual, case["scores"], rtol=1e-4, atol=1e-4, err_msg=repr(case["designation"]))
        compared += 1
    assert unknown <= compared / 4, f"{unknown} products have characters that Python does not know"
    print(compared, "score vectors are the same")


main(sys.argv[1], sys.argv[2])
