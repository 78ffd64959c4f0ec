#include <hezar/torch/losses.hpp>

#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include <boost/describe.hpp>

#include <hezar/config/described.hpp>
#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::torch {

namespace {

struct LossOptions {
  std::string reduction = "mean";
  std::int64_t ignore_index = -100;
  double label_smoothing = 0;
  std::int64_t blank = 0;
  bool zero_infinity = false;
  double margin = 1;
  double p = 2;
  bool swap = false;
  bool full = false;
  bool log_input = true;
  double eps = 0;  // 0: the loss's own

  static constexpr std::array kFields = {
      Field("reduction", "What becomes of the losses of the elements.").one_of("mean|sum|none"),
      Field("ignore_index", "Targets of this value count nothing."),
      Field("label_smoothing", "Share of the target spread over all classes.").min(0).max(1),
      Field("blank", "Class that stands for no character (ctc).").min(0),
      Field("zero_infinity", "Infinite losses count as 0 (ctc)."),
      Field("margin", "Distance wanted between positive and negative (triple_margin)."),
      Field("p", "Norm of the distance (triple_margin)."),
      Field("swap", "Distance swap (triple_margin)."),
      Field("full", "Adds the constant term (poisson_nll, gaussian_nll)."),
      Field("log_input", "The prediction is a logarithm (poisson_nll)."),
      Field("eps", "Keeps logarithms and divisions finite; 0: the loss's own.").min(0),
  };
};
BOOST_DESCRIBE_STRUCT(LossOptions, (),
                      (reduction, ignore_index, label_smoothing, blank, zero_infinity, margin, p,
                       swap, full, log_input, eps))

using Arguments = Loss::Arguments;

std::int64_t reduction_of(const LossOptions& o) {
  if (o.reduction == "none") return at::Reduction::None;
  return o.reduction == "sum" ? at::Reduction::Sum : at::Reduction::Mean;
}

at::Tensor reduce(const at::Tensor& losses, const LossOptions& o) {
  if (o.reduction == "none") return losses;
  return o.reduction == "sum" ? losses.sum() : losses.mean();
}

// PyTorch's GaussianNLLLoss has no operator of its own.
at::Tensor gaussian_nll(const Arguments& a, const LossOptions& o) {
  const at::Tensor variance = a[2].clamp_min(o.eps > 0 ? o.eps : 1e-6);
  at::Tensor losses = 0.5 * (variance.log() + (a[0] - a[1]).square() / variance);
  if (o.full) losses = losses + 0.5 * std::log(2 * std::numbers::pi);
  return reduce(losses, o);
}

at::Tensor nll(const Arguments& a, const LossOptions& o) {
  return at::nll_loss_nd(a[0], a[1], {}, reduction_of(o), o.ignore_index);
}

struct Entry {
  std::string_view name;
  std::size_t arity;
  at::Tensor (*function)(const Arguments& a, const LossOptions& o);
};

constexpr std::array kLosses = {
    Entry{"l1", 2,
          [](const Arguments& a, const LossOptions& o) {
            return at::l1_loss(a[0], a[1], reduction_of(o));
          }},
    Entry{"nll", 2, nll},
    Entry{"nll_2d", 2, nll},
    Entry{"poisson_nll", 2,
          [](const Arguments& a, const LossOptions& o) {
            return at::poisson_nll_loss(a[0], a[1], o.log_input, o.full, o.eps > 0 ? o.eps : 1e-8,
                                        reduction_of(o));
          }},
    Entry{"gaussian_nll", 3, gaussian_nll},
    Entry{"mse", 2,
          [](const Arguments& a, const LossOptions& o) {
            return at::mse_loss(a[0], a[1], reduction_of(o));
          }},
    Entry{"bce", 2,
          [](const Arguments& a, const LossOptions& o) {
            return at::binary_cross_entropy(a[0], a[1], {}, reduction_of(o));
          }},
    Entry{"bce_with_logits", 2,
          [](const Arguments& a, const LossOptions& o) {
            return at::binary_cross_entropy_with_logits(a[0], a[1], {}, {}, reduction_of(o));
          }},
    Entry{"cross_entropy", 2,
          [](const Arguments& a, const LossOptions& o) {
            return at::cross_entropy_loss(a[0], a[1], {}, reduction_of(o), o.ignore_index,
                                          o.label_smoothing);
          }},
    Entry{"triple_margin", 3,
          [](const Arguments& a, const LossOptions& o) {
            return at::triplet_margin_loss(a[0], a[1], a[2], o.margin, o.p,
                                           o.eps > 0 ? o.eps : 1e-6, o.swap, reduction_of(o));
          }},
    Entry{"ctc", 4,
          [](const Arguments& a, const LossOptions& o) {
            return at::ctc_loss(a[0], a[1], a[2], a[3], o.blank, reduction_of(o), o.zero_infinity);
          }},
};

}  // namespace

Loss::Loss(std::string name, std::size_t arity, Function function)
    : name_(std::move(name)), arity_(arity), function_(std::move(function)) {}

at::Tensor Loss::operator()(const Arguments& arguments) const {
  if (arguments.size() != arity_) {
    throw expected_error(ErrorCode::kValue, text::concat("loss ", name_),
                         text::concat(arity_, " tensors"), text::concat(arguments.size()));
  }
  return function_(arguments);
}

Loss make_loss(std::string_view name, const boost::json::object& options) {
  const LossOptions read =
      options.empty() ? LossOptions{} : read_options<LossOptions>(options, name);
  for (const Entry& entry : kLosses) {
    if (entry.name != name) continue;
    return Loss(
        std::string(name), entry.arity,
        [function = entry.function, read](const Arguments& a) { return function(a, read); });
  }
  throw unknown_name_error(ErrorCode::kValue, "loss", "a loss", name, loss_names());
}

std::vector<std::string> loss_names() {
  std::vector<std::string> names;
  for (const Entry& entry : kLosses) names.emplace_back(entry.name);
  return names;
}

}  // namespace hezar::torch
