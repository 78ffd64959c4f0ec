#pragma once

#include <string>
#include <string_view>

namespace hezar::host {

/// How text for people may look.
struct Style {
  bool is_terminal = false;
  bool color = false;
  int columns = 80;
};

/// Thrown when whoever reads standard output is gone: no error, the program just ends.
struct ReaderClosed {};

/// Standard output, buffered. Nothing but results goes there.
class Output {
 public:
  Output() = default;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  /// @throws ReaderClosed; Error kIo where the system refuses, e.g. a full disk.
  void write(std::string_view text);
  void flush();

  [[nodiscard]] bool is_terminal() const;
  /// Of the terminal; 80 where there is none.
  [[nodiscard]] int columns() const;

 private:
  std::string buffer_;
};

}  // namespace hezar::host
