import type { QmpClient } from 'qmp';

/** The port that the system has chosen for a listening chardev. */
export async function portOf(client: QmpClient, label: string): Promise<number> {
  const chardevs = await client.execute('query-chardev');
  const found = chardevs.find((one) => one.label === label);
  return Number(/:(\d+),/.exec(found?.filename ?? '')?.[1]);
}
