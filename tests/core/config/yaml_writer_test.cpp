#include <cmath>
#include <limits>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <config/test_data.hpp>
#include <hezar/config/yaml.hpp>

namespace hezar {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

/// The fixture marks what JSON cannot hold: "float:inf".
value decoded(const value& from) {
  if (from.is_string() && from.get_string() == "float:inf")
    return std::numeric_limits<double>::infinity();
  if (from.is_string() && from.get_string() == "float:-inf")
    return -std::numeric_limits<double>::infinity();
  if (from.is_string() && from.get_string() == "float:nan")
    return std::numeric_limits<double>::quiet_NaN();
  if (from.is_array()) {
    array out;
    for (const value& item : from.get_array()) out.push_back(decoded(item));
    return out;
  }
  if (from.is_object()) {
    object out;
    for (const auto& [key, item] : from.get_object()) out[key] = decoded(item);
    return out;
  }
  return from;
}

TEST(YamlWriterTest, WritesWhatTheReferenceWrites) {
  const value cases = test::data("yaml_written.json");
  EXPECT_GE(cases.get_array().size(), 190U);
  for (const value& entry : cases.get_array()) {
    const object mapping = decoded(entry.at("value")).get_object();
    const std::string_view wanted = entry.at("yaml").get_string();
    const std::string got = yaml::write(mapping);
    EXPECT_EQ(got, wanted) << json::write(entry);
    EXPECT_EQ(json::write(yaml::parse(got, "written")), json::write(mapping)) << got;
  }
}

}  // namespace
}  // namespace hezar
