#include <plugin/first_party_modules.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include <hezar/plugin/host.hpp>

namespace hezar {

namespace plugin {

namespace {

constexpr std::array kModules = {
    FirstPartyModule{Kind::kModel, "bert", "bert"},
    FirstPartyModule{Kind::kModel, "bert_mask_filling", "bert"},
    FirstPartyModule{Kind::kModel, "bert_sequence_labeling", "bert"},
    FirstPartyModule{Kind::kModel, "bert_text_classification", "bert"},
    FirstPartyModule{Kind::kModel, "bert_text_embedding", "bert"},
    FirstPartyModule{Kind::kModel, "roberta", "roberta"},
    FirstPartyModule{Kind::kModel, "roberta_mask_filling", "roberta"},
    FirstPartyModule{Kind::kModel, "roberta_sequence_labeling", "roberta"},
    FirstPartyModule{Kind::kModel, "roberta_text_classification", "roberta"},
    FirstPartyModule{Kind::kModel, "roberta_text_embedding", "roberta"},
    FirstPartyModule{Kind::kModel, "distilbert", "distilbert"},
    FirstPartyModule{Kind::kModel, "distilbert_mask_filling", "distilbert"},
    FirstPartyModule{Kind::kModel, "distilbert_sequence_labeling", "distilbert"},
    FirstPartyModule{Kind::kModel, "distilbert_text_classification", "distilbert"},
    FirstPartyModule{Kind::kModel, "distilbert_text_embedding", "distilbert"},
    FirstPartyModule{Kind::kModel, "vit", "vit"},
    FirstPartyModule{Kind::kModel, "gpt2_text_generation", "gpt2"},
    FirstPartyModule{Kind::kModel, "t5_text_generation", "t5"},
    FirstPartyModule{Kind::kModel, "whisper_speech_recognition", "whisper"},
    FirstPartyModule{Kind::kModel, "beit_roberta_image2text", "vision_encoder_decoder"},
    FirstPartyModule{Kind::kModel, "trocr_image2text", "vision_encoder_decoder"},
    FirstPartyModule{Kind::kModel, "vit_gpt2_image2text", "vision_encoder_decoder"},
    FirstPartyModule{Kind::kModel, "vit_roberta_image2text", "vision_encoder_decoder"},
    FirstPartyModule{Kind::kModel, "crnn_image2text", "crnn"},
    FirstPartyModule{Kind::kModel, "craft_text_detection", "craft"},
    FirstPartyModule{Kind::kPreprocessor, "text_normalizer", "text"},
    FirstPartyModule{Kind::kPreprocessor, "image_processor", "image"},
    FirstPartyModule{Kind::kPreprocessor, "craft_image_processor", "craft"},
    FirstPartyModule{Kind::kPreprocessor, "whisper_feature_extractor", "whisper"},
    FirstPartyModule{Kind::kPreprocessor, "whisper_bpe_tokenizer", "whisper"},
    FirstPartyModule{Kind::kPreprocessor, "transformers_tokenizer", "tokenizers"},
    FirstPartyModule{Kind::kPreprocessor, "wordpiece_tokenizer", "tokenizers"},
    FirstPartyModule{Kind::kPreprocessor, "bpe_tokenizer", "tokenizers"},
    FirstPartyModule{Kind::kPreprocessor, "sentencepiece_bpe_tokenizer", "tokenizers"},
    FirstPartyModule{Kind::kPreprocessor, "sentencepiece_unigram_tokenizer", "tokenizers"},
    FirstPartyModule{Kind::kDataset, "text_classification", "datasets"},
    FirstPartyModule{Kind::kDataset, "sequence_labeling", "datasets"},
    FirstPartyModule{Kind::kDataset, "text_summarization", "datasets"},
    FirstPartyModule{Kind::kDataset, "ocr", "datasets"},
    FirstPartyModule{Kind::kDataset, "image_captioning", "datasets"},
    FirstPartyModule{Kind::kDataset, "speech_recognition", "datasets"},
    FirstPartyModule{Kind::kEmbedding, "fasttext", "embeddings"},
    FirstPartyModule{Kind::kEmbedding, "word2vec", "embeddings"},
    FirstPartyModule{Kind::kMetric, "accuracy", "metrics"},
    FirstPartyModule{Kind::kMetric, "bleu", "metrics"},
    FirstPartyModule{Kind::kMetric, "cer", "metrics"},
    FirstPartyModule{Kind::kMetric, "f1", "metrics"},
    FirstPartyModule{Kind::kMetric, "precision", "metrics"},
    FirstPartyModule{Kind::kMetric, "recall", "metrics"},
    FirstPartyModule{Kind::kMetric, "rouge", "metrics"},
    FirstPartyModule{Kind::kMetric, "seqeval", "metrics"},
    FirstPartyModule{Kind::kMetric, "wer", "metrics"},
    FirstPartyModule{Kind::kTrainer, "trainer", "trainer"},
};

}  // namespace

std::span<const FirstPartyModule> first_party_modules() noexcept {
  return kModules;
}

}  // namespace plugin

std::optional<std::string> PluginHost::first_party_provider(Kind kind, std::string_view module) {
  const auto modules = plugin::first_party_modules();
  const auto found = std::find_if(modules.begin(), modules.end(), [&](const auto& known) {
    return known.kind == kind && known.name == module;
  });
  if (found == modules.end()) return std::nullopt;
  return std::string(found->plugin);
}

bool PluginHost::is_first_party(std::string_view name) {
  const auto modules = plugin::first_party_modules();
  return std::any_of(modules.begin(), modules.end(),
                     [&](const auto& known) { return known.plugin == name; });
}

}  // namespace hezar
