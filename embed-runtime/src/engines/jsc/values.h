#ifndef BA_ENGINES_JSC_VALUES_H
#define BA_ENGINES_JSC_VALUES_H

#include <JavaScriptCore/JavaScript.h>

#include <string>
#include <string_view>

namespace ba {

// Owns a JSStringRef.
class JscString {
 public:
  // Invalid UTF-8 becomes U+FFFD. Zero bytes are characters like others.
  explicit JscString(std::string_view utf8);
  // Takes over what a function with "Create" or "Copy" in its name gave; may be null.
  explicit JscString(JSStringRef owned) : string_(owned) {}
  ~JscString();
  JscString(const JscString&) = delete;
  JscString& operator=(const JscString&) = delete;

  JSStringRef get() const { return string_; }
  // Half a surrogate pair becomes U+FFFD.
  std::string ToUtf8() const;

 private:
  JSStringRef string_;
};

JSValueRef ToJs(JSContextRef context, std::string_view utf8);

// What String(value) gives; "" when that throws.
std::string ToUtf8(JSContextRef context, JSValueRef value);

// An Error with a `code`.
JSValueRef MakeError(JSContextRef context, std::string_view code, std::string_view message);

// A property of an object; undefined when the access throws.
JSValueRef GetProperty(JSContextRef context, JSObjectRef object, const char* name);

// A whole number that a double holds exactly, 0 or more. False: it is something else.
bool ReadCount(JSContextRef context, JSValueRef value, uint64_t* out);

}  // namespace ba

#endif
