#pragma once

#include <functional>
#include <stop_token>
#include <vector>

#include <hub/http.hpp>

namespace hezar::hub {

/// Work for a thread that has a client of its own.
using Job = std::function<void(HttpClient&, const std::stop_token&)>;

/// Runs the jobs on at most eight threads. The first error stops the others and is thrown.
/// @param stop  ends them too.
/// @param tick  called on the calling thread about ten times a second.
void run_jobs(const std::vector<Job>& jobs, const Settings& settings, const std::stop_token& stop,
              const std::function<void()>& tick);

}  // namespace hezar::hub
