#include <repo/families.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::tokenizers {

namespace {

struct NamedFamily {
  std::string_view name;
  Family family;
};

constexpr NamedFamily kClasses[] = {
    {"BertTokenizer", Family::kBert},
    {"DistilBertTokenizer", Family::kBert},
    {"ElectraTokenizer", Family::kBert},
    {"MobileBertTokenizer", Family::kBert},
    {"ConvBertTokenizer", Family::kBert},
    {"GPT2Tokenizer", Family::kGpt2},
    {"RobertaTokenizer", Family::kRoberta},
    {"BartTokenizer", Family::kRoberta},
    {"LongformerTokenizer", Family::kRoberta},
    {"T5Tokenizer", Family::kT5},
    {"MT5Tokenizer", Family::kT5},
    {"XLMRobertaTokenizer", Family::kXlmRoberta},
    {"LlamaTokenizer", Family::kLlama},
    // these say nothing
    {"PreTrainedTokenizer", Family::kNone},
    {"TokenizersBackend", Family::kNone},
};

constexpr NamedFamily kModelTypes[] = {
    {"bert", Family::kBert},
    {"distilbert", Family::kBert},
    {"electra", Family::kBert},
    {"mobilebert", Family::kBert},
    {"convbert", Family::kBert},
    {"gpt2", Family::kGpt2},
    {"gpt_neo", Family::kGpt2},
    {"gptj", Family::kGpt2},
    {"roberta", Family::kRoberta},
    {"bart", Family::kRoberta},
    {"longformer", Family::kRoberta},
    {"t5", Family::kT5},
    {"mt5", Family::kT5},
    {"xlm-roberta", Family::kXlmRoberta},
    {"llama", Family::kLlama},
};

template <std::size_t N>
const NamedFamily* find(const NamedFamily (&table)[N], std::string_view name) {
  const auto found = std::find_if(std::begin(table), std::end(table),
                                  [&](const NamedFamily& known) { return known.name == name; });
  return found == std::end(table) ? nullptr : found;
}

}  // namespace

Family family_of(const RepoSettings& settings, std::string_view origin) {
  if (settings.tokenizer_class.empty()) {
    const NamedFamily* known = find(kModelTypes, settings.model_type);
    return known == nullptr ? Family::kNone : known->family;
  }
  if (const NamedFamily* known = find(kClasses, settings.tokenizer_class)) return known->family;
  std::string names;
  for (const NamedFamily& known : kClasses) {
    names += text::concat(names.empty() ? "" : ", ", known.name);
  }
  throw expected_error(ErrorCode::kFormat, text::concat(origin, ": tokenizer_class"),
                       text::concat("one of ", names),
                       text::concat('"', settings.tokenizer_class, '"'),
                       "Save the tokenizer with Transformers once more, so that the repo has a "
                       "tokenizer.json.");
}

}  // namespace hezar::tokenizers
