#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <zlib.h>
#include <boost/json.hpp>

#include <hezar/text/concat.hpp>
#include <hezar/tokenizers/engine.hpp>

#include <plugins/tokenizers/test_data.hpp>

/// What tests/data/tokenizers/make_expected.py wrote, and rows in the form it wrote them.
namespace hezar::tokenizers::golden {

using test_data::read;
using test_data::strings;

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

/// show(item) of each item, with a separator between them.
template <class Item, class Show>
std::string joined(const std::vector<Item>& items, std::string_view separator, const Show& show) {
  std::string out;
  for (const Item& item : items) {
    if (&item != items.data()) out += separator;
    out += show(item);
  }
  return out;
}

/// All columns of a row that was encoded with everything().
inline std::string row_text(const Encoding& row) {
  const auto numbers = [](const Integers& column) {
    return joined(column, ",", [](std::int64_t number) { return std::to_string(number); });
  };
  const auto range = [](const Span& span) { return text::concat(span.start, "-", span.end); };
  return text::concat(numbers(row.ids), "|", numbers(row.type_ids), "|",
                      numbers(row.attention_mask), "|", numbers(row.special_tokens_mask), "|",
                      joined(row.tokens, "\x1f", std::identity()), "|",
                      joined(row.offsets, ",", range), "|", numbers(row.word_ids));
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
  const std::string all = joined(lines, "\n", std::identity());
  return static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(all.data()), static_cast<uInt>(all.size())));
}

}  // namespace hezar::tokenizers::golden
