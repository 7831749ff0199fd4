import type { ReactNode } from "react";
import { Container } from "./container";
import { SkipLink } from "./skip-link";
import { Wordmark } from "./wordmark";

/** The header of pages that do not ask who is signed in. */
export function PlainHeader({ startHref = "/", children }: { startHref?: string; children?: ReactNode }) {
  return (
    <>
      <SkipLink />
      <header className="border-b border-line bg-surface">
        <Container className="flex min-h-15 items-center justify-between gap-4 py-2">
          <Wordmark href={startHref} />
          {children}
        </Container>
      </header>
    </>
  );
}
