#pragma once

#include <string_view>

#include <hezar/tensor/columns.hpp>

namespace example {

/// Learns from labelled texts without autograd. An ability: a trainer of any plugin that declares
/// the same class finds it with `model.as<example::Teachable>()`.
class Teachable {
 public:
  static constexpr std::string_view kInterfaceId = "example.Teachable/1";
  virtual ~Teachable() = default;

  /// One step of gradient descent on the cross entropy.
  /// @param labels  the class of each text.
  /// @return the mean loss before the step.
  /// @throws hezar::Error kValue where there are not as many labels as texts, or no such class.
  /// @thread one owner; no prediction at the same time.
  virtual double teach(const hezar::Strings& texts, const hezar::Integers& labels,
                       double learning_rate) = 0;
};

}  // namespace example
