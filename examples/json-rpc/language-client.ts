import { childTransport } from '@qmp/node';
import type { ProtocolOptions } from '@qmp/protocol';
import type { JsonValue } from '@qmp/protocol/codecs';
import type { ChildProcess } from 'node:child_process';
import process from 'node:process';
import { type Introduce, JsonRpcPeer } from './json-rpc-peer.ts';
import type { RpcParams } from './rpc-message.ts';

/**
 * An editor's end of the Language Server Protocol: the server is a child process, spawned with pipes as its stdin and
 * stdout.
 */
export class LanguageClient extends JsonRpcPeer {
  readonly #rootUri: string;
  #capabilities: JsonValue = null;

  /** @param rootUri the folder that the server works on, as a `file:` URL. */
  constructor(rootUri: string, options: ProtocolOptions = {}) {
    super(options);
    this.#rootUri = rootUri;
    // Each question about settings is answered with "no settings".
    this.onRequest('workspace/configuration', (params) => noSettings(params));
  }

  /** What the server says that it can do. */
  get capabilities(): JsonValue {
    return this.#capabilities;
  }

  /** Opens a session with the server; it is initialized when this resolves. */
  async start(server: ChildProcess): Promise<void> {
    await this.connect(childTransport(server));
    await this.notify('initialized', {});
  }

  /** Opens a text that need not be on disk. */
  openDocument(uri: string, languageId: string, text: string): void | Promise<void> {
    return this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Asks the server to end, which then ends by itself. */
  async stop(): Promise<void> {
    await this.request('shutdown');
    void this.notify('exit');
    await this.disconnect();
  }

  protected override async shakeHands(request: Introduce): Promise<void> {
    this.#capabilities = await request('initialize', {
      processId: process.pid,
      rootUri: this.#rootUri,
      capabilities: { workspace: { configuration: true }, textDocument: { hover: { contentFormat: ['plaintext'] } } },
    });
  }
}

/** As many times "no settings" as the server has asked for settings. */
function noSettings(params: RpcParams | undefined): JsonValue {
  const items = params !== undefined && 'items' in params ? params['items'] : undefined;
  return Array.from({ length: Array.isArray(items) ? items.length : 0 }, () => null);
}
