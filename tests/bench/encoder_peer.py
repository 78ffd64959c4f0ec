"""Times one peer for bench_encoders.py, in this process only.

    python encoder_peer.py prepare MODEL FOLDER      writes the forms that the peers read
    python encoder_peer.py PEER FOLDER THREADS SECONDS WORKLOADS.json

PEER: transformers-fp32, transformers-bf16, compile-fp32, compile-bf16 (transformers under torch.compile), onnxruntime-fp32,
onnxruntime-int8, ctranslate2-fp32, ctranslate2-int8. Prints {workload: seconds}, the median of the runs that fit into
SECONDS, at least one, after a batch to warm up.
"""

import json
import os
import pathlib
import statistics
import sys
import time

# The last one is what the converter of ctranslate2 asks for.
SHAPE = {"vocab_size": 42000, "num_labels": 3, "position_embedding_type": "absolute"}


def transformers():
    os.environ["HF_HUB_OFFLINE"] = "1"
    import transformers as library

    library.logging.set_verbosity_error()
    return library


def pad(batch, numpy):
    """ids and mask, int64 [texts, longest]."""
    ids = numpy.zeros((len(batch), max(map(len, batch))), numpy.int64)
    mask = numpy.zeros_like(ids)
    for row, text in enumerate(batch):
        ids[row, : len(text)] = text
        mask[row, : len(text)] = 1
    return ids, mask


def prepare(model, folder):
    import torch
    from ctranslate2.converters import TransformersConverter
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from safetensors.torch import load_file

    library = transformers()
    network = library.BertForSequenceClassification(library.BertConfig(**SHAPE))
    network.load_state_dict(load_file(model / "model.safetensors"), strict=False)
    network.eval().save_pretrained(folder / "transformers")
    (folder / "transformers" / "vocab.txt").write_text("\n".join(f"t{i}" for i in range(SHAPE["vocab_size"])))
    library.BertTokenizerFast(vocab_file=str(folder / "transformers" / "vocab.txt")).save_pretrained(folder / "transformers")

    class Logits(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.network = network

        def forward(self, input_ids, attention_mask):
            return self.network(input_ids=input_ids, attention_mask=attention_mask).logits

    ids = torch.randint(5, 1000, (2, 24))
    names = ["input_ids", "attention_mask"]
    torch.onnx.export(Logits(), (ids, torch.ones_like(ids)), str(folder / "fp32.onnx"), input_names=names,
                      output_names=["logits"], dynamic_axes={name: {0: "texts", 1: "tokens"} for name in names},
                      opset_version=17, dynamo=False)
    quantize_dynamic(str(folder / "fp32.onnx"), str(folder / "int8.onnx"), per_channel=True, weight_type=QuantType.QInt8,
                     extra_options={"MatMulConstBOnly": True})
    for name, kind in (("fp32", "float32"), ("int8", "int8")):
        TransformersConverter(str(folder / "transformers")).convert(str(folder / f"ctranslate2-{name}"), quantization=kind,
                                                                    force=True)


def run_transformers(folder, precision, threads, compiled=False):
    import numpy
    import torch

    torch.set_num_threads(threads)
    kind = torch.bfloat16 if precision == "bf16" else torch.float32
    network = transformers().BertForSequenceClassification.from_pretrained(folder / "transformers", dtype=kind).eval()
    if compiled:
        import torch._inductor.config

        torch._inductor.config.freezing = True
        network = torch.compile(network)

    def run(batch):
        ids, mask = pad(batch, numpy)
        # Freezing wants no_grad(), not inference_mode().
        with torch.no_grad() if compiled else torch.inference_mode():
            network(input_ids=torch.from_numpy(ids), attention_mask=torch.from_numpy(mask))

    return run


def run_compile(folder, precision, threads):
    return run_transformers(folder, precision, threads, compiled=True)


def run_onnxruntime(folder, precision, threads):
    import numpy
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(folder / f"{precision}.onnx"), options, providers=["CPUExecutionProvider"])

    def run(batch):
        ids, mask = pad(batch, numpy)
        session.run(None, {"input_ids": ids, "attention_mask": mask})

    return run


def run_ctranslate2(folder, precision, threads):
    import ctranslate2
    import numpy

    kind = {"fp32": "float32", "int8": "int8"}[precision]
    encoder = ctranslate2.Encoder(str(folder / f"ctranslate2-{precision}"), compute_type=kind, intra_threads=threads,
                                  inter_threads=1)
    return lambda batch: numpy.array(encoder.forward_batch(batch).pooler_output)


def measure(run, batches, seconds):
    state, rows = 0, []
    for batch in batches:
        rows.append([])
        for length in batch:
            rows[-1].append([5 + (state + i) * 7919 % 41000 for i in range(length)])
            state += length
    for _ in range(2):
        run(rows[0])
    times, end = [], time.perf_counter() + seconds
    while not times or time.perf_counter() < end:
        start = time.perf_counter()
        for batch in rows:
            run(batch)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main():
    if sys.argv[1] == "prepare":
        prepare(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
        return
    peer, folder, threads, seconds, workloads = sys.argv[1:]
    os.environ["OMP_NUM_THREADS"] = threads
    library, precision = peer.split("-")
    make = {"transformers": run_transformers, "compile": run_compile, "onnxruntime": run_onnxruntime, "ctranslate2": run_ctranslate2}[library]
    run = make(pathlib.Path(folder), precision, int(threads))
    lengths = json.loads(pathlib.Path(workloads).read_text())
    if library == "compile":  # each new shape would compile again
        lengths = {name: batches for name, batches in lengths.items() if len(batches) == 1}
    print(json.dumps({name: measure(run, batches, float(seconds)) for name, batches in lengths.items()}))


if __name__ == "__main__":
    main()
