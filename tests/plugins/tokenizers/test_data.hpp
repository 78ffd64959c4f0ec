#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <boost/json.hpp>

/// The frozen files of tests/data/tokenizers.
namespace hezar::tokenizers::test_data {

inline std::string path(const std::string& name) {
  return HEZAR_TEST_DATA "/tokenizers/" + name;
}

inline boost::json::value read(const std::string& name) {
  std::ifstream file(path(name));
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return boost::json::parse(text);
}

inline std::vector<std::string> strings(const boost::json::value& list) {
  std::vector<std::string> out;
  for (const boost::json::value& item : list.as_array()) out.emplace_back(item.as_string());
  return out;
}

}  // namespace hezar::tokenizers::test_data
