#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include <hezar/error/error.hpp>
#include <hezar/tokenizers/engine.hpp>

/// What the engine makes of tokenizers and calls, for check_files.py. A line of JSON is asked, a
/// line of JSON is answered:
///
///     {"file": text of a tokenizer.json, "calls": [CALL, ...]}
///     {"saved": a tokenizer.json, "calls": [{"rows": [...]} or {"error": text}, ...]}
///     {"error": text}, where the file is refused
///
/// A CALL is {"inputs": [[text or words, perhaps a second], ...], "special": true,
/// "truncation": {...} or null, "padding": {...} or null}.
namespace {

using hezar::Encoding;
using hezar::TokenizerInput;
using hezar::tokenizers::Engine;
using hezar::tokenizers::EngineOptions;
using hezar::tokenizers::PaddingParams;
using hezar::tokenizers::Side;
using hezar::tokenizers::TruncationParams;

Side side_of(const boost::json::value& json) {
  return json.as_string() == "left" ? Side::kLeft : Side::kRight;
}

TruncationParams read_truncation(const boost::json::value& json) {
  TruncationParams out{json.at("max_length").as_int64(), json.at("stride").as_int64()};
  out.direction = side_of(json.at("direction"));
  if (json.at("strategy") == "only_first") out.strategy = hezar::Truncation::kOnlyFirst;
  if (json.at("strategy") == "only_second") out.strategy = hezar::Truncation::kOnlySecond;
  return out;
}

PaddingParams read_padding(const boost::json::value& json) {
  PaddingParams out;
  if (!json.at("length").is_null()) out.length = json.at("length").as_int64();
  out.direction = side_of(json.at("direction"));
  if (!json.at("pad_to_multiple_of").is_null())
    out.multiple_of = json.at("pad_to_multiple_of").as_int64();
  out.pad_id = json.at("pad_id").as_int64();
  out.pad_type_id = json.at("pad_type_id").as_int64();
  out.pad_token = json.at("pad_token").as_string();
  return out;
}

EngineOptions read_options(const boost::json::value& call) {
  EngineOptions out;
  out.add_special_tokens = call.at("special").as_bool();
  out.return_tokens = out.return_offsets = out.return_word_ids = true;
  out.return_special_tokens_mask = out.return_overflowing = true;
  if (!call.at("truncation").is_null()) out.truncation = read_truncation(call.at("truncation"));
  if (!call.at("padding").is_null()) out.padding = read_padding(call.at("padding"));
  return out;
}

/// The texts of one input, which a TokenizerInput views.
struct Sides {
  std::string texts[2];
  std::vector<std::string> words[2];
};

TokenizerInput read_input(const boost::json::array& json, Sides& sides) {
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i].is_string()) sides.texts[i] = json[i].as_string();
    if (json[i].is_array())
      sides.words[i] = boost::json::value_to<std::vector<std::string>>(json[i]);
  }
  TokenizerInput out;
  out.text = sides.texts[0];
  out.words = sides.words[0];
  out.is_split = json[0].is_array();
  if (json.size() < 2) return out;
  out.pair = sides.texts[1];
  out.pair_words = sides.words[1];
  out.is_split_pair = json[1].is_array();
  return out;
}

boost::json::object shown(const Engine& engine, const Encoding& row) {
  boost::json::array offsets;
  for (const hezar::Span& span : row.offsets)
    offsets.push_back(boost::json::array{span.start, span.end});
  boost::json::array overflowing;
  for (const Encoding& each : row.overflowing) overflowing.push_back(shown(engine, each));
  return {{"ids", boost::json::value_from(row.ids)},
          {"type_ids", boost::json::value_from(row.type_ids)},
          {"attention_mask", boost::json::value_from(row.attention_mask)},
          {"special_tokens_mask", boost::json::value_from(row.special_tokens_mask)},
          {"tokens", boost::json::value_from(row.tokens)},
          {"offsets", std::move(offsets)},
          {"word_ids", boost::json::value_from(row.word_ids)},
          {"decoded", engine.decode(row.ids)},
          {"decoded_all", engine.decode(row.ids, false)},
          {"overflowing", std::move(overflowing)}};
}

boost::json::object answer_call(const Engine& engine, const boost::json::value& call) {
  const boost::json::array& asked = call.at("inputs").as_array();
  std::vector<Sides> sides(asked.size());
  std::vector<TokenizerInput> inputs;
  for (std::size_t i = 0; i < asked.size(); ++i)
    inputs.push_back(read_input(asked[i].as_array(), sides[i]));
  try {
    boost::json::array rows;
    for (const Encoding& row : engine.encode_batch(inputs, read_options(call)))
      rows.push_back(shown(engine, row));
    return {{"rows", std::move(rows)}};
  } catch (const hezar::Error& error) {
    return {{"error", error.what()}};
  }
}

boost::json::object answer(const boost::json::value& request) {
  try {
    const Engine engine = Engine::parse(request.at("file").as_string(), "file");
    boost::json::array calls;
    for (const boost::json::value& call : request.at("calls").as_array())
      calls.push_back(answer_call(engine, call));
    return {{"saved", engine.to_json()}, {"calls", std::move(calls)}};
  } catch (const hezar::Error& error) {
    return {{"error", error.what()}};
  }
}

}  // namespace

int main() {
  try {
    for (std::string line; std::getline(std::cin, line);) {
      std::cout << boost::json::serialize(answer(boost::json::parse(line))) << std::endl;
    }
    return 0;
  } catch (const std::exception& error) {  // a question that is malformed
    std::cerr << error.what() << '\n';
    return 1;
  }
}
