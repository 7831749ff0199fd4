"use client";
import { useTranslations } from "next-intl";
import { Main } from "@/components/shell/container";
import { ErrorPanel } from "@/components/shell/error-panel";
import { ReloadAfter } from "@/components/shell/reload-after";
import { buttonClass } from "@/components/ui/button";

/** As `db/errors.ts` marks it. */
const DATABASE_AWAY = "database_away";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A bug: the log has it under the digest. */
export default function PortalError({ error, reset }: Props) {
  const t = useTranslations("ui");
  const isAway = error.digest === DATABASE_AWAY;
  return (
    <Main>
      {isAway && <ReloadAfter seconds={5} />}
      <ErrorPanel
        code={isAway ? DATABASE_AWAY : "unexpected"}
        errorId={isAway ? undefined : error.digest}
        action={
          <button type="button" onClick={reset} className={buttonClass("primary", "medium")}>
            {t("tryAgain")}
          </button>
        }
      />
    </Main>
  );
}
