// training_oracle REQUEST.json ANSWER.json: trains a tokenizer and encodes texts with it.
//
// REQUEST: {"tokenizer": a tokenizer.json, "options": {...}, "files": [...], "threads": 2, "texts":
// [...]} ANSWER: {"tokenizer": the learnt one, "seconds": of training, "ids": of the texts}

#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include <hezar/config/json.hpp>
#include <hezar/io/files.hpp>
#include <hezar/tokenizers/engine.hpp>
#include <hezar/tokenizers/training.hpp>

namespace {

using hezar::tokenizers::Engine;
using hezar::tokenizers::TrainingOptions;

std::vector<std::string> strings(const boost::json::value& json) {
  std::vector<std::string> out;
  for (const boost::json::value& item : json.as_array()) out.emplace_back(item.as_string());
  return out;
}

TrainingOptions read_options(const boost::json::object& json) {
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

boost::json::object answer(const boost::json::value& request) {
  TrainingOptions options = read_options(request.at("options").as_object());
  options.threads = static_cast<int>(request.at("threads").as_int64());
  std::vector<std::filesystem::path> files;
  for (const std::string& file : strings(request.at("files"))) files.emplace_back(file);
  const auto start = std::chrono::steady_clock::now();
  boost::json::object tokenizer = hezar::tokenizers::train(
      request.at("tokenizer").as_object(), hezar::tokenizers::lines_of(std::move(files)), options);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  const Engine engine = Engine::from_json(tokenizer, "learnt tokenizer");
  boost::json::array ids;
  for (const std::string& text : strings(request.at("texts"))) {
    boost::json::array row;
    for (const std::int64_t id : engine.encode(text).ids) row.emplace_back(id);
    ids.push_back(std::move(row));
  }
  return {
      {"tokenizer", std::move(tokenizer)}, {"seconds", seconds.count()}, {"ids", std::move(ids)}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  try {
    hezar::io::write_file(argv[2], hezar::json::write(answer(hezar::json::read(argv[1]))));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
