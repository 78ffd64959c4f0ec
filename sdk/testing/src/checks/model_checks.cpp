#include <checks/model_checks.hpp>

#include <cstring>

#include <hezar/text/concat.hpp>

#include <model_inputs.hpp>
#include <samples.hpp>
#include <subject.hpp>
#include <values.hpp>

namespace hezar::testing {

namespace {

using text::concat;

/// Alone and in a batch the same sums are done in another order.
constexpr double kBatchTolerance = 1e-4;
constexpr std::int64_t kMaxWeightBytes = std::int64_t{256} << 20;

Fault weights_difference(const StateDict& before, const StateDict& after) {
  if (before.size() != after.size()) {
    return concat("expected ", before.size(), " weights, got ", after.size());
  }
  for (const auto& [name, tensor] : before) {
    const Tensor* other = after.find(name);
    if (other == nullptr) return concat("expected the weight ", name, ", got none");
    const bool same_form = hezar::to_string(tensor.shape()) == hezar::to_string(other->shape()) &&
                           tensor.dtype() == other->dtype();
    if (!same_form) return concat("the weight ", name, " has another shape or dtype");
    const Tensor left = tensor.contiguous();
    const Tensor right = other->contiguous();
    const auto bytes = static_cast<std::size_t>(left.size_bytes());
    if (bytes > 0 && std::memcmp(left.data(), right.data(), bytes) != 0) {
      return concat("the weight ", name, " has other values");
    }
  }
  return {};
}

}  // namespace

Fault check_model_outputs(ModuleSubject& subject) {
  const auto model = subject.make<Model>();
  const ModelInputs inputs = find_inputs(*model, subject.sample());
  const boost::json::array all = inputs.predict(*model);
  if (all.size() != inputs.count) {
    return concat("expected a prediction for each of ", inputs.count, " inputs, got ", all.size());
  }
  for (const boost::json::value& one : all) {
    if (one.kind() != all.front().kind()) return "predictions of one call are of several kinds";
  }
  return {};
}

Fault check_model_determinism(ModuleSubject& subject) {
  const auto model = subject.make<Model>();
  const ModelInputs inputs = find_inputs(*model, subject.sample());
  const std::string fault = difference(inputs.predict(*model), inputs.predict(*model), 0);
  if (fault.empty()) return {};
  return concat("the same inputs give other predictions the second time: ", fault,
                ". Keep no state between calls");
}

Fault check_model_batch(ModuleSubject& subject) {
  const auto model = subject.make<Model>();
  const ModelInputs inputs = find_inputs(*model, subject.sample());
  const boost::json::array all = inputs.predict(*model);
  for (std::size_t i = 0; i < inputs.count; ++i) {
    const boost::json::array alone = inputs.predict(*model, {static_cast<std::int64_t>(i)});
    const std::string fault = difference(alone.at(0), all.at(i), kBatchTolerance);
    if (!fault.empty()) {
      return concat("input ", i, " gives another prediction alone than among others: ", fault,
                    ". Mask what pads its row");
    }
  }
  return {};
}

Fault check_model_bad_input(ModuleSubject& subject) {
  const auto model = subject.make<Model>();
  const ModelInputs inputs = find_inputs(*model, subject.sample());
  if (!inputs.is_text) throw NotApplicable();
  for (const auto& [what, texts] : {std::pair("an empty text", Strings{""}),
                                    std::pair("a text that is no UTF-8", Strings{invalid_text()}),
                                    std::pair("a blank text", Strings{" \n\t "})}) {
    const Fault fault =
        only_ordinary_errors(what, [&] { static_cast<void>(model->predict(texts)); });
    if (!fault.empty()) return fault;
  }
  return {};
}

Fault check_model_options(ModuleSubject& subject) {
  const auto model = subject.make<Model>();
  ModelInputs inputs = find_inputs(*model, subject.sample());
  if (!inputs.is_raw) throw NotApplicable();
  inputs.task["hezar_check_unknown_option"] = 7;
  return must_refuse("an unknown option of predict",
                     [&] { static_cast<void>(inputs.predict(*model)); });
}

Fault check_model_weights(ModuleSubject& subject) {
  const auto model = subject.make<Model>();
  const StateDict before = model->state_dict();
  std::int64_t bytes = 0;
  for (const auto& [name, tensor] : before) bytes += tensor.size_bytes();
  if (bytes > kMaxWeightBytes) {
    throw Skipped{concat("has ", bytes >> 20, " MB of weights. Give a golden file with a smaller ",
                         "config")};
  }
  const std::filesystem::path folder = subject.new_folder();
  model->save(folder);
  const auto loaded = std::static_pointer_cast<Model>(subject.load(folder));
  const Fault fault = weights_difference(before, loaded->state_dict());
  if (fault.empty()) return {};
  return concat("loaded from the folder that it saved it is another model: ", fault);
}

}  // namespace hezar::testing
