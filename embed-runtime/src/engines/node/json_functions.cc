#include "engines/node/json_functions.h"

#include <string>

#include "engines/node/arguments.h"
#include "engines/node/functions.h"
#include "engines/node/native_state.h"
#include "engines/node/values.h"
#include "json/cursor.h"

namespace ba {
namespace {

using Info = v8::FunctionCallbackInfo<v8::Value>;

// The first two arguments of most functions.
struct Place {
  // Null: an exception is pending.
  const JsonDocument* document = nullptr;
  JsonNode node = kNoNode;
};

Place ReadPlace(const Info& info, bool others_valid, const char* usage) {
  uint64_t number, node;
  const bool typed = info[0]->IsNumber() && ReadCount(info[1], &node) && others_valid;
  if (!CheckArguments(info, typed, usage)) return {};
  const JsonDocument* document =
      ReadCount(info[0], &number) ? FunctionData<NativeState>(info)->documents.Find(number) : nullptr;
  if (document == nullptr) {
    ThrowError(info.GetIsolate(), "BA_READER_CLOSED", "The file is closed.");
    return {};
  }
  const auto known = static_cast<JsonNode>(node);
  if (!CheckArguments(info, document->Contains(known), usage)) return {};
  return {document, known};
}

void Return(const Info& info, JsonNode node) { info.GetReturnValue().Set(static_cast<double>(node)); }

}  // namespace

void JsonOpen(const Info& info) {
  if (!CheckArguments(info, info[0]->IsString(), "jsonOpen(path)")) return;
  uint64_t number;
  if (const auto error = FunctionData<NativeState>(info)->documents.Open(ToUtf8(info.GetIsolate(), info[0]), &number)) {
    return ThrowError(info.GetIsolate(), error->code, error->message);
  }
  info.GetReturnValue().Set(static_cast<double>(number));
}

void JsonClose(const Info& info) {
  if (!CheckArguments(info, info[0]->IsNumber(), "jsonClose(document)")) return;
  if (uint64_t number; ReadCount(info[0], &number)) FunctionData<NativeState>(info)->documents.Close(number);
}

void JsonFind(const Info& info) {
  const Place place = ReadPlace(info, info[2]->IsString(), "jsonFind(document, node, pointer)");
  if (place.document == nullptr) return;
  const std::string pointer = ToUtf8(info.GetIsolate(), info[2]);
  if (!IsJsonPointer(pointer)) {
    return ThrowError(info.GetIsolate(), "BA_POINTER_INVALID",
                      "A JSON Pointer is empty or begins with \"/\", and \"~\" stands in it as \"~0\" or \"~1\" only.");
  }
  Return(info, place.document->Find(place.node, pointer));
}

void JsonText(const Info& info) {
  const Place place = ReadPlace(info, true, "jsonText(document, node)");
  if (place.document == nullptr) return;
  v8::Local<v8::String> text;
  if (!ToJs(info.GetIsolate(), place.document->Text(place.node)).ToLocal(&text)) {
    return ThrowError(info.GetIsolate(), "BA_FILE_TOO_LARGE", "The value is longer than a string can be.");
  }
  info.GetReturnValue().Set(text);
}

void JsonFirst(const Info& info) {
  const Place place = ReadPlace(info, true, "jsonFirst(document, node)");
  if (place.document != nullptr) Return(info, place.document->First(place.node));
}

void JsonNext(const Info& info) {
  const Place place = ReadPlace(info, true, "jsonNext(document, node)");
  if (place.document != nullptr) Return(info, place.document->Next(place.node));
}

void JsonKind(const Info& info) {
  const Place place = ReadPlace(info, true, "jsonKind(document, node)");
  if (place.document == nullptr) return;
  const char kind = place.document->Kind(place.node);
  info.GetReturnValue().Set(Name(info.GetIsolate(), {&kind, 1}));
}

}  // namespace ba
