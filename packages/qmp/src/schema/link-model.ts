import type { Definition, QapiModel } from '@qmp/qapi';

/** The model of definitions that are being loaded. It is what loads `@qmp/qapi`, so that nothing else does. */
export async function linkModel(table: Promise<{ readonly definitions: string }>): Promise<QapiModel> {
  const [{ definitions }, qapi] = await Promise.all([table, import('@qmp/qapi')]);
  // We generated them ourselves.
  return new qapi.QapiModel(JSON.parse(definitions) as Definition[]);
}
