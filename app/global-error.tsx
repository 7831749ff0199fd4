"use client";
import { ReloadAfter } from "@/components/shell/reload-after";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** The last resort, when not even the layout could be made: no messages, no styles, plain words. */
export default function GlobalError({ error, reset }: Props) {
  return (
    <html lang="en">
      <body>
        {error.digest === "database_away" && <ReloadAfter seconds={5} />}
        <main>
          <h1>The portal cannot show this page right now</h1>
          <p>It is a mistake of ours, or the database is away. Try again in a minute.</p>
          {error.digest && <p>Error id: {error.digest}</p>}
          <button type="button" onClick={reset}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
