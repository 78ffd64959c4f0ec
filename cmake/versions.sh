# The versions that setup.sh installs from PyPI and lint.sh uses. Sourced, not run.
readonly kTorchVersion=2.13.0
# The wheel that brings Arrow and Parquet, headers and libraries.
readonly kArrowVersion=26.0.1
readonly kLintTools=(clang-format==23.1.5 clang-tidy==23.1.4 codespell==2.4.3 gersemi==0.29.2)
# Other pins are another folder under .deps: change the number with them.
readonly kLintFolder=lint-23.1.5
# The Python package that the tokenizers equal: make oracle.
readonly kReferenceVersion=0.22.2
# And those that make bench measures beside it; the vocabularies of Unigram come from the last one.
readonly kSentencePieceVersion=0.2.3
readonly kBenchPeers=(tiktoken==0.14.0 "sentencepiece==$kSentencePieceVersion")
