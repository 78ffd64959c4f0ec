#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <hezar/tokenizers/training.hpp>

/// What tests/data/tokenizers/training/make_expected.py wrote.
namespace hezar::tokenizers::training_data {

inline std::string path(const std::string& name) {
  return HEZAR_TEST_DATA "/tokenizers/training/" + name;
}

inline const boost::json::object& expected() {
  static const boost::json::value value = [] {
    std::ifstream file(path("expected.json"));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return boost::json::parse(text);
  }();
  return value.get_object();
}

inline std::vector<std::string> lines() {
  std::ifstream file(path("corpus.txt"));
  std::vector<std::string> out;
  for (std::string line; std::getline(file, line);) out.push_back(line);
  return out;
}

inline std::vector<std::string> strings(const boost::json::value& json) {
  std::vector<std::string> out;
  for (const boost::json::value& item : json.as_array()) out.emplace_back(item.as_string());
  return out;
}

/// The options of a case, by the names of the reference's trainers.
inline TrainingOptions options(const boost::json::object& json) {
  TrainingOptions out;
  for (const auto& [key, value] : json) {
    if (key == "vocab_size") out.vocab_size = value.as_int64();
    if (key == "min_frequency") out.min_frequency = value.as_int64();
    if (key == "limit_alphabet") out.limit_alphabet = value.as_int64();
    if (key == "max_token_length") out.max_token_length = value.as_int64();
    if (key == "initial_alphabet") out.initial_alphabet = strings(value);
    if (key == "special_tokens") out.special_tokens = strings(value);
    if (key == "unk_token") out.unk_token = value.as_string();
  }
  return out;
}

}  // namespace hezar::tokenizers::training_data
