#include <repo/families.hpp>

#include <string>
#include <utility>

#include <repo/draft.hpp>
#include <repo/role_tokens.hpp>

namespace hezar::tokenizers {

namespace {

constexpr RoleDefault kBertRoles[] = {{"unk_token", "[UNK]"},
                                      {"sep_token", "[SEP]"},
                                      {"pad_token", "[PAD]"},
                                      {"cls_token", "[CLS]"},
                                      {"mask_token", "[MASK]"}};
constexpr RoleDefault kGpt2Roles[] = {
    {"bos_token", "<|endoftext|>"}, {"eos_token", "<|endoftext|>"}, {"unk_token", "<|endoftext|>"}};
constexpr RoleDefault kRobertaRoles[] = {
    {"bos_token", "<s>"},   {"eos_token", "</s>"}, {"unk_token", "<unk>"},  {"sep_token", "</s>"},
    {"pad_token", "<pad>"}, {"cls_token", "<s>"},  {"mask_token", "<mask>"}};

constexpr std::int64_t kMaxCharactersPerWord = 100;  // the reference's default

boost::json::object byte_level(bool add_prefix_space) {
  return {{"type", "ByteLevel"},
          {"add_prefix_space", add_prefix_space},
          {"trim_offsets", true},
          {"use_regex", true}};
}

}  // namespace

boost::json::object make_bert(boost::json::object vocab, const RepoSettings& settings) {
  const RoleTokens roles(kBertRoles, settings);
  TokenizerDraft out({{"type", "WordPiece"},
                      {"unk_token", roles.content("unk_token")},
                      {"continuing_subword_prefix", "##"},
                      {"max_input_chars_per_word", kMaxCharactersPerWord},
                      {"vocab", std::move(vocab)}});
  boost::json::value strip_accents;
  if (const auto given = settings.flag("strip_accents")) strip_accents = *given;
  out.normalizer = {
      {"type", "BertNormalizer"},
      {"clean_text", true},
      {"handle_chinese_chars", settings.flag("tokenize_chinese_chars").value_or(true)},
      {"strip_accents", strip_accents},
      {"lowercase", settings.flag("do_lower_case").value_or(true)}};
  out.pre_tokenizer = boost::json::object{{"type", "BertPreTokenizer"}};
  out.decoder = {{"type", "WordPiece"}, {"prefix", "##"}, {"cleanup", true}};
  out.add(roles.all());
  const std::string& cls = roles.content("cls_token");
  const std::string& sep = roles.content("sep_token");
  out.set_rows({{cls, 0}, {"$A", 0}, {sep, 0}},
               {{cls, 0}, {"$A", 0}, {sep, 0}, {"$B", 1}, {sep, 1}});
  return std::move(out).finish();
}

boost::json::object make_byte_bpe(boost::json::object vocab, boost::json::array merges,
                                  Family family, const RepoSettings& settings) {
  const bool add_prefix_space = settings.flag("add_prefix_space").value_or(false);
  TokenizerDraft out({{"type", "BPE"},
                      {"dropout", nullptr},
                      {"unk_token", nullptr},
                      {"continuing_subword_prefix", ""},
                      {"end_of_word_suffix", ""},
                      {"fuse_unk", false},
                      {"byte_fallback", false},
                      {"ignore_merges", false},
                      {"vocab", std::move(vocab)},
                      {"merges", std::move(merges)}});
  out.pre_tokenizer = byte_level(add_prefix_space);
  out.decoder = byte_level(true);
  if (family == Family::kRoberta) {
    const RoleTokens roles(kRobertaRoles, settings);
    out.add(roles.all());
    out.set_roberta_rows(roles.content("cls_token"), roles.content("sep_token"),
                         settings.flag("trim_offsets").value_or(true), add_prefix_space);
  } else {
    const RoleTokens roles(kGpt2Roles, settings);
    out.add(roles.all());
    out.set_generation_rows(roles, settings);
  }
  return std::move(out).finish();
}

}  // namespace hezar::tokenizers
