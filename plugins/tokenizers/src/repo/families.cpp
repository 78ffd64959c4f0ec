#include <repo/families.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <span>
#include <string>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

#include <repo/role_tables.hpp>

namespace hezar::tokenizers {

namespace {

struct NamedFamily {
  std::string_view name;
  Family family;
  std::span<const RoleDefault> roles;
};

const NamedFamily kClasses[] = {
    {"AlbertTokenizer", make_albert, kAlbertRoles},
    {"BartTokenizer", make_roberta, kRobertaRoles},
    {"BarthezTokenizer", make_barthez, kStrippedMaskRoles},
    {"BertTokenizer", make_bert, kBertRoles},
    {"BigBirdTokenizer", make_big_bird, kBigBirdRoles},
    {"BlenderbotTokenizer", make_blenderbot, kStrippedMaskRoles},
    {"CLIPTokenizer", make_clip, kClipRoles},
    {"CamembertTokenizer", make_camembert, kStrippedMaskRoles},
    {"CodeGenTokenizer", make_codegen, kGpt2Roles},
    {"CodeLlamaTokenizer", make_code_llama, kCodeLlamaRoles},
    {"CohereTokenizer", make_cohere, kCohereRoles},
    {"ConvBertTokenizer", make_bert, kBertRoles},
    {"DPRContextEncoderTokenizer", make_dpr, kBertRoles},
    {"DPRQuestionEncoderTokenizer", make_dpr, kBertRoles},
    {"DPRReaderTokenizer", make_dpr, kBertRoles},
    {"DebertaTokenizer", make_deberta, kDebertaRoles},
    {"DebertaV2Tokenizer", make_deberta_v2, kDebertaRoles},
    {"DistilBertTokenizer", make_bert, kBertRoles},
    {"ElectraTokenizer", make_bert, kBertRoles},
    {"FunnelTokenizer", make_funnel, kFunnelRoles},
    {"GPT2Tokenizer", make_gpt2, kGpt2Roles},
    {"GPTNeoXTokenizer", make_gpt_neox, kGptNeoxRoles},
    {"GemmaTokenizer", make_gemma, kGemmaRoles},
    {"HerbertTokenizer", make_herbert, kHerbertRoles},
    {"LEDTokenizer", make_roberta, kRobertaRoles},
    {"LayoutLMTokenizer", make_bert, kBertRoles},
    {"LayoutLMv2Tokenizer", make_bert, kBertRoles},
    {"LayoutLMv3Tokenizer", make_layoutlmv3, kRobertaRoles},
    {"LayoutXLMTokenizer", make_layoutxlm, kStrippedMaskRoles},
    {"LlamaTokenizer", make_llama, kLlamaRoles},
    {"LongformerTokenizer", make_roberta, kRobertaRoles},
    {"LxmertTokenizer", make_bert, kBertRoles},
    {"MBart50Tokenizer", make_mbart50, kMbart50Roles},
    {"MBartTokenizer", make_mbart, kStrippedMaskRoles},
    {"MPNetTokenizer", make_mpnet, kMpnetRoles},
    {"MT5Tokenizer", make_t5, kT5Roles},
    {"MobileBertTokenizer", make_bert, kBertRoles},
    {"MvpTokenizer", make_roberta, kRobertaRoles},
    {"NllbTokenizer", make_nllb, kNllbRoles},
    {"OpenAIGPTTokenizer", make_openai_gpt, kOpenAiGptRoles},
    {"Qwen2Tokenizer", make_qwen2, kQwen2Roles},
    {"ReformerTokenizer", make_reformer, kReformerRoles},
    {"RemBertTokenizer", make_rembert, kAlbertRoles},
    {"RetriBertTokenizer", make_bert, kBertRoles},
    {"RobertaTokenizer", make_roberta, kRobertaRoles},
    {"SeamlessM4TTokenizer", make_seamless, kSeamlessRoles},
    {"SplinterTokenizer", make_splinter, kSplinterRoles},
    {"SqueezeBertTokenizer", make_bert, kBertRoles},
    {"T5Tokenizer", make_t5, kT5Roles},
    {"UdopTokenizer", make_udop, kUdopRoles},
    {"WhisperTokenizer", make_whisper, kGpt2Roles},
    {"XLMRobertaTokenizer", make_xlm_roberta, kRobertaRoles},
    {"XLNetTokenizer", make_xlnet, kXlnetRoles},
    // these say nothing
    {"PreTrainedTokenizer", {}, {}},
    {"TokenizersBackend", {}, {}},
};

struct NamedType {
  std::string_view name;
  std::string_view tokenizer_class;
};

/// The class of a model type. Some of them are none of the above.
constexpr NamedType kModelTypes[] = {
    {"albert", "AlbertTokenizer"},
    {"align", "BertTokenizer"},
    {"bart", "RobertaTokenizer"},
    {"barthez", "BarthezTokenizer"},
    {"bert", "BertTokenizer"},
    {"bert-generation", "BertGenerationTokenizer"},
    {"bertweet", "BertweetTokenizer"},
    {"big_bird", "BigBirdTokenizer"},
    {"bigbird_pegasus", "PegasusTokenizer"},
    {"biogpt", "BioGptTokenizer"},
    {"blenderbot", "BlenderbotTokenizer"},
    {"blenderbot-small", "BlenderbotSmallTokenizer"},
    {"blip", "BertTokenizer"},
    {"blip-2", "GPT2Tokenizer"},
    {"bridgetower", "RobertaTokenizer"},
    {"camembert", "CamembertTokenizer"},
    {"chinese_clip", "BertTokenizer"},
    {"clap", "RobertaTokenizer"},
    {"clip", "CLIPTokenizer"},
    {"clipseg", "CLIPTokenizer"},
    {"code_llama", "CodeLlamaTokenizer"},
    {"codegen", "GPT2Tokenizer"},
    {"cohere", "CohereTokenizer"},
    {"convbert", "BertTokenizer"},
    {"ctrl", "CTRLTokenizer"},
    {"data2vec-text", "RobertaTokenizer"},
    {"deberta", "DebertaTokenizer"},
    {"deberta-v2", "DebertaV2Tokenizer"},
    {"distilbert", "BertTokenizer"},
    {"dpr", "DPRQuestionEncoderTokenizer"},
    {"electra", "BertTokenizer"},
    {"ernie", "BertTokenizer"},
    {"esm", "EsmTokenizer"},
    {"flaubert", "FlaubertTokenizer"},
    {"fnet", "FNetTokenizer"},
    {"fsmt", "FSMTTokenizer"},
    {"funnel", "FunnelTokenizer"},
    {"gemma", "GemmaTokenizer"},
    {"gemma2", "GemmaTokenizer"},
    {"gemma3", "GemmaTokenizer"},
    {"gemma3_text", "GemmaTokenizer"},
    {"git", "BertTokenizer"},
    {"gpt-sw3", "GPTSw3Tokenizer"},
    {"gpt2", "GPT2Tokenizer"},
    {"gpt_bigcode", "GPT2Tokenizer"},
    {"gpt_neo", "GPT2Tokenizer"},
    {"gpt_neox", "GPTNeoXTokenizer"},
    {"gpt_neox_japanese", "GPTNeoXJapaneseTokenizer"},
    {"gptj", "GPT2Tokenizer"},
    {"groupvit", "CLIPTokenizer"},
    {"ibert", "RobertaTokenizer"},
    {"instructblip", "GPT2Tokenizer"},
    {"kosmos-2", "XLMRobertaTokenizer"},
    {"layoutlm", "BertTokenizer"},
    {"layoutlmv2", "BertTokenizer"},
    {"layoutlmv3", "LayoutLMv3Tokenizer"},
    {"layoutxlm", "LayoutXLMTokenizer"},
    {"led", "RobertaTokenizer"},
    {"lilt", "RobertaTokenizer"},
    {"llama", "CodeLlamaTokenizer"},  // the reference knows this type by its last name only
    {"longformer", "RobertaTokenizer"},
    {"lxmert", "BertTokenizer"},
    {"m2m_100", "M2M100Tokenizer"},
    {"mamba", "GPTNeoXTokenizer"},
    {"marian", "MarianTokenizer"},
    {"mbart", "MBartTokenizer"},
    {"megatron-bert", "BertTokenizer"},
    {"mobilebert", "BertTokenizer"},
    {"mpnet", "MPNetTokenizer"},
    {"mpt", "GPTNeoXTokenizer"},
    {"mt5", "T5Tokenizer"},
    {"musicgen", "T5Tokenizer"},
    {"mvp", "RobertaTokenizer"},
    {"nezha", "BertTokenizer"},
    {"nllb-moe", "NllbTokenizer"},
    {"nystromformer", "AlbertTokenizer"},
    {"openai-gpt", "OpenAIGPTTokenizer"},
    {"opt", "GPT2Tokenizer"},
    {"owlvit", "CLIPTokenizer"},
    {"pegasus", "PegasusTokenizer"},
    {"pegasus_x", "PegasusTokenizer"},
    {"phi", "GPT2Tokenizer"},
    {"phobert", "PhobertTokenizer"},
    {"pix2struct", "T5Tokenizer"},
    {"plbart", "PLBartTokenizer"},
    {"prophetnet", "ProphetNetTokenizer"},
    {"qwen2", "Qwen2Tokenizer"},
    {"qwen2_moe", "Qwen2Tokenizer"},
    {"qwen2_vl", "Qwen2Tokenizer"},
    {"qwen3", "Qwen2Tokenizer"},
    {"reformer", "ReformerTokenizer"},
    {"rembert", "RemBertTokenizer"},
    {"retribert", "BertTokenizer"},
    {"roberta", "RobertaTokenizer"},
    {"roberta-prelayernorm", "RobertaTokenizer"},
    {"roc_bert", "RoCBertTokenizer"},
    {"roformer", "RoFormerTokenizer"},
    {"seamless_m4t", "SeamlessM4TTokenizer"},
    {"siglip", "SiglipTokenizer"},
    {"speech_to_text", "Speech2TextTokenizer"},
    {"speecht5", "SpeechT5Tokenizer"},
    {"splinter", "SplinterTokenizer"},
    {"squeezebert", "BertTokenizer"},
    {"stablelm", "GPTNeoXTokenizer"},
    {"starcoder2", "GPT2Tokenizer"},
    {"switch_transformers", "T5Tokenizer"},
    {"t5", "T5Tokenizer"},
    {"tapas", "TapasTokenizer"},
    {"trocr", "XLMRobertaTokenizer"},
    {"udop", "UdopTokenizer"},
    {"umt5", "T5Tokenizer"},
    {"vilt", "BertTokenizer"},
    {"visual_bert", "BertTokenizer"},
    {"whisper", "WhisperTokenizer"},
    {"xclip", "CLIPTokenizer"},
    {"xglm", "XGLMTokenizer"},
    {"xlm", "XLMTokenizer"},
    {"xlm-roberta", "XLMRobertaTokenizer"},
    {"xlm-roberta-xl", "XLMRobertaTokenizer"},
    {"xlnet", "XLNetTokenizer"},
    {"xmod", "XLMRobertaTokenizer"},
    {"yoso", "AlbertTokenizer"},
};

template <class Row, std::size_t N>
const Row* find(const Row (&table)[N], std::string_view name) {
  const auto found = std::find_if(std::begin(table), std::end(table),
                                  [&](const Row& known) { return known.name == name; });
  return found == std::end(table) ? nullptr : found;
}

/// The class that the files name, or that of the model type; empty without one.
std::string_view class_of(const RepoSettings& settings) {
  if (!settings.tokenizer_class.empty()) return settings.tokenizer_class;
  const NamedType* known = find(kModelTypes, settings.model_type);
  return known == nullptr ? std::string_view() : known->tokenizer_class;
}

}  // namespace

std::optional<std::span<const RoleDefault>> roles_of(const RepoSettings& settings) {
  const NamedFamily* known = find(kClasses, class_of(settings));
  return known == nullptr ? std::nullopt : std::optional(known->roles);
}

Family family_of(const RepoSettings& settings, std::string_view origin) {
  const std::string_view name = class_of(settings);
  if (name.empty()) return {};
  if (const NamedFamily* known = find(kClasses, name)) return known->family;
  std::string names;
  for (const NamedFamily& known : kClasses) {
    names += text::concat(names.empty() ? "" : ", ", known.name);
  }
  throw expected_error(ErrorCode::kFormat, text::concat(origin, ": tokenizer_class"),
                       text::concat("one of ", names), text::concat('"', name, '"'),
                       "Save the tokenizer with Transformers once more, so that the repo has a "
                       "tokenizer.json.");
}

}  // namespace hezar::tokenizers
