import { OctagonAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { PageHeading } from "@/components/ui/page-heading";

type Props = {
  /** A key of `errors.*`; one that is not there reads as `unexpected`. */
  code: string;
  /** The id under which the log has it. */
  errorId?: string;
  /** A way on: a button to try again or a link. */
  action?: ReactNode;
};

/** A whole page's error: what happened, what to do, and the id to name when asking for help. */
export function ErrorPanel({ code, errorId, action }: Props) {
  const t = useTranslations("errors");
  const known = t.has(`${code}.title`) ? code : "unexpected";
  return (
    <Card className="grid gap-5 p-5 sm:p-8">
      <OctagonAlert aria-hidden className="size-8 text-danger-text" />
      <PageHeading title={t(`${known}.title`)}>
        <p>{t(`${known}.whatToDo`)}</p>
      </PageHeading>
      {action && <div>{action}</div>}
      {errorId && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line pt-4 text-sm text-ink-soft">
          <span>
            {t("id")} <code className="text-ink">{errorId}</code>
          </span>
          <CopyButton text={errorId} label={t("copyId")} />
        </div>
      )}
    </Card>
  );
}
