import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DANGEROUS_RPCS } from '../qemu/dangerous-rpcs.ts';
import { startRelay } from '../relay/web-socket-relay.ts';

interface ServedProgram {
  kill(): Promise<void>;
  closeRelay(): Promise<void>;
}

/** Programs that are started for tests in a browser, each behind a relay of its own, whose URL is its name. */
export class ServedPrograms {
  readonly #served = new Map<string, ServedProgram>();

  /** A QEMU without a machine, by the path of its program. */
  serveQemu(qemu: string): Promise<string> {
    const words = ['-machine', 'none', '-accel', 'tcg', '-nodefaults', '-display', 'none'];
    return this.#serve(qemu, (folder) => [...words, '-qmp', `unix:${folder}/socket,server=on,wait=off`]);
  }

  /** A guest agent, by the path of its program, with everything blocked that would harm this machine. */
  serveGuestAgent(guestAgent: string): Promise<string> {
    return this.#serve(guestAgent, (folder) => {
      const files = ['-t', folder, '-f', join(folder, 'pid')];
      return ['-m', 'unix-listen', '-p', join(folder, 'socket'), ...files, '-b', DANGEROUS_RPCS.join(',')];
    });
  }

  /** Kills what is behind the URL, unless it is gone already; the relay stays. */
  async kill(url: string): Promise<void> {
    await this.#served.get(url)?.kill();
  }

  /** Ends all that is behind the URL, and the relay. */
  async release(url: string): Promise<void> {
    await this.kill(url);
    await this.#served.get(url)?.closeRelay();
    this.#served.delete(url);
  }

  async #serve(program: string, words: (folder: string) => string[]): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'qmp-'));
    const child = spawn(program, words(folder), { stdio: ['ignore', 'ignore', 'inherit'] });
    const killAtExit = (): void => void child.kill('SIGKILL');
    process.once('exit', killAtExit);
    const ended = once(child, 'close');
    const relay = await startRelay({ target: join(folder, 'socket') });
    this.#served.set(relay.url, {
      async kill() {
        killAtExit();
        await ended;
        process.off('exit', killAtExit);
      },
      async closeRelay() {
        await relay.close();
        await rm(folder, { recursive: true, force: true });
      },
    });
    return relay.url;
  }
}
