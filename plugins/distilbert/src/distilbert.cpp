#include <hezar/distilbert/distilbert.hpp>

#include <distilbert_options.hpp>

namespace hezar {

DistilBert::DistilBert(Config config, const BuildContext& context)
    : Configured(config, context, distilbert::options(Config::kName, config)) {
  finish();
}

DistilBert::~DistilBert() = default;

}  // namespace hezar
