import type { ReactNode } from "react";

/** Header, main and footer over the whole height of the window. */
export function PageShell({ children }: { children: ReactNode }) {
  return <div className="flex min-h-dvh flex-col">{children}</div>;
}
