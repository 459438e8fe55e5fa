#include "core/callback_depth.h"

namespace ba {
namespace {

thread_local int depth = 0;

}  // namespace

CallbackDepth::CallbackDepth() { ++depth; }
CallbackDepth::~CallbackDepth() { --depth; }
bool CallbackDepth::InsideCallback() { return depth > 0; }

}  // namespace ba
