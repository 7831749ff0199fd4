import { isSame, type MergeConflict, mergeChanges, withValueAt } from "@/lib/catalogue/draft/merge";

/** What a save sends. */
export type Save<Content> = { content: Content; revision: number; writer: string; sequence: number };
export type SaveAnswer<Content, Found> =
  | { kind: "saved"; revision: number; found: Found }
  | { kind: "conflict"; content: Content; revision: number; savedBy: string | null }
  /** The server will not take it, now or later, until the person does something. */
  | { kind: "refused"; code: string };

export type SaverState<Content> = {
  content: Content;
  status: "saved" | "waiting" | "saving" | "failing" | "refused" | "conflict";
  /** Set while `refused`. */
  code: string | null;
  conflict: { conflicts: MergeConflict[]; savedBy: string | null } | null;
};

type Options<Content, Found> = {
  content: Content;
  revision: number;
  /** Of this page alone. */
  writer: string;
  save(save: Save<Content>): Promise<SaveAnswer<Content, Found>>;
  onState(state: SaverState<Content>): void;
  onSaved(found: Found): void;
};

const AFTER_TYPING_MS = 700;
/** Somebody who types without a pause is saved all the same. */
const AT_LATEST_MS = 4000;
const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 30_000;

/**
 * Saves what is edited, one save at a time, until the server has the newest text. What failed is sent again, with what was
 * typed since. A page never conflicts with itself: the server knows it by its writer. Of what somebody else saved, what only
 * they changed is taken over; what both changed is put before the person, and nothing is saved until they chose.
 */
export class DraftSaver<Content, Found> {
  private current: Content;
  /** What the server had when this page last heard of it. */
  private base: Content;
  private revision: number;
  private sequence = 0;
  private status: SaverState<Content>["status"] = "saved";
  private code: string | null = null;
  private conflict: (SaverState<Content>["conflict"] & { merged: Content }) | null = null;
  private running: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private waitingSince: number | null = null;
  private retryMs = FIRST_RETRY_MS;

  constructor(private readonly options: Options<Content, Found>) {
    this.current = options.content;
    this.base = options.content;
    this.revision = options.revision;
  }

  get isUnsaved(): boolean {
    return !isSame(this.current, this.base);
  }

  get content(): Content {
    return this.current;
  }

  edit(content: Content): void {
    this.current = content;
    if (this.status !== "conflict") {
      this.waitingSince ??= Date.now();
      if (this.status !== "failing" && this.status !== "refused") this.status = "waiting";
      this.schedule(Math.max(0, Math.min(AFTER_TYPING_MS, this.waitingSince + AT_LATEST_MS - Date.now())));
    }
    this.tell();
  }

  /** Saves now. Gives whether the server has everything. */
  async flush(): Promise<boolean> {
    this.clearTimer();
    await this.run();
    return !this.isUnsaved;
  }

  /** `chosen`: for each conflict whether this page's text stays. */
  resolve(chosen: readonly ("mine" | "theirs")[]): void {
    if (!this.conflict) return;
    const { conflicts, merged } = this.conflict;
    this.current = conflicts.reduce(
      (content, { path, mine }, index) =>
        chosen[index] === "mine" ? withValueAt(content, path, mine) : content,
      merged,
    );
    this.conflict = null;
    this.status = "waiting";
    this.schedule(0);
    this.tell();
  }

  stop(): void {
    this.clearTimer();
  }

  private schedule(ms: number): void {
    this.clearTimer();
    this.timer = setTimeout(() => void this.run(), ms);
  }

  private clearTimer(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private async run(): Promise<void> {
    if (this.running) await this.running;
    if (this.running || this.status === "conflict") return;
    if (!this.isUnsaved) return this.settle();
    this.running = this.saveOnce().finally(() => {
      this.running = null;
    });
    await this.running;
  }

  private settle(): void {
    if (this.status === "saved") return;
    this.status = "saved";
    this.tell();
  }

  private async saveOnce(): Promise<void> {
    const content = this.current;
    this.sequence += 1;
    this.waitingSince = null;
    if (this.status !== "failing" && this.status !== "refused") this.status = "saving";
    this.tell();
    const { revision, sequence } = this;
    try {
      this.take(
        content,
        await this.options.save({ content, revision, writer: this.options.writer, sequence }),
      );
    } catch {
      this.fail("failing", null);
    }
  }

  private take(sent: Content, answer: SaveAnswer<Content, Found>): void {
    if (answer.kind === "refused") {
      this.fail("refused", answer.code);
      return;
    }
    this.retryMs = FIRST_RETRY_MS;
    this.code = null;
    if (answer.kind === "conflict") {
      this.meet(answer);
      return;
    }
    this.base = sent;
    this.revision = answer.revision;
    this.options.onSaved(answer.found);
    // Typed while the save was under way.
    if (this.isUnsaved) this.schedule(AFTER_TYPING_MS);
    this.status = this.isUnsaved ? "waiting" : "saved";
    this.tell();
  }

  private meet({
    content,
    revision,
    savedBy,
  }: {
    content: Content;
    revision: number;
    savedBy: string | null;
  }): void {
    const { merged, conflicts } = mergeChanges(this.base, this.current, content);
    this.base = content;
    this.revision = revision;
    if (conflicts.length === 0) {
      this.current = merged;
      this.status = "waiting";
      this.schedule(0);
    } else {
      this.conflict = { conflicts, savedBy, merged };
      this.status = "conflict";
    }
    this.tell();
  }

  private fail(status: "failing" | "refused", code: string | null): void {
    this.status = status;
    this.code = code;
    this.schedule(this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
    this.tell();
  }

  private tell(): void {
    const { current: content, status, code, conflict } = this;
    this.options.onState({ content, status, code, conflict });
  }
}
