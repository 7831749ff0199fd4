export type Tone = "neutral" | "info" | "success" | "warning" | "danger";

/** Text, background and border of a tone; always shown together with words or an icon, never colour alone. */
export const TONE_CLASS: Record<Tone, string> = {
  neutral: "border-line bg-sunken text-ink-soft",
  info: "border-accent-line bg-accent-soft text-accent-text",
  success: "border-success-line bg-success-soft text-success-text",
  warning: "border-warning-line bg-warning-soft text-warning-text",
  danger: "border-danger-line bg-danger-soft text-danger-text",
};
