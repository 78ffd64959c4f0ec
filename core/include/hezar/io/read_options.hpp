#pragma once

namespace hezar::io {

/// How weight files are read.
struct ReadOptions {
  /// Map the file (PROT_READ|PROT_WRITE, MAP_PRIVATE: writing never reaches the file) and view
  /// tensors in it where they are aligned; else read them into owned memory.
  bool mmap = true;
};

}  // namespace hezar::io
