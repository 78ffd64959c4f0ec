#pragma once

#include <string>
#include <vector>

#include <plugin/discovery.hpp>

namespace hezar::plugin {

/// Marks every usable plugin that needs one which cannot be used, or that needs itself by way of
/// others. What is left usable can be opened, needs first, without end.
void check_needs(std::vector<FoundPlugin>& plugins);

/// "needs the plugin words, which was not found. ..." or, where there is one of the name, why it
/// cannot be used.
/// @param needed  null: none of that name was found.
[[nodiscard]] std::string describe_need(const std::string& name, const PluginInfo* needed);

}  // namespace hezar::plugin
