import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { OutsideLink, TextLink } from "@/components/ui/text-link";
import type { PrivacyPolicy, ShownContent } from "@/lib/catalogue/integration/schema";
import { SupportContact } from "../support-contact";
import { PRIVACY_POLICY_ID, VersionLine } from "./terms";

type Props = { content: ShownContent; partnerName: string };

/** To the partner's page, or to the text further down. */
function PrivacyLink({ policy, words }: { policy: PrivacyPolicy; words: string }) {
  if (policy.url === undefined) return <TextLink href={`#${PRIVACY_POLICY_ID}`}>{words}</TextLink>;
  return (
    <>
      <OutsideLink href={policy.url}>{words}</OutsideLink>
      <VersionLine {...policy} />
    </>
  );
}

export function PrivacyAndSupport({ content, partnerName }: Props) {
  const t = useTranslations("review.privacyAndSupport");
  return (
    <CardSection id="privacy-and-support" title={t("title")}>
      <DescriptionList>
        <Description term={t("privacy")}>
          <PrivacyLink policy={content.privacyPolicy} words={t("privacyLink", { partner: partnerName })} />
        </Description>
        <Description term={t("support")}>
          <SupportContact support={content.support} />
        </Description>
      </DescriptionList>
    </CardSection>
  );
}
