#pragma once

#include <array>

#include <repo/role_tokens.hpp>

/// The role tokens that Transformers' classes have where the files name none.
/// @source transformers 5.3.0
namespace hezar::tokenizers {

inline constexpr RoleDefault kBertRoles[] = {{"unk_token", "[UNK]"},
                                             {"sep_token", "[SEP]"},
                                             {"pad_token", "[PAD]"},
                                             {"cls_token", "[CLS]"},
                                             {"mask_token", "[MASK]"}};
inline constexpr RoleDefault kSplinterRoles[] = {
    {"unk_token", "[UNK]"}, {"sep_token", "[SEP]"},   {"pad_token", "[PAD]"},
    {"cls_token", "[CLS]"}, {"mask_token", "[MASK]"}, {"question_token", "[QUESTION]"}};
inline constexpr RoleDefault kFunnelRoles[] = {
    {"bos_token", "<s>"},   {"eos_token", "</s>"},  {"unk_token", "<unk>"},  {"sep_token", "<sep>"},
    {"pad_token", "<pad>"}, {"cls_token", "<cls>"}, {"mask_token", "<mask>"}};
inline constexpr RoleDefault kMpnetRoles[] = {{"bos_token", "<s>"},
                                              {"eos_token", "</s>"},
                                              {"unk_token", "[UNK]"},
                                              {"sep_token", "</s>"},
                                              {"pad_token", "<pad>"},
                                              {"cls_token", "<s>"},
                                              {"mask_token", "<mask>", RoleStyle::kStripped}};
inline constexpr RoleDefault kGpt2Roles[] = {
    {"bos_token", "<|endoftext|>"}, {"eos_token", "<|endoftext|>"}, {"unk_token", "<|endoftext|>"}};
inline constexpr RoleDefault kGptNeoxRoles[] = {{"bos_token", "<|endoftext|>"},
                                                {"eos_token", "<|endoftext|>"},
                                                {"unk_token", "<|endoftext|>"},
                                                {"pad_token", "<|padding|>"}};
inline constexpr RoleDefault kQwen2Roles[] = {
    {"eos_token", "<|endoftext|>"}, {"unk_token", "<|endoftext|>"}, {"pad_token", "<|endoftext|>"}};
inline constexpr RoleDefault kDebertaRoles[] = {
    {"bos_token", "[CLS]"}, {"eos_token", "[SEP]"}, {"unk_token", "[UNK]"},  {"sep_token", "[SEP]"},
    {"pad_token", "[PAD]"}, {"cls_token", "[CLS]"}, {"mask_token", "[MASK]"}};
inline constexpr RoleDefault kCohereRoles[] = {
    {"bos_token", "<BOS_TOKEN>"},  {"eos_token", "<|END_OF_TURN_TOKEN|>"},
    {"unk_token", "<UNK>"},        {"sep_token", "<SEP>"},
    {"pad_token", "<PAD>"},        {"cls_token", "<CLS>"},
    {"mask_token", "<MASK_TOKEN>"}};
inline constexpr RoleDefault kClipRoles[] = {{"bos_token", "<|startoftext|>"},
                                             {"eos_token", "<|endoftext|>"},
                                             {"unk_token", "<|endoftext|>"},
                                             {"pad_token", "<|endoftext|>"}};
inline constexpr RoleDefault kOpenAiGptRoles[] = {{"unk_token", "<unk>"}};
inline constexpr RoleDefault kHerbertRoles[] = {{"unk_token", "<unk>"},
                                                {"sep_token", "</s>"},
                                                {"pad_token", "<pad>"},
                                                {"cls_token", "<s>"},
                                                {"mask_token", "<mask>"}};
inline constexpr RoleDefault kT5Roles[] = {
    {"eos_token", "</s>"}, {"unk_token", "<unk>"}, {"pad_token", "<pad>"}};
inline constexpr RoleDefault kUdopRoles[] = {
    {"eos_token", "</s>"}, {"unk_token", "<unk>"}, {"sep_token", "</s>"}, {"pad_token", "<pad>"}};
inline constexpr RoleDefault kAlbertRoles[] = {
    {"bos_token", "[CLS]"}, {"eos_token", "[SEP]"}, {"unk_token", "<unk>"},  {"sep_token", "[SEP]"},
    {"pad_token", "<pad>"}, {"cls_token", "[CLS]"}, {"mask_token", "[MASK]"}};
inline constexpr RoleDefault kBigBirdRoles[] = {{"bos_token", "<s>"},
                                                {"eos_token", "</s>"},
                                                {"unk_token", "<unk>"},
                                                {"sep_token", "[SEP]"},
                                                {"pad_token", "<pad>"},
                                                {"cls_token", "[CLS]"},
                                                {"mask_token", "[MASK]", RoleStyle::kStripped}};
inline constexpr RoleDefault kXlnetRoles[] = {{"bos_token", "<s>"},
                                              {"eos_token", "</s>"},
                                              {"unk_token", "<unk>"},
                                              {"sep_token", "<sep>"},
                                              {"pad_token", "<pad>"},
                                              {"cls_token", "<cls>"},
                                              {"mask_token", "<mask>", RoleStyle::kStripped}};
inline constexpr RoleDefault kMbart50Roles[] = {
    {"eos_token", "</s>"},  {"unk_token", "<unk>"}, {"sep_token", "</s>"},
    {"pad_token", "<pad>"}, {"cls_token", "<s>"},   {"mask_token", "<mask>", RoleStyle::kStripped}};
inline constexpr RoleDefault kSeamlessRoles[] = {{"bos_token", "<s>"},   {"eos_token", "</s>"},
                                                 {"unk_token", "<unk>"}, {"sep_token", "</s>"},
                                                 {"pad_token", "<pad>"}, {"cls_token", "<s>"}};
inline constexpr RoleDefault kLlamaRoles[] = {
    {"bos_token", "<s>"}, {"eos_token", "</s>"}, {"unk_token", "<unk>"}};
inline constexpr RoleDefault kCodeLlamaRoles[] = {
    {"bos_token", "<s>"},       {"eos_token", "</s>"},      {"unk_token", "<unk>"},
    {"prefix_token", "▁<PRE>"}, {"middle_token", "▁<MID>"}, {"suffix_token", "▁<SUF>"},
    {"eot_token", "▁<EOT>"},    {"fill_token", "<FILL_ME>"}};
inline constexpr RoleDefault kGemmaRoles[] = {{"bos_token", "<bos>"},
                                              {"eos_token", "<eos>"},
                                              {"unk_token", "<unk>"},
                                              {"pad_token", "<pad>"},
                                              {"mask_token", "<mask>"}};
inline constexpr RoleDefault kReformerRoles[] = {{"eos_token", "</s>"}, {"unk_token", "<unk>"}};

/// Fairseq's.
constexpr std::array<RoleDefault, 7> fairseq_roles(RoleStyle mask) {
  return {{{"bos_token", "<s>"},
           {"eos_token", "</s>"},
           {"unk_token", "<unk>"},
           {"sep_token", "</s>"},
           {"pad_token", "<pad>"},
           {"cls_token", "<s>"},
           {"mask_token", "<mask>", mask}}};
}
inline constexpr auto kRobertaRoles = fairseq_roles(RoleStyle::kExact);
inline constexpr auto kStrippedMaskRoles = fairseq_roles(RoleStyle::kStripped);
inline constexpr auto kNllbRoles = fairseq_roles(RoleStyle::kStrippedNormalized);

}  // namespace hezar::tokenizers
