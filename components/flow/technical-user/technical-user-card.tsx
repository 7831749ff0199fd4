import { Bot } from "lucide-react";
import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { StatusPill } from "@/components/ui/status-pill";
import type { TechnicalUserView } from "@/lib/activation/draft/schema";
import { useVendorWords } from "../use-vendor-words";

/** Who will act: a name that is plainly not a person's. */
export function TechnicalUserCard({ view }: { view: TechnicalUserView }) {
  const t = useTranslations("technicalUser.user");
  const words = useVendorWords(view.connector.id, "technicalUser.user");
  const writes = view.rights.filter((right) => right.isWrite).length;
  return (
    <Card className="flex items-start gap-4 px-4 py-4 sm:px-6 sm:py-5">
      <span className="grid size-11 shrink-0 place-items-center rounded-xl bg-accent-soft text-accent-text">
        <Bot aria-hidden className="size-5.5" />
      </span>
      <div className="grid min-w-0 gap-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="font-semibold wrap-anywhere">{view.username}</span>
          <StatusPill tone="neutral">{t("notAPerson")}</StatusPill>
        </p>
        <p className="max-w-prose text-sm text-ink-soft">
          {words("help", { partner: view.partnerName, connector: view.connector.name })}
        </p>
        <p className="text-sm">
          {t("reads", { count: view.rights.length - writes })}, {t("writes", { count: writes })}
        </p>
      </div>
    </Card>
  );
}
