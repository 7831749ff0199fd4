import { Link2Off } from "lucide-react";
import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import type { DeadLinkView } from "@/lib/catalogue/integration/schema";
import { SupportContact } from "../support-contact";

type Props = { view: DeadLinkView; catalogueHref: string };

/** A link that does not work: why, as far as it may be said, and whom to ask. */
export function DeadLink({ view, catalogueHref }: Props) {
  const t = useTranslations("deadLink");
  const values = {
    isKnown: view.partnerName && view.integrationName ? "yes" : "no",
    partner: view.partnerName ?? "",
    integration: view.integrationName ?? "",
  };
  return (
    <Card className="grid gap-5 p-5 sm:p-8">
      <Link2Off aria-hidden className="size-8 text-ink-soft" />
      <PageHeading title={t(`${view.why}.title`)}>
        <p>{t(`${view.why}.body`, values)}</p>
      </PageHeading>
      {view.replacement && (
        <p className="text-sm wrap-anywhere">
          {t.rich("replacement", {
            name: view.replacement.name,
            link: (chunks) => <TextLink href={view.replacement?.url ?? ""}>{chunks}</TextLink>,
          })}
        </p>
      )}
      {view.support ? (
        <div className="grid gap-1.5 text-sm">
          <p className="font-medium">{t(view.why === "retired" ? "askAbout" : "askSupport", values)}</p>
          <SupportContact support={view.support} />
        </div>
      ) : (
        view.why !== "retired" && <p className="text-sm text-ink-soft">{t("askSender")}</p>
      )}
      <div>
        <LinkButton href={catalogueHref} variant="secondary">
          {t("toCatalogue")}
        </LinkButton>
      </div>
    </Card>
  );
}
