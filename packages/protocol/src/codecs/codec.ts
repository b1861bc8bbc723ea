/**
 * Turns bytes into messages and messages into bytes. Pure: no I/O, no promise, no clock, so it can be fuzzed,
 * measured and shared by clients, servers and proxies. One instance serves one session.
 */
export interface Codec<In, Out> {
  /**
   * Every message that the chunk completes, in order. The result must be consumed before the next call; messages that
   * stood before a fault are yielded before the fault is thrown.
   *
   * @throws ProtocolError (while iterating) when the bytes cannot be a message.
   */
  decode(chunk: Uint8Array): Iterable<In>;

  /**
   * Called once, at the end of the stream: a last message that needed no terminator.
   *
   * @throws ProtocolError (while iterating) when the stream ended inside a message.
   */
  end(): Iterable<In>;

  /**
   * One message as it goes on the wire.
   *
   * @throws TypeError when the message cannot be encoded; nothing has been sent then.
   */
  encode(message: Out): Uint8Array | string;
}
