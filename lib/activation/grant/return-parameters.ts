/** More than any vendor sends; what comes after it is not looked at. */
const MAX_TEXT = 16_000;
const MAX_NAMES = 24;
const MAX_VALUES = 6;

/** Percent signs decoded once; the text itself where they are broken. */
export function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * How a value may have been meant: as it came, trimmed, with its plus signs back, decoded once more with or without them, and
 * without the equals sign that Next appends to a parameter that came without one.
 */
function spellingsOf(value: string): string[] {
  const trimmed = value.trim();
  const decoded = decodeOnce(trimmed).trim();
  const spellings = [trimmed, trimmed.replaceAll(" ", "+"), decoded, decoded.replaceAll(" ", "+")];
  return [value, ...spellings, trimmed.replace(/=$/, "")];
}

const toName = (name: string): string => decodeOnce(name).trim().toLowerCase();

/**
 * The parameters of a return as a connector reads them, each with one value, by names in any capitals. What else a parameter
 * could have been meant as stays beside it as its options: the values that came, then other spellings of them.
 */
export class ReturnParameters extends URLSearchParams {
  private readonly options: ReadonlyMap<string, readonly string[]>;

  private constructor(options: ReadonlyMap<string, readonly string[]>, values: ReadonlyMap<string, string>) {
    super([...values]);
    this.options = options;
  }

  static of(text: string, headers: readonly (readonly [string, string])[] = []): ReturnParameters {
    const came = new Map<string, string[]>();
    for (const [name, value] of [...new URLSearchParams(text.slice(0, MAX_TEXT)), ...headers]) {
      const values = came.get(toName(name)) ?? [];
      if (came.size < MAX_NAMES || values.length > 0) came.set(toName(name), [...values, value]);
    }
    const options = new Map(
      [...came].map(([name, all]) => {
        const values = all.slice(0, MAX_VALUES);
        return [name, [...new Set([...values, ...values.flatMap(spellingsOf)])]];
      }),
    );
    return new ReturnParameters(options, new Map([...options].map(([name, [first = ""]]) => [name, first])));
  }

  get names(): string[] {
    return [...this.options.keys()];
  }

  optionsOf(name: string): readonly string[] {
    return this.options.get(toName(name)) ?? [];
  }

  /** The same return with another value for one parameter. */
  with(name: string, value: string): ReturnParameters {
    const values = new Map(this.names.map((one) => [one, this.get(one) ?? ""]));
    return new ReturnParameters(this.options, values.set(toName(name), value));
  }

  override get(name: string): string | null {
    return super.get(toName(name));
  }

  override getAll(name: string): string[] {
    return super.getAll(toName(name));
  }

  override has(name: string): boolean {
    return super.has(toName(name));
  }
}
