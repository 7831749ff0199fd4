/** What one client, one account and one process may use. A value is an argument, so that tests need not wait. */
export type Bounds = {
  signInMs: number;
  idleMs: number;
  /** Connections that have not signed in, over all clients of the process. */
  unauthenticated: number;
  connectionsOfAccount: number;
  triesOfConnection: number;
  channels: number;
  handles: number;
  /** Bytes that wait in memory to be stored, over all clients; beyond it each write is stored at once. */
  bufferedBytes: number;
};

export const BOUNDS: Bounds = {
  signInMs: 20_000,
  idleMs: 30 * 60_000,
  unauthenticated: 100,
  connectionsOfAccount: 20,
  triesOfConnection: 6,
  channels: 10,
  handles: 64,
  bufferedBytes: 128 * 1024 ** 2,
};

/** Failed tries in ten minutes before further ones are refused unseen. */
export const TRIES = { windowSeconds: 600, ofAddress: 30, ofAccount: 30 } as const;
