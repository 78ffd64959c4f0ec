#pragma once

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <zlib.h>
#include <boost/json.hpp>

#include <hezar/tokenizers/engine.hpp>

/// What tests/data/tokenizers/make_expected.py wrote, and rows in the form it wrote them.
namespace hezar::tokenizers::golden {

inline boost::json::value read(const std::string& name) {
  std::ifstream file(HEZAR_TEST_DATA "/tokenizers/" + name);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return boost::json::parse(text);
}

inline const boost::json::object& cases() {
  static const boost::json::value value = read("cases.json");
  return value.get_object();
}

inline const boost::json::object& expected() {
  static const boost::json::value value = read("expected.json");
  return value.get_object();
}

/// A variant's tokenizer.json: its base with some members replaced.
inline boost::json::object variant(std::string_view name) {
  const boost::json::object& wanted = cases().at("variants").at(name).as_object();
  boost::json::object out = read(wanted.at("base").as_string().c_str()).as_object();
  for (const auto& [key, value] : wanted.at("changes").as_object()) {
    if (key != "model") {
      out[key] = value;
      continue;
    }
    boost::json::object model = value.as_object();
    for (const char* kept : {"vocab", "merges"}) {
      if (const auto* found = out["model"].as_object().if_contains(kept)) model[kept] = *found;
    }
    out["model"] = std::move(model);
  }
  return out;
}

inline Engine engine(std::string_view name) {
  return Engine::from_json(variant(name), name);
}

inline std::vector<std::string> strings(const boost::json::value& list) {
  std::vector<std::string> out;
  for (const boost::json::value& item : list.as_array()) out.emplace_back(item.as_string());
  return out;
}

inline std::string joined(const Integers& values) {
  std::string out;
  for (const std::int64_t value : values) out += (out.empty() ? "" : ",") + std::to_string(value);
  return out;
}

/// All columns of a row that was encoded with everything().
inline std::string row_text(const Encoding& row) {
  std::string tokens;
  for (std::size_t i = 0; i < row.tokens.size(); ++i)
    tokens += (i == 0 ? "" : "\x1f") + row.tokens[i];
  std::string offsets;
  for (const Span& span : row.offsets) {
    offsets +=
        (offsets.empty() ? "" : ",") + std::to_string(span.start) + "-" + std::to_string(span.end);
  }
  return joined(row.ids) + "|" + joined(row.type_ids) + "|" + joined(row.attention_mask) + "|" +
         joined(row.special_tokens_mask) + "|" + tokens + "|" + offsets + "|" +
         joined(row.word_ids);
}

inline EngineOptions everything() {
  EngineOptions out;
  out.return_tokens = true;
  out.return_offsets = true;
  out.return_word_ids = true;
  out.return_special_tokens_mask = true;
  out.return_overflowing = true;
  return out;
}

inline std::uint32_t crc(const std::vector<std::string>& lines) {
  std::string all;
  for (std::size_t i = 0; i < lines.size(); ++i) all += (i == 0 ? "" : "\n") + lines[i];
  return static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(all.data()), static_cast<uInt>(all.size())));
}

}  // namespace hezar::tokenizers::golden
