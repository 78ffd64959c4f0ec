#include <cli/session.hpp>

#include <cstdlib>
#include <string_view>

namespace hezar::host {

Runtime& Session::runtime() {
  if (runtime_ == nullptr) {
    Runtime::configure_default(globals.runtime_options());
    runtime_ = &Runtime::default_runtime();
  }
  return *runtime_;
}

std::stop_token Session::stop() {
  if (!interrupt_) interrupt_.emplace();
  return interrupt_->token();
}

void Session::request_stop() {
  if (interrupt_) interrupt_->request_stop();
}

Style Session::style() const {
  Style style;
  style.is_terminal = out.is_terminal();
  style.columns = out.columns();
  const char* term = std::getenv("TERM");
  const char* no_color = std::getenv("NO_COLOR");
  style.color = style.is_terminal && !globals.no_color && (no_color == nullptr || *no_color == 0) &&
                (term == nullptr || std::string_view(term) != "dumb");
  return style;
}

}  // namespace hezar::host
