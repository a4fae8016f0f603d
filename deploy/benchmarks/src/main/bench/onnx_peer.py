"""scikit-learn's own throughput on the pipeline whose ONNX export OnnxBenchmark serves.

make PRODUCTS LABELS FOLDER ROWS: trains on the first rows and exports; prints nothing.
rate PRODUCTS FOLDER ROWS ROUNDS: prints the products a second of predict_proba on the first rows, the best round.
"""

import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
sys.path.insert(0, os.path.join(os.path.dirname(__file__), *[".."] * 4, "python"))

import joblib
import onnx_model


def main(action, *arguments):
    if action == "make":
        products, labels, folder, rows = arguments
        frame, codes = onnx_model.read(products, labels, int(rows))
        pipeline = onnx_model.make_linear(frame, codes, folder)
        joblib.dump(pipeline, os.path.join(folder, "pipeline.joblib"))
        return
    products, folder, rows, rounds = arguments
    import pandas as pd

    frame = pd.read_csv(products, index_col=0, nrows=int(rows), keep_default_na=False)
    pipeline = joblib.load(os.path.join(folder, "pipeline.joblib"))
    texts = onnx_model.texts(frame)
    best = 0
    for _ in range(int(rounds)):
        start = time.perf_counter()
        pipeline.predict_proba(texts)
        best = max(best, len(texts) / (time.perf_counter() - start))
    print(f"{best:.0f}")


main(*sys.argv[1:])
