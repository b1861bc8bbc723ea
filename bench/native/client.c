// The ceiling: a QMP client that sends the bytes that QmpClient sends, and only counts the lines that come back.
//   client KIND SOCKET OPERATIONS WARM_UP IN_FLIGHT COMMAND     KIND is commands, events or connect
// Prints how long the operations took, as JSON.
#define _GNU_SOURCE
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "buffer.h"

enum { READ_BYTES = 256 * 1024 };

static const char *socket_path;
static int connection;
static long last_id;

static void check(long result, const char *what) {
  if (result > 0) return;
  fprintf(stderr, "%s: the connection is gone\n", what);
  exit(1);
}

static double seconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/** Reads once; gives the number of lines that ended in it. */
static long read_lines(void) {
  static char chunk[READ_BYTES];
  ssize_t count = recv(connection, chunk, sizeof chunk, 0);
  check(count, "recv");
  long lines = 0;
  const char *end = chunk + count;
  for (const char *at = chunk; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++) lines++;
  return lines;
}

static void send_all(Buffer *out) {
  while (buffer_length(out) > 0) {
    ssize_t count = send(connection, out->bytes + out->first, buffer_length(out), MSG_NOSIGNAL);
    check(count, "send");
    buffer_consume(out, (size_t)count);
  }
}

static void add_command(Buffer *out, const char *command, const char *members) {
  char text[256];
  last_id++;
  int length = snprintf(text, sizeof text, "{\"execute\":\"%s\"%s,\"id\":%ld}", command, members, last_id);
  buffer_append(out, text, (size_t)length);
}

/** Connects and negotiates as QmpClient does: out-of-band where it is offered. */
static void open_session(Buffer *out) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, socket_path, sizeof address.sun_path - 1);
  connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(connection, (struct sockaddr *)&address, sizeof address) < 0) {
    perror(socket_path);
    exit(1);
  }
  char greeting[4096];
  size_t length = 0;
  while (length == 0 || greeting[length - 1] != '\n') {
    ssize_t count = recv(connection, greeting + length, sizeof greeting - 1 - length, 0);
    check(count, "the greeting");
    length += (size_t)count;
  }
  greeting[length] = '\0';
  last_id = 0;
  bool oob = strstr(greeting, "\"oob\"") != NULL;
  add_command(out, "qmp_capabilities", oob ? ",\"arguments\":{\"enable\":[\"oob\"]}" : "");
  send_all(out);
  while (read_lines() == 0) continue;
}

static void run_commands(Buffer *out, long operations, long in_flight, const char *command) {
  long sent = 0;
  for (long answered = 0; answered < operations;) {
    for (; sent < operations && sent - answered < in_flight; sent++) add_command(out, command, "");
    send_all(out);
    answered += read_lines();
  }
}

static void run_events(Buffer *out, long operations) {
  char members[64];
  snprintf(members, sizeof members, ",\"arguments\":{\"count\":%ld}", operations);
  add_command(out, "x-bench-events", members);
  send_all(out);
  for (long lines = 0; lines < operations + 1;) lines += read_lines();
}

/** Gives the time that passed between connecting and being ready. */
static double run_connect(Buffer *out, long operations) {
  double total = 0;
  for (long i = 0; i < operations; i++) {
    double start = seconds(CLOCK_MONOTONIC);
    open_session(out);
    total += seconds(CLOCK_MONOTONIC) - start;
    close(connection);
  }
  return total;
}

static double run(const char *kind, Buffer *out, long operations, long in_flight, const char *command) {
  if (strcmp(kind, "connect") == 0) return run_connect(out, operations);
  double start = seconds(CLOCK_MONOTONIC);
  if (strcmp(kind, "events") == 0) run_events(out, operations);
  else run_commands(out, operations, in_flight, command);
  return seconds(CLOCK_MONOTONIC) - start;
}

int main(int argc, char **argv) {
  if (argc != 7) {
    fprintf(stderr, "usage: client KIND SOCKET OPERATIONS WARM_UP IN_FLIGHT COMMAND\n");
    return 2;
  }
  const char *kind = argv[1];
  socket_path = argv[2];
  long operations = strtol(argv[3], NULL, 10);
  long in_flight = strtol(argv[5], NULL, 10);
  Buffer out = {0};
  if (strcmp(kind, "connect") != 0) open_session(&out);
  run(kind, &out, strtol(argv[4], NULL, 10), in_flight, argv[6]);
  double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
  double wall = run(kind, &out, operations, in_flight, argv[6]);
  cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  printf("{\"operations\":%ld,\"wallSeconds\":%.9f,\"cpuSeconds\":%.9f}\n", operations, wall, cpu);
}
