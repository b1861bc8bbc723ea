/** Whether a text is a URL of a WebSocket: `ws://…` or `wss://…`. */
export function isWebSocketUrl(text: string): boolean {
  try {
    return /^wss?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}
