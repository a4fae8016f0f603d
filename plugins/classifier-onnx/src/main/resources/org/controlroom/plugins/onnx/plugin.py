"""Reads what classifier-onnx saved, and gives the same scores: the model runs in ONNX Runtime here, too.

The state holds the files of the model; what they mean is the same as for the plugin, see its README.md.
"""

import os
import struct
import tempfile

import numpy as np
import onnxruntime

from .word_piece import WordPiece

_MODEL = "model.onnx"
_DESCRIPTION = "model.properties"
_VOCABULARY = "vocab.txt"
_SMALLEST = 1e-30
_LARGEST = 1 - 1e-12


def load(state):
    return OnnxClassifier(_files(state))


def _files(state):
    if state[:4] != b"CRON":
        raise ValueError("classifier-onnx: this is not a state of it")
    version, count = struct.unpack_from(">ii", state, 4)
    if version not in (1, 2):
        raise ValueError(f"classifier-onnx: format version {version}; must be 1 or 2")
    position = 12
    files = {}
    for _ in range(count):
        (length,) = struct.unpack_from(">H", state, position)
        name = bytes(state[position + 2 : position + 2 + length]).decode("utf-8")
        position += 2 + length
        (size,) = struct.unpack_from(">q", state, position)
        files[name] = state[position + 8 : position + 8 + size]
        position += 8 + size
    return files


class OnnxClassifier:
    """Takes the texts of products; sessions of ONNX Runtime may be used by several threads."""

    def __init__(self, files):
        described = _properties(bytes(files[_DESCRIPTION]).decode("utf-8"))
        codes = [int(code) for code in described["labels"].split(",")]
        self.labels = sorted(codes)
        self._columns = [codes.index(label) for label in self.labels]
        self._template = described.get("text", "{designation} {description}")
        self._probabilities = described.get("output_kind", "probabilities").strip() == "probabilities"
        self._max_tokens = int(described.get("max_tokens", "128"))
        self._word_piece = None
        if described.get("input", "text").strip() == "tokens":
            lower_case = described.get("lower_case", "true").strip() == "true"
            vocabulary = bytes(files[_VOCABULARY]).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
            self._word_piece = WordPiece(vocabulary.removesuffix("\n").split("\n"), lower_case)
        self._session = self._open(files)
        self._inputs = [each.name for each in self._session.get_inputs()]
        wanted = described.get("output", "").strip()
        self._output = next(
            each.name
            for each in self._session.get_outputs()
            if each.type == "tensor(float)" and wanted in ("", each.name)
        )

    def _open(self, files):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        weights = set(files) - {_MODEL, _DESCRIPTION, _VOCABULARY}
        providers = ["CPUExecutionProvider"]
        if not weights:
            return onnxruntime.InferenceSession(bytes(files[_MODEL]), options, providers=providers)
        # The model looks for its weights beside it; they stay there as long as this object lives.
        self._folder = tempfile.TemporaryDirectory(prefix="control-room-onnx-")
        for name in weights | {_MODEL}:
            with open(os.path.join(self._folder.name, name), "wb") as file:
                file.write(files[name])
        return onnxruntime.InferenceSession(os.path.join(self._folder.name, _MODEL), options, providers=providers)

    def score_text(self, designation, description):
        """The score of every label, in the order of labels."""
        text = self._template.replace("{designation}", designation).replace("{description}", description)
        inputs = {}
        if self._word_piece:
            ids = np.array([self._word_piece.encode(text, self._max_tokens)], dtype=np.int64)
            for name in self._inputs:
                inputs[name] = {"input_ids": ids, "attention_mask": np.ones_like(ids)}.get(name, np.zeros_like(ids))
        else:
            fields = {"designation": designation, "description": description}
            for name in self._inputs:
                told = _plain(text if len(self._inputs) == 1 else fields[name])
                inputs[name] = np.array([[told]], dtype=object)
        values = self._session.run([self._output], inputs)[0].reshape(-1)[self._columns]
        if not self._probabilities:
            return values.astype(np.float32)
        p = np.clip(values.astype(np.float64), _SMALLEST, _LARGEST)
        return (np.log(p) - np.log1p(-p)).astype(np.float32)


def _plain(text):
    """As the plugin hands it over: NUL is a space, and what is above U+FFFF or half of it is U+FFFD."""
    return "".join(
        " " if c == "\0" else "\ufffd" if c > "\uffff" or "\ud800" <= c <= "\udfff" else c for c in text
    )


def _properties(text):
    """The format of java.util.Properties."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = {}
    while lines:
        line = lines.pop(0).lstrip(" \t\f")
        if not line or line[0] in "#!":
            continue
        while _odd_end(line) and lines:
            line = line[:-1] + lines.pop(0).lstrip(" \t\f")
        end = 0
        while end < len(line) and line[end] not in "=: \t\f":
            end += 2 if line[end] == "\\" else 1
        value = line[end:].lstrip(" \t\f")
        if value[:1] in ("=", ":"):
            value = value[1:].lstrip(" \t\f")
        found[_unescaped(line[:end])] = _unescaped(value)
    return found


def _odd_end(line):
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _unescaped(text):
    out = []
    position = 0
    while position < len(text):
        c = text[position]
        position += 1
        if c == "\\" and position < len(text):
            c = text[position]
            position += 1
            if c == "u":
                c = chr(int(text[position : position + 4], 16))
                position += 4
            else:
                c = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}.get(c, c)
        elif c == "\\":
            break
        out.append(c)
    return "".join(out)
