#include <hezar/torch/match_names.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include <hezar/text/concat.hpp>

namespace hezar::torch {

namespace {

// "bert." in a parameter's name stands for "bert_mask_filling.bert." in a weight's.
struct Prefixes {
  std::string parameter;
  std::string weight;
  auto operator<=>(const Prefixes&) const = default;
};

std::string_view last_component(std::string_view name) {
  return name.substr(name.rfind('.') + 1);
}

// What differs in front of the longest common run of whole components; nothing without such a run.
std::optional<Prefixes> differing_prefixes(std::string_view parameter, std::string_view weight) {
  std::size_t common = 0;
  const std::size_t limit = std::min(parameter.size(), weight.size());
  std::size_t boundary = 0;
  while (common < limit &&
         parameter[parameter.size() - 1 - common] == weight[weight.size() - 1 - common]) {
    ++common;
    if (parameter[parameter.size() - common] == '.') boundary = common - 1;
  }
  const auto ends_component = [&](std::string_view name) {
    return common == name.size() || name[name.size() - 1 - common] == '.';
  };
  if (ends_component(parameter) && ends_component(weight)) boundary = common;
  if (boundary == 0) return std::nullopt;
  return Prefixes{std::string(parameter.substr(0, parameter.size() - boundary)),
                  std::string(weight.substr(0, weight.size() - boundary))};
}

class Matcher {
 public:
  Matcher(const std::vector<NamedShape>& parameters, const std::vector<NamedShape>& weights)
      : parameters_(parameters), weights_(weights), used_(weights.size(), false) {
    match_.weight_of.assign(parameters.size(), kNoMatch);
    settled_.assign(parameters.size(), false);
    for (std::size_t w = 0; w < weights.size(); ++w) by_name_.try_emplace(weights[w].name, w);
  }

  void match_exact() { apply({"", ""}); }

  // One prefix explains a renamed or wrapped model; a second round finds a wrapper's head.
  void match_prefixes() {
    for (int round = 0; round < kPrefixRounds; ++round) {
      const std::optional<Prefixes> best = most_voted();
      if (!best) return;
      apply(*best);
    }
  }

  void match_positions() {
    std::vector<std::size_t> left = unused();
    auto next = left.begin();
    for (std::size_t p = 0; p < parameters_.size() && next != left.end(); ++p) {
      if (settled_[p]) continue;
      if (weights_[*next].shape == parameters_[p].shape) take(p, *next);
      ++next;
    }
  }

  NameMatch result() {
    match_.unused = unused();
    return std::move(match_);
  }

 private:
  static constexpr int kPrefixRounds = 3;
  // Far above any model's count of equal layers; bounds the work that a hostile file can cause.
  static constexpr std::size_t kMaxCandidates = 1024;

  [[nodiscard]] std::vector<std::size_t> unused() const {
    std::vector<std::size_t> left;
    for (std::size_t w = 0; w < weights_.size(); ++w) {
      if (!used_[w] && !is_legacy_buffer(weights_[w].name)) left.push_back(w);
    }
    return left;
  }

  void take(std::size_t parameter, std::size_t weight) {
    settled_[parameter] = true;
    used_[weight] = true;
    match_.weight_of[parameter] = weight;
  }

  void apply(const Prefixes& prefixes) {
    for (std::size_t p = 0; p < parameters_.size(); ++p) {
      const std::string& name = parameters_[p].name;
      if (settled_[p] || !name.starts_with(prefixes.parameter)) continue;
      const auto found =
          by_name_.find(text::concat(prefixes.weight, name.substr(prefixes.parameter.size())));
      if (found == by_name_.end() || used_[found->second]) continue;
      const std::size_t w = found->second;
      if (weights_[w].shape == parameters_[p].shape) {
        take(p, w);
      } else {
        settled_[p] = true;
        used_[w] = true;
        match_.wrong_shapes.push_back({p, w});
      }
    }
  }

  // Every pair of equal shape and equal last component votes for the prefixes that would join it.
  [[nodiscard]] std::optional<Prefixes> most_voted() const {
    std::map<std::pair<std::string_view, Shape>, std::vector<std::size_t>> candidates;
    for (const std::size_t w : unused()) {
      auto& alike = candidates[{last_component(weights_[w].name), weights_[w].shape}];
      if (alike.size() < kMaxCandidates) alike.push_back(w);
    }
    std::map<Prefixes, std::size_t> votes;
    for (std::size_t p = 0; p < parameters_.size(); ++p) {
      if (settled_[p]) continue;
      const auto found =
          candidates.find({last_component(parameters_[p].name), parameters_[p].shape});
      if (found == candidates.end()) continue;
      for (const std::size_t w : found->second) {
        auto prefixes = differing_prefixes(parameters_[p].name, weights_[w].name);
        if (prefixes) ++votes[*std::move(prefixes)];
      }
    }
    const Prefixes* best = nullptr;
    std::size_t most = 0;
    for (const auto& [prefixes, count] : votes) {
      if (count > most && is_plausible(prefixes, count)) {
        best = &prefixes;
        most = count;
      }
    }
    return best == nullptr ? std::nullopt : std::optional(*best);
  }

  // A wrapper adds components on one side only. Two different prefixes are a renamed part, which is
  // believed where it holds half of the model; else "pooler.dense" would take
  // "predictions.transform.dense".
  [[nodiscard]] bool is_plausible(const Prefixes& prefixes, std::size_t votes) const {
    if (prefixes.parameter.empty() || prefixes.weight.empty()) return true;
    return votes * 2 >= parameters_.size();
  }

  const std::vector<NamedShape>& parameters_;
  const std::vector<NamedShape>& weights_;
  std::vector<bool> used_;     // weights
  std::vector<bool> settled_;  // parameters
  std::unordered_map<std::string, std::size_t> by_name_;
  NameMatch match_;
};

}  // namespace

bool is_legacy_buffer(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 6> kSuffixes = {
      "position_ids",   "attn.bias",          "attn.masked_bias", "relative_position_index",
      "token_type_ids", "rotary_emb.inv_freq"};
  return std::any_of(kSuffixes.begin(), kSuffixes.end(), [&](std::string_view suffix) {
    if (!name.ends_with(suffix)) return false;
    return name.size() == suffix.size() || name[name.size() - suffix.size() - 1] == '.';
  });
}

NameMatch match_names(const std::vector<NamedShape>& parameters,
                      const std::vector<NamedShape>& weights, bool positional) {
  Matcher matcher(parameters, weights);
  matcher.match_exact();
  matcher.match_prefixes();
  if (positional) matcher.match_positions();
  return matcher.result();
}

}  // namespace hezar::torch
