// What the server says, read from a folder: the event flood, and what each command returns.
#ifndef QMP_BENCH_CONTENT_H
#define QMP_BENCH_CONTENT_H

#include <stddef.h>

/** A command and the JSON that it returns. */
typedef struct {
  char *command;
  char *text;
  size_t length;
} Reply;

typedef struct {
  Reply *replies;
  size_t reply_count;
  /** Lines, each an event; a flood says them over and over. */
  char *events;
  size_t events_length;
  /** One line, said to each who connects. */
  char *greeting;
  size_t greeting_length;
} Content;

/** Reads `greeting`, `events` and each `COMMAND.json` of a folder; ends the process when that cannot be done. */
Content read_content(const char *folder);

#endif
