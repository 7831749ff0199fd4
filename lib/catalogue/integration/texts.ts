/**
 * Texts in languages: what a partner writes is kept once per language, and a reader gets one of them. A field of a
 * specification falls back as a whole: a form half in Finnish and half in English would be harder to read than either.
 */

/** Languages that a partner may write in. Part of how shape 2 is hashed: another language needs another shape. */
export const TEXT_LANGUAGES = ["en", "fi", "nb", "sv", "da"] as const;
/** Stored before partners declared a language (BCP 47 "undetermined"). */
export const UNDECLARED = "und";

export type TextLanguage = (typeof TEXT_LANGUAGES)[number] | typeof UNDECLARED;
/** One text in each language that the partner wrote it in. */
export type Text = Partial<Record<TextLanguage, string>>;

/** The same value with one language's string in the place of every text. */
export type InOneLanguage<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? InOneLanguage<Item>[]
    : keyof T extends TextLanguage
      ? string
      : { [Key in keyof T]: InOneLanguage<T[Key]> };

const LANGUAGES: ReadonlySet<string> = new Set([...TEXT_LANGUAGES, UNDECLARED]);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** No field of a specification has a language's code for its name, so that the keys tell a text apart. */
export function isText(value: unknown): value is Text {
  return (
    isObject(value) &&
    Object.keys(value).length > 0 &&
    Object.entries(value).every(([key, item]) => LANGUAGES.has(key) && typeof item === "string")
  );
}

type Found = { path: (string | number)[]; text: Text };

/** Every text in a value, with the way to it. */
export function listTexts(value: unknown, path: (string | number)[] = []): Found[] {
  if (isText(value)) return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => listTexts(item, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => listTexts(item, [...path, key]));
}

/** The value with every text replaced. */
export function mapTexts(value: unknown, replace: (text: Text) => unknown): unknown {
  if (isText(value)) return replace(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, replace));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, replace)]));
}

/** The language in which a reader of `wanted` gets a field: theirs when all of its texts have it, else the main one. */
export function languageOfField(value: unknown, wanted: TextLanguage, main: TextLanguage): TextLanguage {
  return listTexts(value).every(({ text }) => text[wanted] !== undefined) ? wanted : main;
}
