// The JSON reader: validation, steps over text, documents.
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "core/utf8.h"
#include "core_check.h"
#include "json/cursor.h"
#include "json/documents.h"
#include "json/escape.h"
#include "json/validate.h"
#include "json/writer.h"

namespace {

void Strings() {
  CHECK(ba::DecodeJsonString("") == "");
  CHECK(ba::DecodeJsonString(R"(a\u00e9\n\ud83d\ude00\ud83d\u0041\/b)") ==
        "a\xc3\xa9\n\xf0\x9f\x98\x80\xef\xbf\xbd" "A/b");
  const char* const meanings[][2] = {
      {"ab", "ab"}, {R"(\u0061b)", "ab"}, {R"(a\u0062)", "ab"}, {R"(\ud83d\ude00)", "\xf0\x9f\x98\x80"}};
  for (const auto& [content, text] : meanings) {
    CHECK(ba::JsonStringEquals(content, text));
    CHECK(!ba::JsonStringEquals(content, std::string(text) + 'c'));
    CHECK(!ba::JsonStringEquals(content, std::string_view(text).substr(1)));
    CHECK(!ba::JsonStringEquals(content, ""));
  }
  std::string written;
  ba::AppendJsonString(&written, std::string_view("a\"\\\b\f\n\r\t\0\x1f/\x7f", 12));
  CHECK(written == "\"a\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f/\x7f\"");
}

// A text that ends exactly where its memory does, so that a sanitizer sees a step outside it.
class Exact {
 public:
  explicit Exact(std::string_view text) : data_(new char[text.size()]), size_(text.size()) {
    text.copy(data_.get(), text.size());
  }
  std::string_view view() const { return {data_.get(), size_}; }

 private:
  std::unique_ptr<char[]> data_;
  size_t size_;
};

constexpr std::string_view kDocument =
    "{\"sch\\u00e4ma\" : [1, -0.5e+3, true, false, null, \"\\ud83d\\ude00 \\\"x\\\\\"],\n"
    " \"gr\xc3\xb6\xc3\x9f" "e\":{\"\":[[],{}, [[\"\xf0\x9f\x98\x80\"]]]}, \"last\": 12345678901234567890}";

void Problems() {
  CHECK(!ba::FindJsonProblem(Exact(kDocument).view()));
  for (size_t length = 0; length < kDocument.size(); ++length) {
    const Exact prefix(kDocument.substr(0, length));
    const auto problem = ba::FindJsonProblem(prefix.view());
    CHECK(problem);
    const size_t invalid = ba::FindInvalidUtf8(prefix.view());
    CHECK(problem->is_utf8 == (invalid == std::string_view::npos));
    CHECK(problem->offset == (problem->is_utf8 ? length : invalid));
  }
  for (size_t depth : {63, 64, 65, 128, 100000}) {
    const std::string open(depth, '['), close(depth, ']');
    CHECK(!ba::FindJsonProblem(open + close));
    CHECK(ba::FindJsonProblem(open + close + ']')->offset == 2 * depth);
    CHECK(ba::FindJsonProblem(open + '}')->offset == depth);
  }
}

size_t At(std::string_view text, std::string_view pointer) { return ba::FindInJson(text, 0, pointer); }

void Steps() {
  const Exact exact(kDocument);
  const std::string_view text = exact.view();
  auto value = [&](std::string_view pointer) {
    const size_t at = At(text, pointer);
    return at == ba::kNoJson ? "none" : text.substr(at, ba::SkipJson(text, at) - at);
  };
  CHECK(value("") == text);
  CHECK(value("/sch\xc3\xa4ma/1") == "-0.5e+3");
  CHECK(value("/gr\xc3\xb6\xc3\x9f" "e//2/0/0") == "\"\xf0\x9f\x98\x80\"");
  CHECK(value("/last") == "12345678901234567890");
  const char* const nothing[] = {"/las",    "/lastt",           "/",
                                 "/last/0", "/sch\xc3\xa4ma/6", "/sch\xc3\xa4ma/00"};
  for (const char* pointer : nothing) CHECK(value(pointer) == "none");
  CHECK(ba::IsJsonPointer("") && ba::IsJsonPointer("/") && ba::IsJsonPointer("/~0~1/"));
  CHECK(!ba::IsJsonPointer("a") && !ba::IsJsonPointer("/~") && !ba::IsJsonPointer("/~2") && !ba::IsJsonPointer("~0"));
}

// A mapped file may be changed by another process after it was checked: no step may lead outside, or never end.
void ChangedTexts() {
  for (size_t at = 0; at < kDocument.size(); ++at) {
    for (char change : {'"', '\\', '[', ']', '{', '}', ',', ':', ' ', '\xff', '\0'}) {
      std::string changed(kDocument);
      changed[at] = change;
      const Exact exact(changed);
      const std::string_view text = exact.view();
      for (size_t start = 0; start < text.size(); ++start) {
        const size_t end = ba::SkipJson(text, start);
        CHECK(end >= start && end <= text.size());
        const size_t first = ba::FirstInJson(text, start), next = ba::NextInJson(text, end);
        CHECK(first == ba::kNoJson || (first > start && first < text.size()));
        CHECK(next == ba::kNoJson || (next > end && next < text.size()));
      }
      for (const char* pointer : {"/last", "/sch\xc3\xa4ma/5", "/gr\xc3\xb6\xc3\x9f" "e//2/0/0", "/x"}) {
        const size_t found = At(text, pointer);
        CHECK(found == ba::kNoJson || found < text.size());
      }
    }
  }
}

// A file of its own, deleted at the end.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view content) {
    const int fd = mkstemp(path_);
    CHECK(fd >= 0 && write(fd, content.data(), content.size()) == static_cast<ssize_t>(content.size()));
    close(fd);
  }
  ~TemporaryFile() { unlink(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const char* path() const { return path_; }

 private:
  char path_[32] = "/tmp/ba-core-test-XXXXXX";
};

void Documents() {
  const TemporaryFile file(" [1, {\"a\": []}] "), broken("[1,\n2"), latin("[\"gr\xfcn\"]");
  ba::JsonDocuments documents;
  uint64_t first = 0, second = 0, third = 0;
  CHECK(!documents.Open(file.path(), &first) && !documents.Open(file.path(), &second));
  CHECK(first == 1 && second == 2);
  const ba::JsonDocument* document = documents.Find(first);
  CHECK(document != nullptr && document != documents.Find(second));
  const ba::JsonNode root = document->Find(0, "");
  CHECK(root == 2 && document->Text(root) == "[1, {\"a\": []}]" && document->Text(0) == document->Text(root));
  CHECK(document->Kind(0) == '[' && document->First(0) == document->First(root));
  const ba::JsonNode one = document->First(root);
  CHECK(document->Text(one) == "1" && document->First(one) == ba::kNotContainer);
  const ba::JsonNode object = document->Next(one);
  CHECK(document->Kind(object) == '{' && document->Next(object) == ba::kNoNode && document->Next(0) == ba::kNoNode);
  const ba::JsonNode name = document->First(object), value = document->Next(name);
  CHECK(document->Text(name) == "\"a\"" && document->Text(value) == "[]" && document->First(value) == ba::kNoNode);
  CHECK(document->Find(object, "/a") == value && document->Find(0, "/1/a") == value);
  CHECK(document->Find(object, "/b") == ba::kNoNode);
  CHECK(document->Contains(0) && document->Contains(16) && !document->Contains(17) && !document->Contains(-1));

  documents.Close(first);
  documents.Close(first);
  documents.Close(99);
  CHECK(documents.Find(first) == nullptr && documents.Find(second) != nullptr && documents.Find(0) == nullptr);
  auto error = documents.Open(broken.path(), &third);
  CHECK(error && error->code == "BA_MALFORMED_JSON" && error->message == "unexpected end at line 2, column 2");
  error = documents.Open(latin.path(), &third);
  CHECK(error && error->code == "BA_FILE_NOT_UTF8" && error->message == "byte 0xFC at line 1, column 5");
  error = documents.Open("/nonexistent", &third);
  CHECK(error && error->code == "BA_FILE_UNREADABLE" &&
        error->message == "The file cannot be read: /nonexistent. No such file or directory.");
  CHECK(!documents.Open(file.path(), &third) && third == 3);
  documents.CloseAll();
  CHECK(documents.Find(second) == nullptr && documents.Find(third) == nullptr);
}

}  // namespace

void JsonTexts() {
  Strings();
  Problems();
  Steps();
  ChangedTexts();
  Documents();
}
