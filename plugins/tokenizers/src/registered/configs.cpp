#include <hezar/tokenizers/bpe_config.hpp>
#include <hezar/tokenizers/tokenizer_config.hpp>

namespace hezar {

// Not inline: GCC 12 warns of members left uninitialized where it sees through these constructors.
TokenizerConfig::TokenizerConfig() = default;

WordPieceConfig::WordPieceConfig() {
  truncation_side = "right";
  padding_side = "right";
  stride = 0;
  pad_to_multiple_of = 0;
  unk_token = "[UNK]";
  sep_token = "[SEP]";
  pad_token = "[PAD]";
  cls_token = "[CLS]";
  mask_token = "[MASK]";
}

SentenceTokensConfig::SentenceTokensConfig() {
  truncation_side = "right";
  padding_side = "right";
  stride = 0;
  pad_to_multiple_of = 0;
  bos_token = "<s>";
  eos_token = "</s>";
  unk_token = "<unk>";
  sep_token = "<sep>";
  pad_token = "<pad>";
  cls_token = "<cls>";
  mask_token = "<mask>";
}

}  // namespace hezar
