#include <commands/hub.hpp>

#include <commands/hub_cache.hpp>
#include <commands/hub_download.hpp>
#include <commands/hub_info.hpp>
#include <commands/hub_ls.hpp>
#include <commands/hub_upload.hpp>

namespace hezar::host {

Description HubCommand::describe() const {
  return {"hub",
          "Look at repos of the Hugging Face Hub, and at the cache of what was downloaded",
          {},
          "hezar hub download hezarai/bert-fa-sentiment-dksf\n"
          "hezar hub cache list"};
}

std::vector<std::unique_ptr<Command>> HubCommand::verbs() {
  std::vector<std::unique_ptr<Command>> verbs;
  verbs.push_back(std::make_unique<HubDownloadCommand>());
  verbs.push_back(std::make_unique<HubUploadCommand>());
  verbs.push_back(std::make_unique<HubInfoCommand>());
  verbs.push_back(std::make_unique<HubLsCommand>());
  verbs.push_back(std::make_unique<HubCacheCommand>());
  return verbs;
}

}  // namespace hezar::host
