#pragma once

#include <utility>

#include <boost/json.hpp>

#include <hezar/config/described.hpp>

namespace hezar::torch {

/// A Base that was built from a C and writes it again: what every concrete model adds.
template <class Base, class C>
class Configured : public Base {
 public:
  using Config = C;

  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }

 protected:
  template <class... Arguments>
  explicit Configured(Config config, Arguments&&... arguments)
      : Base(std::forward<Arguments>(arguments)...), config_(std::move(config)) {}

  Config config_;
};

}  // namespace hezar::torch
