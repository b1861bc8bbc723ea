import { AddressError, type Address, type Connector } from '@qmp/protocol';

/** What stands in for `@qmp/node` in a browser, where no address can be reached yet: ready-made transports can. */
export const platformConnector: Connector = {
  dial: (address) => refuse(address),
  listen: (address) => refuse(address),
};

function refuse(address: Address): never {
  const text = `Cannot use the address ${JSON.stringify(address)}: a browser has no sockets; expected a ready-made transport`;
  throw new AddressError(text, { address });
}
