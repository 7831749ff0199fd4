import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DraftSaver, type Save, type SaveAnswer, type SaverState } from "./draft-saver";

type Content = { name: string; price: number; texts: Record<string, string>; list: string[] };
const BEGUN: Content = { name: "Orders", price: 1, texts: { en: "One" }, list: ["a"] };

/** The server's side, as `save-draft.ts` keeps it. */
class Server {
  row = { content: BEGUN, revision: 1, writer: "", sequence: 0 };
  failures: ("before" | "after")[] = [];
  readonly saves: Save<Content>[] = [];

  async save(save: Save<Content>): Promise<SaveAnswer<Content, number>> {
    this.saves.push(save);
    const failure = this.failures.shift();
    if (failure === "before") throw new Error("offline");
    const answer = this.answer(save);
    if (failure === "after") throw new Error("the answer was lost");
    return answer;
  }

  private answer({ content, revision, writer, sequence }: Save<Content>): SaveAnswer<Content, number> {
    const { row } = this;
    if (row.writer !== writer && row.revision !== revision)
      return { kind: "conflict", content: row.content, revision: row.revision, savedBy: row.writer };
    this.row = { content, revision: row.revision + 1, writer, sequence };
    return { kind: "saved", revision: this.row.revision, found: this.row.revision };
  }
}

let server: Server;
beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
});
afterEach(() => vi.useRealTimers());

function open(writer: string) {
  const states: SaverState<Content>[] = [];
  const { content, revision } = server.row;
  const saver = new DraftSaver<Content, number>({
    content,
    revision,
    writer,
    save: (save) => server.save(save),
    onState: (state) => states.push(state),
    onSaved: () => {},
  });
  return { saver, last: () => states.at(-1) };
}

const change = (saver: DraftSaver<Content, number>, changes: Partial<Content>) =>
  saver.edit({ ...saver.content, ...changes });

describe("one page", () => {
  test("saves after a pause, once for all that was typed", async () => {
    const { saver, last } = open("one");
    for (const name of ["O", "Or", "Ord"]) change(saver, { name });
    expect(saver.isUnsaved).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(server.saves).toHaveLength(1);
    expect(server.row.content.name).toBe("Ord");
    expect(last()?.status).toBe("saved");
  });

  test("saves while somebody types without a pause", async () => {
    const { saver } = open("one");
    for (let second = 0; second < 12; second += 1) {
      change(saver, { price: second });
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(server.saves.length).toBeGreaterThan(0);
  });

  test("tries again until the newest text is there, and says that it is not", async () => {
    server.failures = ["before", "before"];
    const { saver, last } = open("one");
    change(saver, { name: "First" });
    await vi.advanceTimersByTimeAsync(1000);
    expect(last()?.status).toBe("failing");
    change(saver, { name: "Second" });
    expect(last()?.status).toBe("failing");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.row.content.name).toBe("Second");
    expect(last()?.status).toBe("saved");
  });

  test("never conflicts with itself, though answers are lost", async () => {
    server.failures = ["after", "after"];
    const { saver, last } = open("one");
    change(saver, { name: "First" });
    await vi.advanceTimersByTimeAsync(1000);
    change(saver, { name: "Second" });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(last()?.status).toBe("saved");
    expect(server.row.content.name).toBe("Second");
  });

  test("says what the server will not take, and keeps it", async () => {
    const { saver, last } = open("one");
    vi.spyOn(server, "save").mockResolvedValueOnce({ kind: "refused", code: "unauthenticated" });
    change(saver, { name: "Mine" });
    await vi.advanceTimersByTimeAsync(1000);
    expect(last()).toMatchObject({ status: "refused", code: "unauthenticated", content: { name: "Mine" } });
    await vi.advanceTimersByTimeAsync(5000);
    expect(last()?.status).toBe("saved");
    expect(server.row.content.name).toBe("Mine");
  });
});

describe("two pages", () => {
  test("that change different values keep both", async () => {
    const one = open("one");
    const other = open("other");
    change(one.saver, { texts: { en: "One", fi: "Yksi" } });
    await one.saver.flush();
    change(other.saver, { price: 9, texts: { en: "Uno" } });
    await vi.advanceTimersByTimeAsync(2000);
    expect(server.row.content).toEqual({ ...BEGUN, price: 9, texts: { en: "Uno", fi: "Yksi" } });
    expect(other.last()).toMatchObject({ status: "saved", conflict: null });
  });

  test.each(["mine", "theirs"] as const)("that change the same one ask, and %s is kept", async (choice) => {
    const one = open("one");
    const other = open("other");
    change(one.saver, { name: "One's", list: ["a", "b"] });
    await one.saver.flush();
    change(other.saver, { name: "Other's", list: ["c"] });
    await other.saver.flush();
    expect(other.last()?.status).toBe("conflict");
    expect(other.last()?.conflict?.conflicts).toEqual([
      { path: ["name"], mine: "Other's", theirs: "One's" },
      { path: ["list"], mine: ["c"], theirs: ["a", "b"] },
    ]);
    expect(server.row.content.name).toBe("One's");
    other.saver.resolve([choice, "theirs"]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(server.row.content).toMatchObject({
      name: choice === "mine" ? "Other's" : "One's",
      list: ["a", "b"],
    });
    expect(other.saver.isUnsaved).toBe(false);
  });
});
