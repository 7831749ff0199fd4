import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { langOf } from "@/components/ui/lang-of";
import { Markdown } from "@/components/ui/markdown";
import { OutsideLink } from "@/components/ui/text-link";
import { CalendarDate } from "@/components/ui/time";
import type { Agreement, PrivacyPolicy, ShownContent } from "@/lib/catalogue/integration/schema";
import type { TextLanguage } from "@/lib/catalogue/integration/texts";
import { LanguageNote } from "../specification/language-note";

/** The card below, for the line about privacy that leads to it. */
export const PRIVACY_POLICY_ID = "privacy-policy";

type AgreementProps = {
  id: string;
  agreement: Agreement | PrivacyPolicy;
  language: TextLanguage;
  words: { title: string; read: string; text: string };
};

/** Nothing for a privacy policy that has neither version nor date. */
export function VersionLine({ version, updatedOn }: PrivacyPolicy) {
  const t = useTranslations("review.terms");
  if (version === undefined || updatedOn === undefined) return null;
  return (
    <p className="text-sm text-ink-soft">
      {t.rich("version", { version, date: () => <CalendarDate on={updatedOn} /> })}
    </p>
  );
}

/** A text as it will be accepted, with version and date. */
function AgreementCard({ id, agreement, language, words }: AgreementProps) {
  return (
    <section aria-labelledby={id}>
      <Card className="px-4 py-4 sm:px-6 sm:py-5">
        <h2 id={id} className="font-semibold">
          {words.title}
        </h2>
        <div className="pt-1 pb-3">
          <VersionLine {...agreement} />
          {agreement.body !== undefined && <LanguageNote language={language} />}
        </div>
        {agreement.url && (
          <p className="text-sm">
            <OutsideLink href={agreement.url}>{words.read}</OutsideLink>
          </p>
        )}
        {agreement.body !== undefined && (
          <Disclosure summary={words.read}>
            {/* A region that scrolls has to be reachable by keyboard. */}
            <section
              aria-label={words.text}
              lang={langOf(language)}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users scroll it with the arrow keys
              tabIndex={0}
              className="max-h-96 overflow-y-auto rounded-lg border border-line bg-sunken px-4 py-4 text-sm sm:px-5"
            >
              <div className="max-w-prose">
                <Markdown text={agreement.body} />
              </div>
            </section>
          </Disclosure>
        )}
      </Card>
    </section>
  );
}

/** The terms of service and, where they are, the text of the privacy policy and the data processing agreement. */
export function Terms({ content, partnerName }: { content: ShownContent; partnerName: string }) {
  const t = useTranslations("review.terms");
  const specification = useTranslations("specification");
  const privacy = useTranslations("review.privacyAndSupport");
  const { terms, privacyPolicy, dataProcessingAgreement, languages } = content;
  return (
    <>
      <AgreementCard
        id="terms"
        agreement={terms}
        language={languages.terms}
        words={{ title: t("title"), read: t("read", { partner: partnerName }), text: t("text") }}
      />
      {privacyPolicy.body !== undefined && (
        <AgreementCard
          id={PRIVACY_POLICY_ID}
          agreement={privacyPolicy}
          language={languages.privacyPolicy}
          words={{
            title: privacy("privacy"),
            read: privacy("privacyLink", { partner: partnerName }),
            text: privacy("privacy"),
          }}
        />
      )}
      {dataProcessingAgreement && (
        <AgreementCard
          id="data-processing-agreement"
          agreement={dataProcessingAgreement}
          language={languages.dataProcessingAgreement}
          words={{
            title: specification("fields.dataProcessingAgreement"),
            read: specification("agreement.read"),
            text: specification("fields.dataProcessingAgreement"),
          }}
        />
      )}
    </>
  );
}
