"""Makes both ONNX models of onnx_model.py on a catalogue, and says which label Python gives the products that follow.

Arguments: folder of onnx_model.py, the catalogue's two files, a folder for the models, products to answer by each.
"""

import json
import os
import sys

LINEAR_ROWS = 1_200
SENTENCE_ROWS = 120


def write(folder, name, frame, labels):
    with open(os.path.join(folder, name + ".ndjson"), "w", encoding="utf-8") as file:
        for row in frame.itertuples():
            file.write(json.dumps({"designation": row.designation, "description": row.description}) + "\n")
    with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8") as file:
        json.dump([int(label) for label in labels], file)


def main(code, products, labels, folder, linear, sentences):
    sys.path.insert(0, code)
    import onnx
    import onnx_model

    frame, codes = onnx_model.read(products, labels)
    asked = frame[-linear:]
    pipeline = onnx_model.make_linear(frame[:LINEAR_ROWS], codes[:LINEAR_ROWS], os.path.join(folder, "linear"))
    write(folder, "linear", asked, pipeline.predict(onnx_model.texts(asked)))

    target = os.path.join(folder, "sentences")
    onnx_model.make_sentences(frame[:SENTENCE_ROWS], codes[:SENTENCE_ROWS], target)
    running = onnx_model.session(onnx.load(os.path.join(target, "model.onnx")))
    tokenizer = onnx_model.Sentences().tokenizer
    classes = sorted(set(codes[:SENTENCE_ROWS].tolist()))
    some = frame[-sentences:]
    found = [classes[onnx_model.run_tokens(running, tokenizer, text).argmax()] for text in onnx_model.texts(some)]
    write(folder, "sentences", some, found)


main(*sys.argv[1:5], int(sys.argv[5]), int(sys.argv[6]))
