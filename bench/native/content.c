#include "content.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *path) {
  perror(path);
  exit(1);
}

static char *read_file(const char *folder, const char *name, size_t *length) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail(path);
  fseek(file, 0, SEEK_END);
  *length = (size_t)ftell(file);
  rewind(file);
  char *text = malloc(*length + 1);
  if (text == NULL || fread(text, 1, *length, file) != *length) fail(path);
  text[*length] = '\0';
  fclose(file);
  return text;
}

Content read_content(const char *folder) {
  Content content = {0};
  content.greeting = read_file(folder, "greeting", &content.greeting_length);
  content.events = read_file(folder, "events", &content.events_length);
  DIR *entries = opendir(folder);
  if (entries == NULL) fail(folder);
  for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
    char *suffix = strstr(entry->d_name, ".json");
    if (suffix == NULL) continue;
    content.replies = realloc(content.replies, (content.reply_count + 1) * sizeof *content.replies);
    if (content.replies == NULL) fail(folder);
    Reply *reply = &content.replies[content.reply_count++];
    reply->text = read_file(folder, entry->d_name, &reply->length);
    *suffix = '\0';
    reply->command = strdup(entry->d_name);
  }
  closedir(entries);
  return content;
}
