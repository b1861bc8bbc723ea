export { installQemu } from './install.mjs';
export { installedQemu } from './installed.mjs';
export { fetchSchemaSources, findSchemaSources } from './schema-sources.mjs';
