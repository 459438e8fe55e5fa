#ifndef BA_CORE_HOST_CALLS_H
#define BA_CORE_HOST_CALLS_H

#include <cstdint>
#include <unordered_set>

namespace ba {

// The host calls that wait for an answer. Not synchronised.
class HostCalls {
 public:
  uint64_t Add() {
    waiting_.insert(++last_);
    return last_;
  }
  // False: unknown, or answered already.
  bool Take(uint64_t number) { return waiting_.erase(number) == 1; }

 private:
  uint64_t last_ = 0;
  std::unordered_set<uint64_t> waiting_;
};

}  // namespace ba

#endif
