import { CircleCheck, Info, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { TONE_CLASS, type Tone } from "./tone";

const ICONS = {
  neutral: Info,
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: OctagonAlert,
};

type Props = {
  tone: Tone;
  title?: ReactNode;
  /** `alert` interrupts, `status` waits its turn, `note` is part of the page from the start. */
  role?: "alert" | "status" | "note";
  action?: ReactNode;
  className?: string;
  children?: ReactNode;
};

export function Alert({
  tone,
  title,
  role = tone === "danger" ? "alert" : "status",
  action,
  className,
  children,
}: Props) {
  const Icon = ICONS[tone];
  return (
    <div
      role={role}
      className={classNames("flex gap-3 rounded-lg border px-4 py-3 text-sm", TONE_CLASS[tone], className)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="grid min-w-0 flex-1 gap-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="text-ink">{children}</div>}
        {action && <div className="pt-1.5">{action}</div>}
      </div>
    </div>
  );
}
