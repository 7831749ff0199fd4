/** An error as a log may hold it: what failed and where, and no value of anybody. */
export type LoggedError = {
  type: string;
  message: string;
  /** The frames alone: the head of a stack repeats the message as it was when the error was made. */
  stack?: string;
  /** SQLSTATE, an operating system's code or an `AppErrorCode`; not named `code`, which logs redact. */
  errorCode?: string;
  /** Facts from `FACTS` that the error carries. */
  facts?: Record<string, string | number | boolean>;
  cause?: LoggedError;
  errors?: LoggedError[];
};

/** Fields of errors that name things of ours or of PostgreSQL. A field that is not listed may hold a value. */
const FACTS = [
  "constraint_name",
  "table_name",
  "column_name",
  "severity",
  "routine",
  "kind",
  "status",
  "unsent",
  "responseCode",
  "command",
  "syscall",
  "digest",
];
const DEEPEST = 6;
const LONGEST_MESSAGE = 4000;
const FRAME = /^\s+at (?:.* \(.*\)|\S+:\d+:\d+)$/;
/** What is written like an address of e-mail, the local part with or without quotes. */
const ADDRESS = /[^\s<>"'(),;:=[\]{}]+@[^\s<>"'(),;:=[\]{}]+/g;

const fieldOf = (error: Error, name: string): unknown => Reflect.get(error, name);

/** Of drizzle: the statement with its parameters. Known by its fields: bundles of the web app hold many copies of the class. */
export function isFailedQuery(error: Error): error is Error & { query: string; params: unknown[] } {
  return typeof fieldOf(error, "query") === "string" && Array.isArray(fieldOf(error, "params"));
}

/** Of PostgreSQL, as postgres.js and pg hand it on. */
export function isRefusalOfPostgres(error: Error): error is Error & { code: string } {
  const code = fieldOf(error, "code");
  return (
    typeof fieldOf(error, "severity") === "string" && typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)
  );
}

/** Class 22, "data exception": its messages quote the value that was refused. Other classes quote names of the schema. */
const quotesValue = (error: Error): boolean => isRefusalOfPostgres(error) && error.code.startsWith("22");

/** An error's message without anybody's values. */
export function messageWithoutValues(error: Error): string {
  if (isFailedQuery(error)) return `Failed query: ${error.query}`;
  if (quotesValue(error)) return "PostgreSQL refused a value";
  // JSON.parse quotes what it could not read.
  if (error instanceof SyntaxError && error.message.includes("JSON")) return "not valid JSON";
  return cutValues(error.message);
}

/** Takes parameters of a statement and addresses out of a text whose parts are not known. */
export function cutValues(text: string): string {
  const parameters = text.search(/\n\s*params:/);
  return (parameters < 0 ? text : text.slice(0, parameters))
    .replace(ADDRESS, "[address]")
    .slice(0, LONGEST_MESSAGE);
}

/** The frames of a stack. A message can have lines that look like frames, so its head is cut off by its length. */
export function framesOf(error: Error): string {
  const stack = typeof error.stack === "string" ? error.stack : "";
  const head = stack.indexOf(error.message);
  const rest = error.message !== "" && head >= 0 ? stack.slice(head + error.message.length) : stack;
  return rest
    .split("\n")
    .filter((line) => FRAME.test(line))
    .join("\n");
}

/** What a log keeps of an error, its causes included; of anything else that was thrown, only its type. */
export function toLoggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: "what was thrown is no error" };
  const facts = Object.fromEntries(
    FACTS.flatMap((name) => {
      const value = fieldOf(error, name);
      const isFact = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
      return isFact ? [[name, typeof value === "string" ? cutValues(value) : value] as const] : [];
    }),
  );
  const deeper = (inner: unknown): LoggedError => toLoggedError(inner, depth + 1);
  const isDeepest = depth >= DEEPEST;
  const code = fieldOf(error, "code");
  return {
    type: error.name,
    message: messageWithoutValues(error),
    stack: framesOf(error),
    ...(typeof code === "string" && { errorCode: cutValues(code) }),
    ...(Object.keys(facts).length > 0 && { facts }),
    ...(!isDeepest && error.cause !== undefined && { cause: deeper(error.cause) }),
    ...(!isDeepest && error instanceof AggregateError && { errors: error.errors.map(deeper) }),
  };
}
