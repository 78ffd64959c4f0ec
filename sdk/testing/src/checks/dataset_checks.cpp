#include <checks/dataset_checks.hpp>

#include <algorithm>
#include <limits>

#include <hezar/module/batching.hpp>
#include <hezar/text/concat.hpp>

#include <subject.hpp>
#include <values.hpp>

namespace hezar::testing {

namespace {

using text::concat;

constexpr std::int64_t kMaxRows = 64;

/// A dataset that has rows.
std::shared_ptr<Dataset> make_dataset(ModuleSubject& subject) {
  auto dataset = subject.make<Dataset>();
  if (dataset->size() == 0) throw Skipped{"has no rows. Give a golden file with a config that has"};
  return dataset;
}

}  // namespace

Fault check_dataset_rows(ModuleSubject& subject) {
  const auto dataset = make_dataset(subject);
  if (dataset->size() < 0) return concat("says that it has ", dataset->size(), " rows");
  const std::int64_t rows = std::min(dataset->size(), kMaxRows);
  std::vector<boost::json::object> in_order;
  for (std::int64_t i = 0; i < rows; ++i) in_order.push_back(to_json(dataset->row(i)));
  for (std::int64_t i = rows - 1; i >= 0; --i) {
    const boost::json::object again = to_json(dataset->row(i));
    const std::string fault = difference(in_order[static_cast<std::size_t>(i)], again, 0);
    if (fault.empty()) continue;
    return concat("row ", i, " is another when it is asked for out of order: ", fault,
                  ". Keep no state between calls");
  }
  return {};
}

Fault check_dataset_range(ModuleSubject& subject) {
  const auto dataset = make_dataset(subject);
  for (const std::int64_t index :
       {std::int64_t{-1}, dataset->size(), std::numeric_limits<std::int64_t>::max()}) {
    const Fault fault = must_refuse(concat("the row ", index, " of ", dataset->size()),
                                    [&] { static_cast<void>(dataset->row(index)); });
    if (!fault.empty()) return fault;
  }
  return {};
}

Fault check_dataset_collator(ModuleSubject& subject) {
  const auto dataset = make_dataset(subject);
  for (const std::int64_t wanted : {std::int64_t{1}, std::int64_t{3}}) {
    const std::int64_t rows = std::min(dataset->size(), wanted);
    std::vector<Columns> batch;
    for (std::int64_t i = 0; i < rows; ++i) batch.push_back(dataset->row(i));
    const Inputs inputs = dataset->collator().collate(batch);
    if (inputs.empty()) return "its collator gives no columns";
    const std::int64_t got = count_rows(inputs);
    if (got != rows) return concat("its collator makes ", got, " of ", rows, " rows");
  }
  return {};
}

}  // namespace hezar::testing
