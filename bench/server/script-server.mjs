#!/usr/bin/env node
// Says what server.c says, only slower: for machines without a C compiler.
//   node script-server.mjs SOCKET CONTENT_FOLDER
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { JsonStreamCodec, stringifyJson } from '@qmp/protocol/codecs';

/** @typedef {import('@qmp/protocol/codecs').JsonValue} JsonValue */
/** @typedef {{ readonly execute: string, readonly arguments?: { readonly count?: number }, readonly id?: JsonValue }} Command */

/** A flood adds no more events while this much waits to be written, so that replies are never far behind. */
const FLOOD_BYTES = 256 * 1024;

const NOT_NEGOTIATED = "Expecting capabilities negotiation with 'qmp_capabilities'";

const [path = '', folder = ''] = process.argv.slice(2);
const greeting = read('greeting');
const events = read('events').split(/(?<=\n)/);
const replies = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [file.slice(0, -'.json'.length), read(file)]),
);

createServer(serve).listen(path);

/** @param {string} file */
function read(file) {
  return readFileSync(join(folder, file), 'utf8');
}

/** @param {import('node:net').Socket} socket */
function serve(socket) {
  const codec = new JsonStreamCodec();
  let negotiated = false;
  let floodLeft = 0;
  let floodAt = 0;

  /** @param {Command} command */
  function answer({ execute: command, arguments: args, id: givenId }) {
    const id = givenId === undefined ? '' : `, "id": ${stringifyJson(givenId)}`;
    if (command === 'qmp_capabilities') negotiated = true;
    else if (!negotiated) return failure(NOT_NEGOTIATED, id);
    if (command === 'x-bench-events') floodLeft += args?.count ?? 0;
    const value = command === 'qmp_capabilities' || command === 'x-bench-events' ? '{}' : replies.get(command);
    if (value === undefined) return failure("The benchmark's server does not know this command", id);
    return `{"return": ${value}${id}}\r\n`;
  }

  function flood() {
    while (floodLeft > 0 && socket.writableLength < FLOOD_BYTES) {
      const count = Math.min(floodLeft, events.length - floodAt, 256);
      socket.write(events.slice(floodAt, floodAt + count).join(''));
      floodLeft -= count;
      floodAt = (floodAt + count) % events.length;
    }
  }

  socket.on('data', (chunk) => {
    let text = '';
    for (const message of codec.decode(chunk))
      text += answer(/** @type {Command} */ (/** @type {unknown} */ (message)));
    if (text !== '') socket.write(text);
    flood();
  });
  socket.on('drain', flood);
  // Who hangs up while being talked to is gone, and that is all.
  socket.on('error', () => socket.destroy());
  socket.write(greeting);
}

/**
 * @param {string} description
 * @param {string} id
 */
function failure(description, id) {
  return `{"error": {"class": "CommandNotFound", "desc": ${JSON.stringify(description)}}${id}}\r\n`;
}
