export { nodeConnector as platformConnector } from '@qmp/node/connector';
