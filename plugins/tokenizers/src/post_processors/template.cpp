#include <post_processors/template.hpp>

#include <utility>

#include <hezar/text/concat.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::int64_t kMaxTypeId = 0xFFFF'FFFF;
constexpr std::int64_t kMaxTokenId = 0x7FFF'FFFE;

TemplatePiece sequence(SequenceId id, std::optional<std::int64_t> type_id = {}) {
  return {id, type_id, {}, {}};
}

/// ["[SEP]", 3]
TemplatePiece read_bert_token(const JsonCursor& json, std::int64_t type_id) {
  if (json.array().size() != 2) json.fail("a token and its id");
  const auto id = static_cast<std::uint32_t>(json.item(1).integer(kMaxTokenId));
  return {std::nullopt, type_id, {id}, {std::string(json.item(0).string())}};
}

RowTemplate read_bert(const JsonCursor& json) {
  const JsonCursor cls = json.at("cls");
  const JsonCursor sep = json.at("sep");
  RowTemplate out;
  out.single = {read_bert_token(cls, 0), sequence(SequenceId::kFirst), read_bert_token(sep, 0)};
  out.pair = out.single;
  out.pair.push_back(sequence(SequenceId::kSecond));
  out.pair.push_back(read_bert_token(sep, 1));
  out.is_led = {true, false};
  return out;
}

OffsetTrim read_trim(const JsonCursor& json) {
  return {json.at("add_prefix_space").boolean()};
}

RowTemplate read_roberta(const JsonCursor& json) {
  const TemplatePiece cls = read_bert_token(json.at("cls"), 0);
  const TemplatePiece sep = read_bert_token(json.at("sep"), 0);
  TemplatePiece first = sequence(SequenceId::kFirst, 0);
  TemplatePiece second = sequence(SequenceId::kSecond, 0);
  first.overflow_type_id = second.overflow_type_id = 0;
  RowTemplate out{{cls, first, sep}, {cls, first, sep, sep, second, sep}};
  out.is_led = {true, true};
  const OffsetTrim trim = read_trim(json);
  if (json.at("trim_offsets").boolean()) out.trims.push_back(trim);
  return out;
}

/// As in the reference, having both flags makes the difference, whatever the type says.
RowTemplate read_bert_or_roberta(const JsonCursor& json) {
  json.only({"sep", "cls", "trim_offsets", "add_prefix_space"});
  const bool has_flags = json.find("trim_offsets") && json.find("add_prefix_space");
  return has_flags ? read_roberta(json) : read_bert(json);
}

RowTemplate read_byte_level(const JsonCursor& json) {
  json.only({"add_prefix_space", "trim_offsets", "use_regex"});
  if (const auto use_regex = json.find("use_regex")) (void)use_regex->boolean();
  RowTemplate out = plain_template();
  const OffsetTrim trim = read_trim(json);
  if (json.at("trim_offsets").boolean()) out.trims.push_back(trim);
  return out;
}

TemplatePiece read_special(const JsonCursor& json, const JsonCursor& special_tokens) {
  json.only({"id", "type_id"});
  const std::string_view name = json.at("id").string();
  if (!special_tokens.object().contains(name)) {
    json.at("id").fail(text::concat("a token that ", special_tokens.place(), " has"));
  }
  const JsonCursor token = special_tokens.at(name);
  token.only({"id", "ids", "tokens"});
  const JsonCursor ids = token.at("ids");
  const JsonCursor tokens = token.at("tokens");
  if (ids.array().size() != tokens.array().size()) tokens.fail("one token for each of \"ids\"");
  TemplatePiece out{std::nullopt, json.at("type_id").integer(kMaxTypeId), {}, {}};
  for (std::size_t i = 0; i < ids.array().size(); ++i) {
    out.ids.push_back(static_cast<std::uint32_t>(ids.item(i).integer(kMaxTokenId)));
    out.tokens.emplace_back(tokens.item(i).string());
  }
  return out;
}

std::vector<TemplatePiece> read_pieces(const JsonCursor& json, const JsonCursor& special_tokens,
                                       bool is_pair) {
  std::vector<TemplatePiece> out;
  for (const JsonCursor& piece : json.items()) {
    piece.only({"Sequence", "SpecialToken"});
    if (piece.object().size() != 1) piece.fail("either \"Sequence\" or \"SpecialToken\"");
    if (const auto special = piece.find("SpecialToken")) {
      out.push_back(read_special(*special, special_tokens));
      continue;
    }
    const JsonCursor part = piece.at("Sequence");
    part.only({"id", "type_id"});
    const bool is_second = part.at("id").one_of({"A", "B"}) == "B";
    if (is_second && !is_pair) part.at("id").fail("\"A\", for a single row has no second sequence");
    out.push_back(sequence(is_second ? SequenceId::kSecond : SequenceId::kFirst,
                           part.at("type_id").integer(kMaxTypeId)));
  }
  return out;
}

RowTemplate read_template(const JsonCursor& json) {
  json.only({"single", "pair", "special_tokens"});
  const JsonCursor special_tokens = json.at("special_tokens");
  RowTemplate out;
  out.single = read_pieces(json.at("single"), special_tokens, false);
  out.pair = read_pieces(json.at("pair"), special_tokens, true);
  return out;
}

RowTemplate read_sequence(const JsonCursor& json) {
  json.only({"processors"});
  RowTemplate out = plain_template();
  for (const JsonCursor& processor : json.at("processors").items()) {
    RowTemplate part = read_post_processor(processor);
    for (OffsetTrim& trim : part.trims) trim.is_led = out.is_led;
    part.trims.insert(part.trims.begin(), out.trims.begin(), out.trims.end());
    if (part.is_plain) {
      out.trims = std::move(part.trims);
      continue;
    }
    if (!out.is_plain) processor.fail("one processor that adds tokens");
    out = std::move(part);
  }
  return out;
}

}  // namespace

std::size_t RowTemplate::added(bool is_pair) const noexcept {
  std::size_t out = 0;
  for (const TemplatePiece& piece : pieces(is_pair)) out += piece.ids.size();
  return out;
}

RowTemplate plain_template() {
  const TemplatePiece first = sequence(SequenceId::kFirst);
  RowTemplate out{{first}, {first, sequence(SequenceId::kSecond)}};
  out.is_plain = true;
  return out;
}

RowTemplate read_post_processor(const JsonCursor& json) {
  const std::string_view type = json.type(
      {"BertProcessing", "RobertaProcessing", "ByteLevel", "TemplateProcessing", "Sequence"},
      {{"sep", "BertProcessing"}, {"single", "TemplateProcessing"}});
  if (type == "BertProcessing" || type == "RobertaProcessing") return read_bert_or_roberta(json);
  if (type == "ByteLevel") return read_byte_level(json);
  if (type == "TemplateProcessing") return read_template(json);
  return read_sequence(json);
}

}  // namespace hezar::tokenizers
