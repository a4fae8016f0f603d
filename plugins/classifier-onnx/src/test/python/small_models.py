"""Makes the small models of these tests, src/test/models: run it where scikit-learn and skl2onnx are.

    python small_models.py FOLDER_OF_onnx_model.py TARGET
"""

import os
import sys

import numpy as np
import onnx
import pandas as pd
from onnx import TensorProto, helper, numpy_helper

WORDS = "chaise table bureau jardin pliante bois fer verre livre roman jeu console piscine pompe lampe velo".split()
CLASSES = [10, 40, 1280, 2280, 2583, 2705]


def products(random, count):
    rows = []
    for row in range(count):
        label = row % len(CLASSES)
        own = WORDS[2 * label : 2 * label + 2]
        words = [str(random.choice(own if random.random() < 0.7 else WORDS)) for _ in range(6)]
        rows.append((" ".join(words[:3]), " ".join(words[3:]), CLASSES[label]))
    return pd.DataFrame(rows, columns=["designation", "description", "label"])


def tokens_model(random):
    """The mean of random vectors of the tokens, with a random head."""
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] + WORDS + list("abcdefghijklmnopqrstuvwxyz0123456789,.!<>&;")
    vocabulary += ["##" + each for each in "abcdefghijklmnopqrstuvwxyz0123456789"]
    constants = {
        "vectors": random.normal(size=(len(vocabulary), 8)).astype(np.float32),
        "head": random.normal(size=(8, len(CLASSES))).astype(np.float32),
        "middle": np.array([1], dtype=np.int64),
        "last": np.array([2], dtype=np.int64),
    }
    nodes = [
        helper.make_node("Gather", ["vectors", "input_ids"], ["gathered"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["column"]),
        helper.make_node("Mul", ["gathered", "column"], ["masked"]),
        helper.make_node("ReduceSum", ["masked", "middle"], ["total"], keepdims=0),
        helper.make_node("ReduceSum", ["column", "middle"], ["count"], keepdims=0),
        helper.make_node("Div", ["total", "count"], ["mean"]),
        helper.make_node("MatMul", ["mean", "head"], ["scores"]),
        helper.make_node("Softmax", ["scores"], ["probabilities"], axis=1),
    ]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["products", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["products", len(CLASSES)])
    values = [numpy_helper.from_array(value, name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "tokens", inputs, [output], values)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), vocabulary


def main(folder, target):
    sys.path.insert(0, folder)
    import onnx_model

    random = np.random.default_rng(1)
    frame = products(random, 120)
    onnx_model.make_linear(frame, frame["label"].to_numpy(), os.path.join(target, "linear"))
    model, vocabulary = tokens_model(random)
    onnx_model.save(os.path.join(target, "tokens"), model, CLASSES, frame[:0], [], vocabulary)
    # The same with its weights in a second file, as MLflow logs models.
    outside = os.path.join(target, "outside")
    onnx_model.save(outside, model, CLASSES, frame[:0], [], vocabulary)
    onnx.save_model(
        model,
        os.path.join(outside, "model.onnx"),
        save_as_external_data=True,
        location="5d2c0a8e-weights.data",
        size_threshold=64,
    )


main(sys.argv[1], sys.argv[2])
