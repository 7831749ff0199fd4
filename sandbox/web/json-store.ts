import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** State that survives a restart: one JSON file, replaced as a whole, so that a kill leaves the old one or the new one. */
export class JsonStore<State extends object> {
  state: State;
  private readonly file: string | null;

  constructor(
    directory: string | undefined,
    name: string,
    private readonly initial: () => State,
  ) {
    this.file = directory === undefined ? null : join(directory, `${name}.json`);
    // What an older program wrote may lack a part.
    this.state = { ...initial(), ...this.load() };
  }

  save(): void {
    if (!this.file) return;
    mkdirSync(dirname(this.file), { recursive: true });
    const draft = `${this.file}.${process.pid}.tmp`;
    writeFileSync(draft, JSON.stringify(this.state, null, 2), { mode: 0o600 });
    renameSync(draft, this.file);
  }

  reset(): void {
    this.state = this.initial();
    this.save();
  }

  private load(): Partial<State> | null {
    if (!this.file) return null;
    try {
      return JSON.parse(readFileSync(this.file, "utf8"));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
      if (error instanceof SyntaxError)
        throw new Error(
          `${this.file} is damaged: it is not JSON. Restore it, or remove it: the stand-in then begins without what it was told before.`,
        );
      throw error;
    }
  }
}
