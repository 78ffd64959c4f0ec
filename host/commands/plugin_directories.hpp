#pragma once

#include <string>

#include <boost/json.hpp>

#include <terminal/output.hpp>

#include <hezar/plugin/host.hpp>

namespace hezar::host {

/// The folders that are searched, in order.
[[nodiscard]] boost::json::array directories_json(const PluginHost& plugins);
[[nodiscard]] std::string directories_table(const PluginHost& plugins, Style style);

/// "the user's folder", for PluginDirectory::source.
[[nodiscard]] std::string describe_source(const std::string& source);

}  // namespace hezar::host
