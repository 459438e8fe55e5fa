#include "extension/parent_frame.h"

#include <limits>
#include <optional>

#include "json/fields.h"
#include "json/writer.h"

namespace ba {
namespace {

// Deadlines of more than 49 days are none.
uint32_t ToDeadline(uint64_t milliseconds) {
  return milliseconds > std::numeric_limits<uint32_t>::max() ? 0 : static_cast<uint32_t>(milliseconds);
}

std::optional<ParentFrame> ReadLoad(const JsonFields& fields) {
  const auto path = fields.Text("bundlePath");
  const auto configuration = fields.Object("configuration");
  const auto deadline = fields.Count("deadlineMs");
  const auto limits = JsonFields::Parse(fields.Raw("limits").value_or(""));
  const auto heap = limits ? limits->Count("heapMegabytes") : std::nullopt;
  if (!path || !configuration || !deadline || !heap || *heap > std::numeric_limits<uint32_t>::max()) return {};
  return LoadFrame{*path, *configuration, ToDeadline(*deadline), static_cast<uint32_t>(*heap)};
}

std::optional<ParentFrame> ReadDispatch(const JsonFields& fields) {
  const auto id = fields.Count("id");
  const auto deadline = fields.Count("deadlineMs");
  const auto event = fields.Object("event");
  if (!id || !deadline || !event) return {};
  return DispatchFrame{*id, ToDeadline(*deadline), *event};
}

std::optional<ParentFrame> ReadHostReply(const JsonFields& fields) {
  const auto id = fields.Count("id");
  const auto reply = fields.Object("reply");
  if (!id || !reply) return {};
  return HostReplyFrame{*id, *reply};
}

std::optional<ParentFrame> ReadPing(const JsonFields& fields) {
  const auto id = fields.Count("id");
  if (!id) return {};
  return PingFrame{*id};
}

std::string Quoted(std::string_view text) {
  std::string quoted;
  AppendJsonString(&quoted, text);
  return quoted;
}

}  // namespace

FrameProblem InvalidFrame(std::string_view why) {
  return {"BA_PROTOCOL_INVALID_FRAME", "The frame could not be used: " + std::string(why) + "."};
}

ParentFrame ReadParentFrame(std::string_view json) {
  const auto fields = JsonFields::Parse(json);
  if (!fields) return InvalidFrame("a frame is a JSON object in UTF-8");
  const std::string kind = fields->Text("kind").value_or("");
  std::optional<ParentFrame> frame;
  if (kind == "load") {
    frame = ReadLoad(*fields);
  } else if (kind == "dispatch") {
    frame = ReadDispatch(*fields);
  } else if (kind == "hostReply") {
    frame = ReadHostReply(*fields);
  } else if (kind == "ping") {
    frame = ReadPing(*fields);
  } else if (kind == "stop") {
    frame = StopFrame{};
  } else {
    return FrameProblem{"BA_PROTOCOL_UNKNOWN_KIND", "There is no frame of kind " + Quoted(kind) + '.'};
  }
  if (!frame) return InvalidFrame("a field of the frame " + Quoted(kind) + " is missing or of another type");
  return *frame;
}

}  // namespace ba
