import { type AddressInfo, createServer, type Socket } from "node:net";
import ssh2, { type Connection } from "ssh2";
import type { Door, IntakeContext } from "../door/context";
import { plainAddress } from "../door/networks";
import { ALGORITHMS } from "./algorithms";
import { decideSignIn } from "./authenticate";
import { BOUNDS, type Bounds } from "./bounds";
import { serveFiles } from "./serve-files";
import type { Buffered } from "./upload-writer";

/** The library sends the real software's version otherwise. */
const IDENT = "Kytkin";
/** A client that was told to go and stays is cut off. */
const LEAVE_MS = 1_000;
/** Channels that a client may ask for in vain before its line is cut. */
const MOST_REFUSED_CHANNELS = 100;

export type SftpOptions = {
  context: IntakeContext;
  hostKey: string;
  port: number;
  host?: string;
  bounds?: Partial<Bounds>;
};

export type SftpServer = {
  port: number;
  /** Connections that are signed in. */
  countClients(): number;
  close(): Promise<void>;
};

/** A line from its first byte on. */
type Arrival = {
  socket: Socket;
  address: string;
  /** The client is signed in, or gone: it no longer counts as one that may be neither. */
  endWaiting: () => void;
};

/** What is counted over all clients of the process. */
type Shared = {
  context: IntakeContext;
  bounds: Bounds;
  buffered: Buffered;
  /** By remote address and port; the library tells of a client when its first line was read. */
  arrivals: Map<string, Arrival>;
  unauthenticated: number;
  perAccount: Map<string, number>;
};

const keyOf = (address: string | undefined, port: number | undefined): string => `${address} ${port}`;

/** Takes files of customers. Resolves once it listens. */
export async function startSftpServer(options: SftpOptions): Promise<SftpServer> {
  const shared: Shared = {
    context: options.context,
    bounds: { ...BOUNDS, ...options.bounds },
    buffered: { bytes: 0 },
    arrivals: new Map(),
    unauthenticated: 0,
    perAccount: new Map(),
  };
  const config = { hostKeys: [options.hostKey], algorithms: ALGORITHMS, ident: IDENT };
  const ssh = new ssh2.Server(config, (client, info) => {
    const arrival = shared.arrivals.get(keyOf(info.ip, info.port));
    if (arrival) serveClient(shared, client, arrival);
    else client.end();
  });
  // The socket is ours: a client that sends nothing at all is counted and cut off too.
  // Answers are small and clients wait for each: held back until the last one is acknowledged, a write would take a tenth of a second.
  const server = createServer({ noDelay: true }, (socket) => {
    if (takeArrival(shared, socket)) ssh.injectSocket(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, () => resolve());
  });
  server.on("error", (error: Error) => options.context.log.error({ err: error }, "sFTP listener failed"));
  const address = server.address();
  return {
    port: isAddressInfo(address) ? address.port : options.port,
    countClients: () => [...shared.perAccount.values()].reduce((sum, count) => sum + count, 0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const { socket } of shared.arrivals.values()) leave(socket);
      }),
  };
}

const isAddressInfo = (address: string | AddressInfo | null): address is AddressInfo =>
  typeof address === "object" && address !== null;

/** What was sent is still delivered; then the line is cut, whatever the client does. */
function leave(socket: Socket): void {
  socket.end();
  setTimeout(() => socket.destroy(), LEAVE_MS).unref();
}

/** Counts a line from its first byte on. False when there are too many of those that have not signed in. */
function takeArrival(shared: Shared, socket: Socket): boolean {
  const { context, bounds, arrivals } = shared;
  const address = plainAddress(socket.remoteAddress ?? "");
  const key = keyOf(socket.remoteAddress, socket.remotePort);
  if (shared.unauthenticated >= bounds.unauthenticated) {
    context.log.info({ address }, "too many sFTP clients that are not signed in");
    socket.destroy();
    return false;
  }
  let isWaiting = true;
  shared.unauthenticated += 1;
  const timer = setTimeout(() => {
    context.log.info({ address }, "sFTP sign-in took too long");
    leave(socket);
  }, bounds.signInMs);
  const endWaiting = () => {
    clearTimeout(timer);
    if (isWaiting) shared.unauthenticated -= 1;
    isWaiting = false;
  };
  arrivals.set(key, { socket, address, endWaiting });
  socket.on("error", () => {});
  socket.once("close", () => {
    endWaiting();
    arrivals.delete(key);
  });
  return true;
}

function serveClient(shared: Shared, client: Connection, { socket, address, endWaiting }: Arrival): void {
  const { context, bounds } = shared;
  let door: Door | null = null;
  let tries = 0;
  const cut = (words: string) => {
    context.log.info({ address, connectionId: door?.connectionId }, words);
    client.end();
    leave(socket);
  };
  let idleTimer: NodeJS.Timeout | undefined;
  const touch = () => {
    clearTimeout(idleTimer);
    idleTimer = setTimeout(() => cut("sFTP client was idle"), bounds.idleMs);
  };
  client.on("error", (error: Error) => context.log.debug({ address, err: error }, "sFTP client failed"));
  client.on("close", () => {
    clearTimeout(idleTimer);
    if (door) count(shared, door, -1);
  });
  client.on("authentication", (auth) => {
    if (auth.method === "none") return auth.reject(["publickey", "password"]);
    tries += 1;
    if (tries > bounds.triesOfConnection * 2) return cut("too many tries to sign in over one line");
    decideSignIn(context, auth, address)
      .then((verdict) => {
        if (verdict.kind === "refused") {
          auth.reject(["publickey", "password"]);
          if (tries >= bounds.triesOfConnection) cut("too many tries to sign in over one line");
        } else if (verdict.kind === "accepted") {
          if ((shared.perAccount.get(verdict.door.connectionId) ?? 0) >= bounds.connectionsOfAccount) {
            auth.reject();
            return cut("too many sFTP clients of one account");
          }
          door = verdict.door;
          count(shared, door, 1);
          auth.accept();
        } else if (auth.method === "publickey") auth.accept();
        else auth.reject(["publickey", "password"]);
      })
      .catch((error: unknown) => {
        context.log.error({ err: error }, "sFTP sign-in failed");
        auth.reject();
        cut("sFTP sign-in failed");
      });
  });
  client.on("ready", () => {
    endWaiting();
    touch();
    if (door) serveChannels(shared, client, door, touch, cut);
  });
}

function count(shared: Shared, door: Door, change: number): void {
  const next = (shared.perAccount.get(door.connectionId) ?? 0) + change;
  if (next > 0) shared.perAccount.set(door.connectionId, next);
  else shared.perAccount.delete(door.connectionId);
}

/** Sessions that ask for the subsystem `sftp`; shells, commands, forwards and agents have no listener and are refused. */
function serveChannels(
  shared: Shared,
  client: Connection,
  door: Door,
  touch: () => void,
  cut: (words: string) => void,
): void {
  const { context, bounds, buffered } = shared;
  const handles = { open: 0 };
  let channels = 0;
  let refused = 0;
  client.on("session", (accept, reject) => {
    touch();
    if (channels >= bounds.channels) {
      refused += 1;
      reject();
      if (refused === MOST_REFUSED_CHANNELS) cut("sFTP client asks for too many channels");
      return;
    }
    channels += 1;
    const session = accept();
    session.once("close", () => {
      channels -= 1;
    });
    session.on("sftp", (acceptFiles) => {
      serveFiles(acceptFiles(), { context, door, bounds, buffered, handles, onRequest: touch });
    });
  });
}
