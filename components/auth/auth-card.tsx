import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";

type Props = { title: string; intro: ReactNode; children: ReactNode };

/** The frame of everything around signing in. */
export function AuthCard({ title, intro, children }: Props) {
  return (
    <Card className="grid gap-5 px-5 py-6 sm:px-8 sm:py-8">
      <div className="grid gap-1.5">
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        <div className="text-sm text-ink-soft">{intro}</div>
      </div>
      {children}
    </Card>
  );
}
