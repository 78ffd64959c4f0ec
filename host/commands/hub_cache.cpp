#include <commands/hub_cache.hpp>

#include <commands/hub_cache_list.hpp>
#include <commands/hub_cache_rm.hpp>
#include <commands/hub_cache_verify.hpp>

namespace hezar::host {

Description HubCacheCommand::describe() const {
  return {"cache",
          "See, check and remove what was downloaded",
          {},
          "hezar hub cache list\n"
          "hezar hub cache rm hezarai/bert-fa-sentiment-dksf"};
}

std::vector<std::unique_ptr<Command>> HubCacheCommand::verbs() {
  std::vector<std::unique_ptr<Command>> verbs;
  verbs.push_back(std::make_unique<HubCacheListCommand>());
  verbs.push_back(std::make_unique<HubCacheRmCommand>());
  verbs.push_back(std::make_unique<HubCacheVerifyCommand>());
  return verbs;
}

}  // namespace hezar::host
