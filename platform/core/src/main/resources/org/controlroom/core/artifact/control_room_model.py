"""Opens a model of Control Room in Python, for mlflow.pyfunc.load_model: same labels and probabilities as the server's.

The analysis of texts and the scoring come with the plugins that the model was made with, in the folders extractor and
classifier beside this file; each has a plugin.py with load(state). A model that takes text has no extractor. Needs numpy and pandas,
and what the requirements.txt of a plugin names.
"""

import hashlib
import importlib.util
import json
import os
import sys

import numpy as np
import pandas as pd

_FORMAT_VERSIONS = (1, 2)
_ALL_SMALL = -30
_LARGEST = np.finfo(np.float32).max


def _load_pyfunc(path):
    return ControlRoomModel(path)


class ControlRoomModel:
    """A model in the folder path. Make it once, then call predict as often as wanted, from several threads as well."""

    def __init__(self, path):
        manifest = self._read_manifest(path)
        self.labels = manifest["labels"]
        self._extractor = _load_part(path, "extractor") if "extractor" in manifest else None
        self._classifier = _load_part(path, "classifier")
        fits = self._extractor is None or self._extractor.size == self._classifier.features
        if self._classifier.labels != self.labels or not fits:
            raise ValueError("the parts of the model in " + path + " do not belong together")
        with open(os.path.join(path, "calibration.json"), encoding="utf-8") as file:
            calibration = json.load(file)
        if calibration["method"] != "normalized_sigmoid":
            raise ValueError("calibration method " + calibration["method"] + " is not known here")
        self._scale = np.array(calibration["scale"], dtype=np.float32)
        self._bias = np.array(calibration["bias"], dtype=np.float32)

    @staticmethod
    def _read_manifest(path):
        with open(os.path.join(path, "manifest.json"), encoding="utf-8") as file:
            manifest = json.load(file)
        if manifest["format_version"] not in _FORMAT_VERSIONS:
            raise ValueError(f"format version {manifest['format_version']}; must be one of {_FORMAT_VERSIONS}")
        for name, expected in manifest["files"].items():
            digest = hashlib.sha256()
            with open(os.path.join(path, *name.split("/")), "rb") as file:
                for block in iter(lambda: file.read(1 << 20), b""):
                    digest.update(block)
            if digest.hexdigest() != expected:
                raise ValueError(name + " is damaged: its SHA-256 is not that of the manifest")
        return manifest

    def probabilities(self, designation, description):
        """The probability of every label, in the order of labels."""
        if self._extractor is None:
            scores = self._classifier.score_text(designation, description)
        else:
            indices, values = self._extractor.extract(designation, description)
            scores = self._classifier.score(indices, values)
        inner = np.clip(scores * self._scale + self._bias, -_LARGEST, _LARGEST).astype(np.float64)
        largest = inner.max()
        if largest < _ALL_SMALL:
            parts = np.exp(inner - largest)
        else:
            small = np.exp(-np.abs(inner))
            parts = np.where(inner < 0, small, 1) / (1 + small)
        return parts.astype(np.float32) * np.float32(1 / np.sum(parts))

    def predict(self, model_input, params=None):
        """One row a product: predicted_class, confidence, then the probability of every label.

        model_input is a DataFrame with the columns designation and description; a description may be missing.
        """
        frame = pd.DataFrame(model_input)
        designations = frame["designation"].tolist()
        descriptions = frame["description"].tolist() if "description" in frame else [None] * len(frame)
        rows = np.empty((len(frame), len(self.labels)), dtype=np.float32)
        for number, (designation, description) in enumerate(zip(designations, descriptions)):
            if not isinstance(designation, str):
                raise ValueError(f"row {number}: designation is {designation!r}; must be a text")
            rows[number] = self.probabilities(designation, description if isinstance(description, str) else "")
        best = rows.argmax(axis=1)
        answers = pd.DataFrame(index=frame.index)
        answers["predicted_class"] = np.array(self.labels, dtype=np.int64)[best]
        answers["confidence"] = rows[np.arange(len(rows)), best]
        names = ["probability_" + str(label) for label in self.labels]
        return pd.concat([answers, pd.DataFrame(rows, index=frame.index, columns=names)], axis=1)


def _load_part(path, part):
    folder = os.path.join(path, "code", part)
    module = os.path.join(folder, "plugin.py")
    with open(os.path.join(path, part + ".bin"), "rb") as file:
        state = file.read()
    # A name of its own, so that models of several plugin versions live in one process.
    name = "_control_room_" + part + "_" + hashlib.sha256(folder.encode()).hexdigest()[:16]
    spec = importlib.util.spec_from_file_location(name, module, submodule_search_locations=[folder])
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[name] = loaded
    spec.loader.exec_module(loaded)
    return loaded.load(state)
