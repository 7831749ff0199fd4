import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import type { EvidencePaperView } from "@/lib/connection/evidence/schema";
import { groupHex } from "./group-hex";

/** What the paper is compared with: the document's fingerprint, and that of the portal's first key. */
export function PaperSeal({ view }: { view: EvidencePaperView }) {
  const t = useTranslations("evidence.seal");
  const { document, fingerprint, rootKey } = view;
  const address = `${document.issuer}/verify`;
  return (
    <CardSection id="seal" title={t("title")} intro={t("intro", { address })}>
      <DescriptionList>
        <Description term={t("fingerprint")}>
          <code className="text-xs wrap-anywhere">{groupHex(fingerprint)}</code>
        </Description>
        <Description term={t("rootKey")}>
          <code className="text-xs wrap-anywhere">{groupHex(rootKey)}</code>
          <p className="text-ink-soft">
            {t("rootKeyHelp", { address: `${document.issuer}/.well-known/kytkin-keys.json` })}
          </p>
        </Description>
        <Description term={t("issued")}>
          {t.rich("issuedBy", {
            issuer: document.issuer,
            time: () => <Time at={document.issuedAt} isZoned />,
          })}
        </Description>
        <Description term={t("id")}>
          <code className="text-xs wrap-anywhere">{document.id}</code>
          {document.revision > 1 && ` · ${t("revision", { revision: document.revision })}`}
        </Description>
      </DescriptionList>
    </CardSection>
  );
}
