#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include <hezar/config/json.hpp>

#include <error_of.hpp>

namespace hezar::test {

/// A file under tests/data/config, parsed.
inline boost::json::value data(std::string_view name) {
  const auto file = std::filesystem::path(HEZAR_TEST_DATA) / "config" / name;
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return json::parse(text.str(), file.string());
}

}  // namespace hezar::test
