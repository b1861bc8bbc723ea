#include "message.h"

#include <string.h>

size_t message_end(MessageScan *scan, const char *text, size_t length) {
  while (scan->scanned < length) {
    char byte = text[scan->scanned++];
    if (scan->after_backslash) {
      scan->after_backslash = false;
    } else if (scan->in_string) {
      if (byte == '\\') scan->after_backslash = true;
      if (byte == '"') scan->in_string = false;
    } else if (byte == '"') {
      scan->in_string = true;
    } else if (byte == '{' || byte == '[') {
      scan->depth++;
    } else if (byte == '}' || byte == ']') {
      if (--scan->depth == 0) return scan->scanned;
    }
  }
  return 0;
}

static const char *skip_blanks(const char *at, const char *end) {
  while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n' || *at == ',' || *at == ':')) at++;
  return at;
}

static const char *skip_string(const char *at, const char *end) {
  for (at++; at < end && *at != '"'; at++) {
    if (*at == '\\') at++;
  }
  return at + 1;
}

static const char *skip_value(const char *at, const char *end) {
  if (*at == '"') return skip_string(at, end);
  if (*at == '{' || *at == '[') {
    MessageScan scan = {0};
    return at + message_end(&scan, at, (size_t)(end - at));
  }
  while (at < end && !strchr(",}] \t\r\n", *at)) at++;
  return at;
}

bool is_string(Span value, const char *text) {
  size_t length = strlen(text);
  return value.start != NULL && value.length == length + 2 && memcmp(value.start + 1, text, length) == 0;
}

Span member(Span object, const char *name) {
  const char *end = object.start + object.length - 1; // the closing brace
  const char *at = skip_blanks(object.start + 1, end);
  while (at < end && *at == '"') {
    const char *key_end = skip_string(at, end);
    const char *value = skip_blanks(key_end, end);
    const char *value_end = skip_value(value, end);
    Span key = {at, (size_t)(key_end - at)};
    if (is_string(key, name)) return (Span){value, (size_t)(value_end - value)};
    at = skip_blanks(value_end, end);
  }
  return (Span){NULL, 0};
}
