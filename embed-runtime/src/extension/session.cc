#include "extension/session.h"

#include <unistd.h>

#include <memory>
#include <string>

#include "json/download.h"
#include "json/writer.h"

namespace ba {
namespace {

constexpr uint32_t kStopDeadline = 1000;

ba_string ToString(std::string_view text) { return {text.data(), text.size()}; }
std::string_view View(ba_string text) { return {text.data, text.length}; }

std::string Quoted(std::string_view text) {
  std::string quoted;
  AppendJsonString(&quoted, text);
  return quoted;
}

std::string_view LevelName(ba_log_level level) {
  switch (level) {
    case BA_LOG_DEBUG:
      return "debug";
    case BA_LOG_INFO:
      return "info";
    case BA_LOG_ERROR:
      return "error";
    case BA_LOG_FAULT:
      return "fault";
    case BA_LOG_DEFAULT:
      break;
  }
  return "default";
}

std::string_view OutcomeName(ba_status status) {
  if (status == BA_ERROR_DEADLINE) return "deadline";
  if (status == BA_ERROR_STOPPED) return "stopped";
  return "engine";
}

}  // namespace

void Session::SayHello() {
  writer_->Write(R"({"kind":"hello","protocol":)" + std::to_string(kProtocolVersion) +
                 R"(,"host":)" + Quoted(host_) + R"(,"engine":)" + Quoted(ba_engine_name()) + R"(,"engineVersion":)" +
                 Quoted(ba_engine_version()) + R"(,"pid":)" + std::to_string(getpid()) + '}');
}

bool Session::Receive(std::string_view json) {
  const ParentFrame frame = ReadParentFrame(json);
  if (const auto* load = std::get_if<LoadFrame>(&frame)) {
    Load(*load);
  } else if (const auto* dispatch = std::get_if<DispatchFrame>(&frame)) {
    Dispatch(*dispatch);
  } else if (const auto* answer = std::get_if<HostReplyFrame>(&frame)) {
    // A late answer, to a call that nobody waits for any more, is dropped.
    ba_runtime_answer_host_call(runtime_, answer->id, ToString(answer->reply));
  } else if (const auto* ping = std::get_if<PingFrame>(&frame)) {
    writer_->Write(R"({"kind":"pong","id":)" + std::to_string(ping->id) + '}');
  } else if (const auto* problem = std::get_if<FrameProblem>(&frame)) {
    SendProblem(*problem);
  }
  return !std::holds_alternative<StopFrame>(frame);
}

void Session::SendProblem(const FrameProblem& problem) {
  writer_->Write(R"({"kind":"protocolError","code":)" + Quoted(problem.code) + R"(,"message":)" +
                 Quoted(problem.message) + '}');
}

void Session::Stop() {
  if (runtime_ != nullptr) ba_runtime_stop(runtime_, kStopDeadline);
}

void Session::Load(const LoadFrame& frame) {
  if (runtime_ != nullptr) return SendProblem(InvalidFrame("a process loads one bundle, once"));
  ba_host_services services{};
  services.struct_size = sizeof services;
  services.on_host_call = OnHostCall;
  services.on_log = OnLog;
  ba_runtime_options options{};
  options.struct_size = sizeof options;
  options.services = &services;
  options.user_data = this;
  options.heap_megabytes = frame.heap_megabytes;
  ba_status status = ba_runtime_create(&options, &runtime_);
  if (status == BA_OK) {
    status = ba_runtime_load(runtime_, ToString(frame.bundle_path), ToString(frame.configuration), frame.deadline,
                             OnLoaded, this);
  }
  if (status != BA_OK) SendLoaded(BA_ERROR_ENGINE, ba_last_error());
}

void Session::Dispatch(const DispatchFrame& frame) {
  if (runtime_ == nullptr) return SendReply(frame.id, BA_ERROR_ENGINE, "An event came before the bundle was loaded.");
  auto recipient = std::make_unique<Recipient>(Recipient{this, frame.id});
  ba_event event{};
  event.struct_size = sizeof event;
  event.json = ToString(frame.event);
  event.deadline = frame.deadline;
  event.on_download = OnDownload;
  event.on_reply = OnReply;
  event.user_data = recipient.get();
  if (ba_runtime_dispatch(runtime_, &event) == BA_OK) {
    recipient.release();  // OnReply owns it now.
  } else {
    SendReply(frame.id, BA_ERROR_ENGINE, ba_last_error());
  }
}

void Session::SendLoaded(ba_status status, std::string_view text) {
  if (status == BA_OK)
    return writer_->Write(R"({"kind":"loaded",)" + std::string(text.substr(1)));  // {"callbacks":[...]}
  const std::string_view code = status == BA_ERROR_DEADLINE ? "BA_LOAD_DEADLINE" : "BA_ENGINE";
  writer_->Write(R"({"kind":"loadFailed","error":)" +
                 (status == BA_ERROR_LOAD ? std::string(text) : GuestErrorJson(code, text)) + '}');
}

void Session::SendReply(uint64_t id, ba_status status, std::string_view text) {
  const std::string head = R"({"kind":"reply","id":)" + std::to_string(id) + R"(,"outcome":")";
  if (status == BA_OK) return writer_->Write(head + R"(answered","reply":)" + std::string(text) + '}');
  writer_->Write(head + std::string(OutcomeName(status)) + R"(","message":)" + Quoted(text) + '}');
}

void Session::OnLoaded(void* self, ba_status status, ba_string text) {
  static_cast<Session*>(self)->SendLoaded(status, View(text));
}

void Session::OnDownload(void* user_data, const ba_download* download) {
  const auto* recipient = static_cast<Recipient*>(user_data);
  recipient->session->writer_->Write(R"({"kind":"download","id":)" + std::to_string(recipient->id) + R"(,"download":)" +
                                     DownloadJson(*download) + '}');
}

void Session::OnReply(void* user_data, ba_status status, ba_string text) {
  const std::unique_ptr<Recipient> recipient(static_cast<Recipient*>(user_data));
  recipient->session->SendReply(recipient->id, status, View(text));
}

void Session::OnHostCall(void* self, uint64_t call, ba_string json) {
  static_cast<Session*>(self)->writer_->Write(R"({"kind":"hostCall","id":)" + std::to_string(call) + R"(,"call":)" +
                                              std::string(View(json)) + '}');
}

void Session::OnLog(void* self, ba_log_level level, ba_string message) {
  static_cast<Session*>(self)->writer_->Write(R"({"kind":"log","level":")" + std::string(LevelName(level)) +
                                              R"(","message":)" + Quoted(View(message)) + '}');
}

}  // namespace ba
