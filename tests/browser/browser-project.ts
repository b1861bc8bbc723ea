import { playwright } from '@vitest/browser-playwright';
import { defaultClientConditions } from 'vite';
import { configDefaults, type TestProjectInlineConfiguration } from 'vitest/config';
import { ServedPrograms } from './served-programs.ts';

/** Tests of the packages for browsers that stay out of this one, each with the reason. */
const NODE_ONLY: Readonly<Record<string, string>> = {
  'packages/protocol/src/websocket/open-web-socket.test.ts': 'opens the servers that it talks to, with node:http',
  'packages/protocol/src/websocket/web-socket-transport.test.ts': 'opens the servers that it talks to, with ws',
  'packages/qmp/src/client/reply-key.test.ts': 'compares values as node:util does',
  'packages/qmp/src/connector/browser-connector.test.ts': 'opens the servers that it talks to, with ws',
  'packages/qmp/src/connector/node-connector.test.ts': 'is about the connector of the other platforms',
  'packages/qmp/src/testing/fake-qemu/command-table.test.ts': 'reads a page of the docs',
  'packages/qmp/src/testing/fake-qemu/fake-qemu.listen.test.ts': 'listens',
  'packages/qmp/src/server/qmp-server.fuzz.test.ts': 'measures the heap by node:v8',
  'packages/qmp/src/testing/fake-qemu/screen/screen.test.ts': 'reads pictures with node:zlib',
  'packages/qmp/src/testing/replay/replay.listen.test.ts': 'listens at a UNIX socket',
  'packages/qmp/src/errors/errors.test.ts': 'is about how node:util prints errors, too',
};

/** What Chromium needs to run as root, and on a network that leads nowhere. */
const LAUNCH_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The tests that run in a headless Chromium: those of the packages that know no runtime, and those in this folder. */
export function browserProject(executablePath: string): TestProjectInlineConfiguration {
  const programs = new ServedPrograms();
  return {
    extends: true,
    // In the place of what the other projects say: the platform is chosen by these.
    resolve: { conditions: ['source', ...defaultClientConditions] },
    // Found out during a run they would have the page loaded anew.
    optimizeDeps: { include: ['@fast-check/vitest'] },
    test: {
      name: 'browser',
      include: ['packages/{protocol,qmp}/src/**/*.test.ts', 'tests/browser/**/*.test.ts'],
      exclude: [...configDefaults.exclude, ...Object.keys(NODE_ONLY)],
      setupFiles: 'tests/browser/node-globals.ts',
      globalSetup: 'tests/qemu/global-setup.ts',
      // A page of its own for each file would cost four times as much.
      isolate: false,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: { executablePath, args: LAUNCH_ARGUMENTS } }),
        instances: [{ browser: 'chromium' }],
        commands: {
          serveQemu: (_, qemu: string) => programs.serveQemu(qemu),
          serveGuestAgent: (_, guestAgent: string) => programs.serveGuestAgent(guestAgent),
          kill: (_, url: string) => programs.kill(url),
          release: (_, url: string) => programs.release(url),
        },
      },
    },
  };
}
