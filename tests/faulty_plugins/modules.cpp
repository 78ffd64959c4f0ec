#include <faulty_plugins/modules.hpp>

#include <hezar/text/utf8.hpp>

namespace hezar::test {

void register_modules(Registrar& registrar) {
  const auto between = [](Fault first, Fault last) { return kFault >= first && kFault <= last; };
  const bool all = kFault == Fault::kNone;
  if (all || between(Fault::kModelOutputs, Fault::kModelWeights)) register_model(registrar);
  if (all || between(Fault::kPreprocessorDeterminism, Fault::kPreprocessorOptions)) {
    register_normalizer(registrar);
  }
  if (all || between(Fault::kPreprocessorSave, Fault::kTokenizerDecode)) {
    register_tokenizer(registrar);
  }
  if (all || between(Fault::kDatasetRows, Fault::kDatasetCollator)) register_dataset(registrar);
  if (all || between(Fault::kFile, Fault::kModuleSave) ||
      between(Fault::kMetricDeterminism, Fault::kMetricBadInput)) {
    register_metric(registrar);
  }
  if (all || between(Fault::kEmbeddingWords, Fault::kEmbeddingSave)) register_embedding(registrar);
  if (all || between(Fault::kTrainerParts, Fault::kTrainerForeignModel)) {
    register_trainer(registrar);
  }
}

void require_utf8(const std::string& text) {
  if (const auto at = text::find_invalid_utf8(text)) {
    throw text::invalid_utf8_error("text", text, *at);
  }
}

int calls() {
  static int count = 0;
  return count++;
}

}  // namespace hezar::test
