import ssh2, { type Attributes, type FileEntry, type SFTPWrapper } from "ssh2";
import { isAppError } from "@/lib/core/app-error";
import { openUpload, removeResult, removeUpload, renameUpload } from "../door/change-uploads";
import {
  asIntake,
  type Door,
  type IntakeContext,
  type IntakeTransaction,
  isSessionAlive,
} from "../door/context";
import {
  type Entry,
  findResult,
  findTaken,
  findUpload,
  listFiles,
  markFetched,
  readResult,
} from "../door/files";
import { type Folder, isUploadFolder, type Place, pathOf, readPath, SUBFOLDERS } from "../door/names";
import type { UploadFolder } from "../schema";
import { attributesOfFile, attributesOfFolder, entryOf } from "./attributes";
import type { Bounds } from "./bounds";
import { type Buffered, UploadWriter } from "./upload-writer";

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

type Handle =
  | { kind: "write"; writer: UploadWriter }
  | { kind: "read"; fileId: string; entry: Entry }
  | { kind: "folder"; entries: FileEntry[] };

/** What is answered to a request that is refused. */
class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(
    readonly status: number,
    words: string,
  ) {
    super(words);
  }
}
const noSuchFile = () => new Refusal(STATUS_CODE.NO_SUCH_FILE, "No such file");
const denied = (words: string) => new Refusal(STATUS_CODE.PERMISSION_DENIED, words);
const failure = (words: string) => new Refusal(STATUS_CODE.FAILURE, words);

export type FilesOptions = {
  context: IntakeContext;
  door: Door;
  bounds: Bounds;
  buffered: Buffered;
  /** Handles of the whole connection, over its channels. */
  handles: { open: number };
  /** Called at every request: the client is not idle. */
  onRequest: () => void;
};

/** Serves one channel of a client that is signed in. Its files are rows; nothing of a file system is reachable. */
export function serveFiles(sftp: SFTPWrapper, options: FilesOptions): void {
  const files = new Files(options);
  const answer = (requestId: number, work: () => Promise<void>) => {
    options.onRequest();
    work().catch((error: unknown) => answerError(options, sftp, requestId, error));
  };
  const ok = (requestId: number) => sftp.status(requestId, STATUS_CODE.OK);
  sftp.on("OPEN", (id, path, flags) =>
    answer(id, async () => sftp.handle(id, await files.open(path, flags))),
  );
  sftp.on("WRITE", (id, handle, offset, data) =>
    answer(id, async () => {
      await files.writer(handle).write(offset, data);
      ok(id);
    }),
  );
  sftp.on("READ", (id, handle, offset, length) =>
    answer(id, async () => {
      const data = await files.read(handle, offset, length);
      if (data.length === 0) sftp.status(id, STATUS_CODE.EOF);
      else sftp.data(id, data);
    }),
  );
  sftp.on("CLOSE", (id, handle) =>
    answer(id, async () => {
      await files.close(handle);
      ok(id);
    }),
  );
  sftp.on("OPENDIR", (id, path) => answer(id, async () => sftp.handle(id, await files.openFolder(path))));
  sftp.on("READDIR", (id, handle) =>
    answer(id, async () => {
      const entries = files.readFolder(handle);
      if (entries.length === 0) sftp.status(id, STATUS_CODE.EOF);
      else sftp.name(id, entries);
    }),
  );
  for (const event of ["STAT", "LSTAT"] as const)
    sftp.on(event, (id: number, path: string) =>
      answer(id, async () => sftp.attrs(id, await files.stat(path))),
    );
  sftp.on("FSTAT", (id, handle) => answer(id, async () => sftp.attrs(id, files.statHandle(handle))));
  // Modes and times mean nothing here. A client that is refused reports that its upload failed.
  sftp.on("SETSTAT", (id) => answer(id, async () => ok(id)));
  sftp.on("FSETSTAT", (id) => answer(id, async () => ok(id)));
  sftp.on("REALPATH", (id, path) =>
    answer(id, async () => {
      const place = readPath(path);
      if (!place) throw noSuchFile();
      const name = pathOf(place);
      sftp.name(id, [{ filename: name, longname: name, attrs: attributesOfFolder() }]);
    }),
  );
  sftp.on("RENAME", (id, from, to) =>
    answer(id, async () => {
      await files.rename(from, to);
      ok(id);
    }),
  );
  sftp.on("REMOVE", (id, path) =>
    answer(id, async () => {
      await files.remove(path);
      ok(id);
    }),
  );
  sftp.on("MKDIR", (id) => answer(id, async () => refuse(denied("The folders are fixed"))));
  sftp.on("RMDIR", (id) => answer(id, async () => refuse(denied("The folders are fixed"))));
  sftp.on("READLINK", (id) => answer(id, async () => refuse(noSuchFile())));
  sftp.on("SYMLINK", (id) => answer(id, async () => refuse(denied("There are no links"))));
  sftp.on("EXTENDED", (id) =>
    answer(id, async () => refuse(new Refusal(STATUS_CODE.OP_UNSUPPORTED, "Not supported"))),
  );
  sftp.on("close", () => void files.abandonAll());
  // OpenSSH says that it sends no more and waits until the channel is closed from here.
  sftp.on("end", () => void files.abandonAll().finally(() => sftp.end()));
  sftp.on("error", (error: Error) => options.context.log.info({ err: error }, "sFTP channel ended"));
}

function refuse(refusal: Refusal): never {
  throw refusal;
}

/** Words for the client, none of them from inside: a fault is logged and answered as a failure. */
function answerError(
  { context, door: { connectionId } }: FilesOptions,
  sftp: SFTPWrapper,
  requestId: number,
  error: unknown,
): void {
  if (isAppError(error, "too_many_requests"))
    context.log.warn({ connectionId, detail: error.detail }, "sFTP upload is over a limit");
  if (error instanceof Refusal) sftp.status(requestId, error.status, error.message);
  else if (isAppError(error, "not_found")) sftp.status(requestId, STATUS_CODE.NO_SUCH_FILE, "No such file");
  else if (isAppError(error)) sftp.status(requestId, STATUS_CODE.FAILURE, error.detail ?? "Refused");
  else {
    context.log.error({ err: error }, "sFTP request failed");
    sftp.status(requestId, STATUS_CODE.FAILURE, "The server has a fault; try again later");
  }
}

/** The account's tree, and what one channel has open of it. */
class Files {
  readonly #handles = new Map<number, Handle>();
  #nextHandle = 1;
  #hasEnded = false;

  constructor(private readonly options: FilesOptions) {}

  /** For a client whose account is still open to it: a new password, a key that was taken away and an end reach it at once. */
  #run<T>(work: (tx: IntakeTransaction) => Promise<T>): Promise<T> {
    const { context, door } = this.options;
    return asIntake(context, door, async (tx) => {
      if (!(await isSessionAlive(tx, door))) throw denied("The account is closed to you; sign in again");
      return work(tx);
    });
  }

  #place(path: string): Place {
    const place = readPath(path);
    if (!place) throw noSuchFile();
    return place;
  }

  /** A file in a folder that takes files. */
  #uploadPlace(path: string): { folder: UploadFolder; name: string } {
    const { folder, name } = this.#place(path);
    if (name === null) throw failure("This is a folder");
    if (!isUploadFolder(folder)) throw denied(`${folder} is written by the portal`);
    return { folder, name };
  }

  /** Counts a handle before its file is opened: orders that come at once open no more, and change nothing of the rest. */
  async #reserve<T>(work: () => Promise<T>): Promise<T> {
    const { handles, bounds } = this.options;
    if (handles.open >= bounds.handles) throw failure("Too many open files");
    handles.open += 1;
    try {
      const value = await work();
      // The channel ended while its file was opened: no CLOSE will come for the handle.
      if (this.#hasEnded) throw failure("The channel has ended");
      return value;
    } catch (error) {
      handles.open -= 1;
      throw error;
    }
  }

  /** Gives the number of a handle that was counted. */
  #keep(handle: Handle): Buffer {
    const number = this.#nextHandle++;
    this.#handles.set(number, handle);
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(number);
    return bytes;
  }

  #find(bytes: Buffer): { number: number; handle: Handle } {
    const number = bytes.length === 4 ? bytes.readUInt32BE() : 0;
    const handle = this.#handles.get(number);
    if (!handle) throw failure("Unknown handle");
    return { number, handle };
  }

  async open(path: string, flags: number): Promise<Buffer> {
    const isWriting = (flags & (OPEN_MODE.WRITE | OPEN_MODE.APPEND)) !== 0;
    if (!isWriting) return this.#openResult(path);
    const place = this.#uploadPlace(path);
    const { context, door, buffered, bounds } = this.options;
    const upload = await this.#reserve(() =>
      this.#run((tx) =>
        openUpload(tx, door, place, {
          canCreate: (flags & OPEN_MODE.CREAT) !== 0,
          isTruncating: (flags & OPEN_MODE.TRUNC) !== 0,
          isExclusive: (flags & OPEN_MODE.EXCL) !== 0,
        }),
      ),
    );
    const isAppending = (flags & OPEN_MODE.APPEND) !== 0;
    const writer = new UploadWriter(context, door, upload, {
      isAppending,
      buffered,
      mostBuffered: bounds.bufferedBytes,
    });
    return this.#keep({ kind: "write", writer });
  }

  async #openResult(path: string): Promise<Buffer> {
    const { folder, name } = this.#place(path);
    if (name === null) throw failure("This is a folder");
    if (isUploadFolder(folder)) {
      const exists = await this.#run((tx) => findUpload(tx, folder, name));
      throw exists ? denied("What was uploaded cannot be read back") : noSuchFile();
    }
    const found = await this.#reserve(() =>
      this.#run(async (tx) => {
        const result = await findResult(tx, folder, name);
        if (!result) throw noSuchFile();
        await markFetched(tx, result.id);
        return result;
      }),
    );
    return this.#keep({ kind: "read", fileId: found.id, entry: found });
  }

  writer(bytes: Buffer): UploadWriter {
    const { handle } = this.#find(bytes);
    if (handle.kind !== "write") throw failure("Not open for writing");
    return handle.writer;
  }

  async read(bytes: Buffer, offset: number, length: number): Promise<Buffer> {
    const { handle } = this.#find(bytes);
    if (handle.kind !== "read") throw denied("What was uploaded cannot be read back");
    if (offset >= handle.entry.sizeBytes) return Buffer.alloc(0);
    const { context, door } = this.options;
    const { fileId } = handle;
    return asIntake(context, door, (tx) =>
      readResult(tx, context, door, { fileId, offset, length: Math.min(length, 262_144) }),
    );
  }

  async close(bytes: Buffer): Promise<void> {
    const { number, handle } = this.#find(bytes);
    this.#handles.delete(number);
    this.options.handles.open -= 1;
    if (handle.kind === "write") await handle.writer.close();
  }

  async openFolder(path: string): Promise<Buffer> {
    const { folder, name } = this.#place(path);
    if (name !== null) throw noSuchFile();
    const files = await this.#reserve(() => this.#run((tx) => listFiles(tx, folder)));
    const now = attributesOfFolder();
    const folders = folder === "root" ? SUBFOLDERS.map((sub) => entryOf(sub, now)) : [];
    const dots = [entryOf(".", now), entryOf("..", now)];
    const entries = [...dots, ...folders, ...files.map((file) => entryOf(file.name, attributesOfFile(file)))];
    return this.#keep({ kind: "folder", entries });
  }

  /** The next hundred entries; none at the end. */
  readFolder(bytes: Buffer): FileEntry[] {
    const { handle } = this.#find(bytes);
    if (handle.kind !== "folder") throw failure("Not a folder");
    return handle.entries.splice(0, 100);
  }

  async stat(path: string): Promise<Attributes> {
    const { folder, name } = this.#place(path);
    if (name === null) return attributesOfFolder();
    const found = await this.#run((tx) => this.#findFile(tx, folder, name));
    if (!found) throw noSuchFile();
    return attributesOfFile(found);
  }

  async #findFile(tx: IntakeTransaction, folder: Folder, name: string): Promise<Entry | null> {
    if (!isUploadFolder(folder)) return findResult(tx, folder, name);
    return (await findUpload(tx, folder, name)) ?? (await findTaken(tx, folder, name));
  }

  statHandle(bytes: Buffer): Attributes {
    const { handle } = this.#find(bytes);
    if (handle.kind === "folder") return attributesOfFolder();
    if (handle.kind === "read") return attributesOfFile(handle.entry);
    return attributesOfFile({ sizeBytes: handle.writer.sizeBytes, modifiedAt: new Date() });
  }

  async rename(from: string, to: string): Promise<void> {
    const [old, fresh] = [this.#uploadPlace(from), this.#uploadPlace(to)];
    await this.#run((tx) => renameUpload(tx, old, fresh));
  }

  async remove(path: string): Promise<void> {
    const { folder, name } = this.#place(path);
    if (name === null) throw denied("The folders are fixed");
    const isRemoved = await this.#run((tx) =>
      isUploadFolder(folder) ? removeUpload(tx, folder, name) : removeResult(tx, folder, name),
    );
    if (!isRemoved) throw noSuchFile();
  }

  /** The channel ended: what was being written is kept for a resume. */
  async abandonAll(): Promise<void> {
    this.#hasEnded = true;
    const open = [...this.#handles.values()];
    this.options.handles.open -= open.length;
    this.#handles.clear();
    for (const handle of open) {
      if (handle.kind !== "write") continue;
      await handle.writer.abandon().catch((error: unknown) => {
        this.options.context.log.warn({ err: error }, "the end of a broken upload was not kept");
      });
    }
  }
}
