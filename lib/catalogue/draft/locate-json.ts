/** The line of each value of a JSON text, by the way to it (`content.terms.body.en`); the whole has the way "". */
export type JsonPlaces = ReadonlyMap<string, number>;
export type LocatedJson =
  | { value: unknown; places: JsonPlaces }
  | { fault: { line: number | null; message: string } };

/** Deeper than any file of ours, and far from what the stack bears. */
const DEEPEST = 50;

/** Parses JSON and keeps on which line each value begins. */
export function locateJson(text: string): LocatedJson {
  try {
    const value: unknown = JSON.parse(text);
    return { value, places: new Walk(text).run() };
  } catch (error) {
    return { fault: faultOf(error, text) };
  }
}

function faultOf(error: unknown, text: string): { line: number | null; message: string } {
  const said = error instanceof Error ? error.message : "";
  const position = /at position (\d+)/.exec(said)?.[1];
  // What breaks off is told without a position.
  const at = position === undefined ? text.length : Number(position);
  return {
    line: text.slice(0, at).split("\n").length,
    message: "is no JSON here: a comma, quote or bracket is missing or too much",
  };
}

/** Goes through a text that is known to be JSON. */
class Walk {
  private at = 0;
  private line = 1;
  private readonly places = new Map<string, number>();

  constructor(private readonly text: string) {}

  run(): JsonPlaces {
    this.value([]);
    return this.places;
  }

  private get sign(): string {
    return this.text.charAt(this.at);
  }

  private next(): void {
    if (this.sign === "\n") this.line += 1;
    this.at += 1;
  }

  private space(): void {
    while (/\s/.test(this.sign)) this.next();
  }

  private value(path: readonly string[]): void {
    this.space();
    this.places.set(path.join("."), this.line);
    if (path.length > DEEPEST) throw new Error("too deep");
    if (this.sign === "{") this.members(path);
    else if (this.sign === "[") this.items(path);
    else if (this.sign === '"') this.string();
    else while (this.at < this.text.length && !/[\s,\]}]/.test(this.sign)) this.next();
  }

  private string(): string {
    const from = this.at;
    this.next();
    while (this.sign !== '"') {
      if (this.sign === "\\") this.next();
      this.next();
    }
    this.next();
    return JSON.parse(this.text.slice(from, this.at));
  }

  private members(path: readonly string[]): void {
    this.next();
    this.space();
    while (this.sign !== "}") {
      const key = this.string();
      this.space();
      this.next();
      this.value([...path, key]);
      this.comma();
    }
    this.next();
  }

  private items(path: readonly string[]): void {
    this.next();
    this.space();
    for (let index = 0; this.sign !== "]"; index += 1) {
      this.value([...path, String(index)]);
      this.comma();
    }
    this.next();
  }

  private comma(): void {
    this.space();
    if (this.sign === ",") this.next();
    this.space();
  }
}
