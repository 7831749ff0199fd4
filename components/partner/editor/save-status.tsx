"use client";
import { CircleCheck, CloudOff, PencilLine, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Spinner } from "@/components/ui/spinner";
import { Time } from "@/components/ui/time";
import type { SaverState } from "./draft-saver";

type Props = {
  status: SaverState<unknown>["status"];
  code: string | null;
  savedAt: string;
  isOnline: boolean;
};

function Words({ status, code, savedAt, isOnline }: Props) {
  const t = useTranslations("editor.status");
  switch (status) {
    case "saved":
      return (
        <span className="inline-flex items-center gap-1.5 text-success-text">
          <CircleCheck aria-hidden className="size-4 shrink-0" />
          <span>{t.rich("saved", { time: () => <Time at={savedAt} /> })}</span>
        </span>
      );
    case "waiting":
      return (
        <span className="inline-flex items-center gap-1.5 text-ink-soft">
          <PencilLine aria-hidden className="size-4 shrink-0" />
          {t("waiting")}
        </span>
      );
    case "saving":
      return <Spinner className="text-ink-soft">{t("saving")}</Spinner>;
    case "conflict":
      return (
        <span className="inline-flex items-center gap-1.5 text-warning-text">
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          {t("conflict")}
        </span>
      );
    case "failing":
    case "refused":
      return (
        <span className="inline-flex items-start gap-1.5 font-medium text-danger-text">
          <CloudOff aria-hidden className="mt-0.5 size-4 shrink-0" />
          {status === "refused" && code !== null && t.has(`refused.${code}`)
            ? t(`refused.${code}`)
            : t(isOnline ? "failing" : "offline")}
        </span>
      );
  }
}

/** Whether the server has what is on the page. */
export function SaveStatus(props: Props) {
  return (
    <p role="status" className="text-sm" data-save-status={props.status}>
      <Words {...props} />
    </p>
  );
}
