import { HttpError } from "./http-error";

export type Input = Record<string, unknown>;

export function invalid(message: string): HttpError {
  return new HttpError(400, { error: message });
}

export function readRecord(value: unknown, name: string): Input {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid(`${name} must be an object`);
  return { ...value };
}

export function readNumber(value: unknown, name: string): number {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
    throw invalid(`${name} must be a number`);
  return value;
}

export function readText(value: unknown, name: string): string {
  if (typeof value !== "string") throw invalid(`${name} must be text`);
  return value;
}

export function readNumbers(value: unknown, name: string): number[] {
  if (!Array.isArray(value)) throw invalid(`${name} must be a list of numbers`);
  return value.map((entry) => readNumber(entry, name));
}

export function readTexts(value: unknown, name: string): string[] {
  if (!Array.isArray(value)) throw invalid(`${name} must be a list of texts`);
  return value.map((entry) => readText(entry, name));
}

/** undefined stays undefined. */
export function optional<T>(
  value: unknown,
  name: string,
  read: (value: unknown, name: string) => T,
): T | undefined {
  return value === undefined ? undefined : read(value, name);
}
