/** One chosen value; null where a setting that may be empty was left so. */
export type SettingValue = string | boolean | number | { from: number; to: number } | null;

/** What the customer chose, by the settings' names. */
export type SettingValues = Record<string, SettingValue>;

/** What is wrong with an answer; the words are `errors.fields.<code>`. */
export type SettingProblem = "required" | "too_long" | "choice" | "number" | "out_of_bounds" | "range";
