import type { Setting } from "@/lib/catalogue/integration/schema";

/** One chosen value; null where a setting that may be empty was left so. */
export type SettingValue = string | boolean | number | { from: number; to: number } | null;

/** What the customer chose, by the settings' names. */
export type SettingValues = Record<string, SettingValue>;

/** One setting with what was chosen for it, as a page repeats it. */
export type ChosenSetting = {
  setting: Setting;
  value: SettingValue;
  /** The numbers of customers, left empty: the vendor gives them. */
  isNumberedByVendor: boolean;
};

/** What is wrong with an answer; the words are `errors.fields.<code>`. */
export type SettingProblem = "required" | "too_long" | "choice" | "number" | "out_of_bounds" | "range";
