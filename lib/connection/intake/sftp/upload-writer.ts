import { AppError } from "@/lib/core/app-error";
import { CHUNK_BYTES } from "../chunk";
import { addChunk, closeUpload } from "../door/change-uploads";
import { asIntake, type Door, type IntakeContext } from "../door/context";
import type { FoundUpload } from "../door/files";

/** Clients send several writes at once, which may come in another order; more than that is no order at all. */
const MOST_AHEAD_BYTES = 4 * 1024 ** 2;

/** Bytes of all uploads of the process that wait in memory. */
export type Buffered = { bytes: number };

type WriterOptions = { isAppending: boolean; buffered: Buffered; mostBuffered: number };

/**
 * Puts the writes of one handle in order and stores them in chunks. Calls run one after the other; a write is answered when
 * its bytes were taken, which waits for the chunk before them to be stored.
 */
export class UploadWriter {
  #upload: { id: string; chunkCount: number; sizeBytes: number };
  #parts: Buffer[] = [];
  #partBytes = 0;
  #ahead = new Map<number, Buffer>();
  #aheadBytes = 0;
  /** Added to the offsets of a client that appends and counts from where it began. */
  #shift: number | null;
  #queue: Promise<void> = Promise.resolve();
  #hasEnded = false;

  constructor(
    private readonly context: IntakeContext,
    private readonly door: Door,
    upload: FoundUpload,
    private readonly options: WriterOptions,
  ) {
    this.#upload = { id: upload.id, chunkCount: upload.chunkCount, sizeBytes: upload.sizeBytes };
    this.#shift = options.isAppending ? null : 0;
  }

  get uploadId(): string {
    return this.#upload.id;
  }

  /** With what was not stored yet. */
  get sizeBytes(): number {
    return this.#upload.sizeBytes + this.#partBytes;
  }

  write(offset: number, data: Buffer): Promise<void> {
    return this.#inTurn(async () => {
      this.#shift ??= offset < this.sizeBytes ? this.sizeBytes - offset : 0;
      this.#place(offset + this.#shift, data);
      const isFull =
        this.#partBytes >= CHUNK_BYTES || this.options.buffered.bytes > this.options.mostBuffered;
      if (isFull) await this.#store();
    });
  }

  /** The client closed it: with a gap it is no file, and stays as far as it goes. */
  close(): Promise<void> {
    return this.#inTurn(async () => {
      const hasGap = this.#aheadBytes > 0;
      await this.#finish();
      if (hasGap) throw new AppError("conflict", "a part of the file is missing");
      await asIntake(this.context, this.door, (tx) => closeUpload(tx, this.#upload.id));
    });
  }

  /** The line broke: what came is kept, so that the client can go on. */
  abandon(): Promise<void> {
    return this.#inTurn(() => this.#finish());
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(() => {
      if (this.#hasEnded) throw new AppError("gone", "the handle is closed");
      return work();
    });
    this.#queue = turn.catch(() => {});
    return turn;
  }

  #place(offset: number, data: Buffer): void {
    if (offset < this.sizeBytes) throw new AppError("conflict", "written bytes are not changed");
    if (offset > this.sizeBytes) {
      if (this.#aheadBytes + data.length > MOST_AHEAD_BYTES || this.#ahead.has(offset))
        throw new AppError("conflict", "the file has to be written in order");
      this.#ahead.set(offset, data);
      this.#aheadBytes += data.length;
      this.options.buffered.bytes += data.length;
      return;
    }
    this.options.buffered.bytes += data.length;
    this.#append(data);
    for (;;) {
      const next = this.#ahead.get(this.sizeBytes);
      if (!next) return;
      this.#ahead.delete(this.sizeBytes);
      this.#aheadBytes -= next.length;
      this.#append(next);
    }
  }

  #append(data: Buffer): void {
    this.#parts.push(data);
    this.#partBytes += data.length;
  }

  async #store(): Promise<void> {
    if (this.#partBytes === 0) return;
    const bytes = Buffer.concat(this.#parts);
    await asIntake(this.context, this.door, (tx) => addChunk(tx, this.door, this.#upload, bytes));
    this.#upload = {
      ...this.#upload,
      chunkCount: this.#upload.chunkCount + 1,
      sizeBytes: this.#upload.sizeBytes + bytes.length,
    };
    this.#release();
  }

  #release(): void {
    this.options.buffered.bytes -= this.#partBytes;
    this.#parts = [];
    this.#partBytes = 0;
  }

  async #finish(): Promise<void> {
    this.#hasEnded = true;
    try {
      await this.#store();
    } finally {
      this.#release();
      this.options.buffered.bytes -= this.#aheadBytes;
      this.#ahead.clear();
      this.#aheadBytes = 0;
    }
  }
}
