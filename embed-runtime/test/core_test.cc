// The parts that need no engine.
#include <cstdio>
#include <string>

#include "core/file_errors.h"
#include "core/utf8.h"
#include "core_check.h"
#include "json/download.h"
#include "json/fields.h"

namespace {

using ba::DetectEncoding;
using ba::Encoding;
using ba::JsonFields;

void Encodings() {
  CHECK(DetectEncoding("") == Encoding::kAscii);
  CHECK(DetectEncoding("twenty-five ASCII letters") == Encoding::kAscii);
  CHECK(DetectEncoding("zw\xc3\xb6lf \xe2\x82\xac \xf0\x9f\x98\x80 and on") == Encoding::kUtf8);
  const std::string_view invalid[] = {
      "\x80",
      "\xc3",
      "a long ASCII start \xff",
      "\xc0\xaf" /* overlong */,
      "\xe0\x80\xaf",
      "\xed\xa0\x80" /* surrogate */,
      "\xf0\x80\x80\xaf",
      "\xf4\x90\x80\x80" /* past U+10FFFF */,
      "\xe2\x82",
  };
  for (std::string_view bytes : invalid) CHECK(DetectEncoding(bytes) == Encoding::kInvalid);
  CHECK(ba::FindInvalidUtf8("") == std::string_view::npos);
  CHECK(ba::FindInvalidUtf8("zw\xc3\xb6lf") == std::string_view::npos);
  CHECK(ba::FindInvalidUtf8("zw\xc3\xb6lf \xe2\x82") == 7);
  for (uint32_t code : {0x0u, 0x7fu, 0x80u, 0x7ffu, 0x800u, 0xffffu, 0x10000u, 0x10ffffu}) {
    char utf8[4];
    const size_t length = ba::EncodeUtf8(code, utf8);
    CHECK(ba::Utf8Length({utf8, length}) == length);
    CHECK(length == 1 || ba::Utf8Length({utf8, length - 1}) == 0);
  }
}

void Places() {
  CHECK(ba::PlaceIn("", 0) == "line 1, column 1");
  CHECK(ba::PlaceIn("ab\ncd", 2) == "line 1, column 3");
  CHECK(ba::PlaceIn("ab\ncd", 3) == "line 2, column 1");
  CHECK(ba::PlaceIn("ab\r\n\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80x", 13) == "line 2, column 5");
}

void Fields() {
  const auto fields = JsonFields::Parse(
      " {\"kind\":\"a\\u00e9\\ud83d\\ude00\\n\",\"id\":42,\"o\" : {\"x\":[1,{\"y\":null}]} "
      ",\"n\":-1.5e3,\"id\":43,\"big\":9007199254740992,\"half\":\"\\ud800\"} ");
  CHECK(fields);
  CHECK(fields->Text("kind") == "a\xc3\xa9\xf0\x9f\x98\x80\n");
  CHECK(fields->Count("id") == 43u);
  CHECK(fields->Object("o") == "{\"x\":[1,{\"y\":null}]}");
  CHECK(fields->Raw("n") == "-1.5e3");
  CHECK(!fields->Count("n") && !fields->Count("big") && !fields->Count("kind") && !fields->Text("id") &&
        !fields->Object("id"));
  CHECK(fields->Text("half") == "\xef\xbf\xbd");
  CHECK(!fields->Raw("absent"));
  CHECK(JsonFields::Parse("{}"));
}

void BrokenJson() {
  const std::string deep = "{\"a\":" + std::string(100000, '[') + std::string(99999, ']') + '}';
  const std::string_view broken[] = {
      "",
      "null",
      "[]",
      "{",
      "{\"a\"}",
      "{\"a\":}",
      "{\"a\":1,}",
      "{a:1}",
      "{\"a\":1}x",
      "{\"a\":01}",
      "{\"a\":1.}",
      "{\"a\":-}",
      "{\"a\":\"\n\"}",
      "{\"a\":\"\\x\"}",
      "{\"a\":\"\\u12\"}",
      "{\"a\":[1,]}",
      "{\"a\":tru}",
      "{\"a\":\"\xff\"}",
      deep,
  };
  for (std::string_view json : broken) CHECK(!JsonFields::Parse(json));
}

ba_string Text(const char* text) { return {text, std::string_view(text).size()}; }

void Downloads() {
  ba_download download{};
  download.struct_size = sizeof download;
  download.identifier = Text("a\"\\\x01");
  download.url = Text("https://assets.example.com/a");
  download.file_size = 1;
  download.priority = BA_PRIORITY_DEFAULT;
  CHECK(
      ba::DownloadJson(download) ==
      R"({"identifier":"a\"\\\u0001","request":{"url":"https://assets.example.com/a"},"fileSize":1,"essential":false,"priority":"default"})");
  const ba_header headers[] = {{Text("A"), Text("1")}, {Text("B"), Text("2")}};
  download.identifier = Text("a");
  download.headers = headers;
  download.header_count = 2;
  download.method = Text("GET");
  download.timeout_interval = 5;
  download.allows_cellular_access = BA_NO;
  download.essential = 1;
  download.application_group_identifier = Text("g");
  CHECK(
      ba::DownloadJson(download) ==
      R"({"identifier":"a","request":{"url":"https://assets.example.com/a","method":"GET","headers":{"A":"1","B":"2"},"timeoutInterval":5,"allowsCellularAccess":false},"fileSize":1,"essential":true,"priority":"default","applicationGroupIdentifier":"g"})");
}

}  // namespace

int main() {
  Encodings();
  Places();
  JsonTexts();
  Fields();
  BrokenJson();
  Downloads();
  std::puts("all checks passed");
}
