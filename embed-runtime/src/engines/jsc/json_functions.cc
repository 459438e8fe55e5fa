#include "engines/jsc/json_functions.h"

#include <string>

#include "engines/jsc/native_object.h"
#include "json/cursor.h"

namespace ba {
namespace {

// The first two arguments of most functions.
struct Place {
  // Null: the call has thrown.
  const JsonDocument* document = nullptr;
  JsonNode node = kNoNode;
};

Place ReadPlace(JscCall& call, JscNativeState* state, bool others_valid, const char* usage) {
  uint64_t number, node;
  if (!call.IsNumber(0) || !call.Count(1, &node) || !others_valid) {
    call.ThrowArguments(usage);
    return {};
  }
  const JsonDocument* document = call.Count(0, &number) ? state->documents.Find(number) : nullptr;
  if (document == nullptr) {
    call.Throw("BA_READER_CLOSED", "The file is closed.");
    return {};
  }
  const auto known = static_cast<JsonNode>(node);
  if (!document->Contains(known)) {
    call.ThrowArguments(usage);
    return {};
  }
  return {document, known};
}

JSValueRef Node(JscCall& call, JsonNode node) { return call.Number(static_cast<double>(node)); }

}  // namespace

JSValueRef JsonOpen(JscCall& call, JscNativeState* state) {
  if (!call.IsString(0)) return call.ThrowArguments("jsonOpen(path)");
  uint64_t number;
  if (const auto error = state->documents.Open(call.Text(0), &number)) return call.Throw(error->code, error->message);
  return call.Number(static_cast<double>(number));
}

JSValueRef JsonClose(JscCall& call, JscNativeState* state) {
  if (!call.IsNumber(0)) return call.ThrowArguments("jsonClose(document)");
  if (uint64_t number; call.Count(0, &number)) state->documents.Close(number);
  return call.Undefined();
}

JSValueRef JsonFind(JscCall& call, JscNativeState* state) {
  const Place place = ReadPlace(call, state, call.IsString(2), "jsonFind(document, node, pointer)");
  if (place.document == nullptr) return call.Undefined();
  const std::string pointer = call.Text(2);
  if (!IsJsonPointer(pointer)) {
    return call.Throw("BA_POINTER_INVALID",
                      "A JSON Pointer is empty or begins with \"/\", and \"~\" stands in it as \"~0\" or \"~1\" only.");
  }
  return Node(call, place.document->Find(place.node, pointer));
}

JSValueRef JsonText(JscCall& call, JscNativeState* state) {
  const Place place = ReadPlace(call, state, true, "jsonText(document, node)");
  if (place.document == nullptr) return call.Undefined();
  state->collector.Count(call.context());
  return ToJs(call.context(), place.document->Text(place.node));
}

JSValueRef JsonFirst(JscCall& call, JscNativeState* state) {
  const Place place = ReadPlace(call, state, true, "jsonFirst(document, node)");
  return place.document == nullptr ? call.Undefined() : Node(call, place.document->First(place.node));
}

JSValueRef JsonNext(JscCall& call, JscNativeState* state) {
  const Place place = ReadPlace(call, state, true, "jsonNext(document, node)");
  return place.document == nullptr ? call.Undefined() : Node(call, place.document->Next(place.node));
}

JSValueRef JsonKind(JscCall& call, JscNativeState* state) {
  const Place place = ReadPlace(call, state, true, "jsonKind(document, node)");
  if (place.document == nullptr) return call.Undefined();
  const char kind = place.document->Kind(place.node);
  return ToJs(call.context(), {&kind, 1});
}

}  // namespace ba
