"use client";
import { useTranslations } from "next-intl";
import { Main } from "@/components/shell/container";
import { ErrorPanel } from "@/components/shell/error-panel";
import { buttonClass } from "@/components/ui/button";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A bug: the log has it under the digest. */
export default function PortalError({ error, reset }: Props) {
  const t = useTranslations("ui");
  return (
    <Main>
      <ErrorPanel
        code="unexpected"
        errorId={error.digest}
        action={
          <button type="button" onClick={reset} className={buttonClass("primary", "medium")}>
            {t("tryAgain")}
          </button>
        }
      />
    </Main>
  );
}
