import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { OutsideLink } from "@/components/ui/text-link";
import type { ShownContent } from "@/lib/catalogue/integration/schema";
import { SupportContact } from "../support-contact";

type Props = { content: ShownContent; partnerName: string };

export function PrivacyAndSupport({ content, partnerName }: Props) {
  const t = useTranslations("review.privacyAndSupport");
  return (
    <CardSection id="privacy-and-support" title={t("title")}>
      <DescriptionList>
        <Description term={t("privacy")}>
          <OutsideLink href={content.privacyPolicyUrl}>
            {t("privacyLink", { partner: partnerName })}
          </OutsideLink>
        </Description>
        <Description term={t("support")}>
          <SupportContact support={content.support} />
        </Description>
      </DescriptionList>
    </CardSection>
  );
}
