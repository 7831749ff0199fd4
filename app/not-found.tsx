import { PageShell } from "@/components/shell/page-shell";
import { PlainHeader } from "@/components/shell/plain-header";
import NotFoundPanel from "./(portal)/not-found";

/** Addresses that no route takes. Next puts this page into every other one, so it reads nothing and says little. */
export default function NotFound() {
  return (
    <PageShell>
      <PlainHeader />
      <NotFoundPanel />
    </PageShell>
  );
}
