#pragma once

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <hezar/tokenizers/training.hpp>

#include <plugins/tokenizers/test_data.hpp>

/// What tests/data/tokenizers/training/make_expected.py wrote.
namespace hezar::tokenizers::training_data {

using test_data::strings;

inline std::string path(const std::string& name) {
  return test_data::path("training/" + name);
}

inline const boost::json::object& expected() {
  static const boost::json::value value = test_data::read("training/expected.json");
  return value.get_object();
}

inline std::vector<std::string> lines() {
  std::ifstream file(path("corpus.txt"));
  std::vector<std::string> out;
  for (std::string line; std::getline(file, line);) out.push_back(line);
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
