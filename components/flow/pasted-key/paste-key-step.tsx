import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { ContactLink, TextLink } from "@/components/ui/text-link";
import type { PasteGuide as Guide } from "@/lib/activation/pasted-key/schema";
import { KeyLoginForm } from "./key-login-form";
import { PasteGuide } from "./paste-guide";
import { PasteKeyForm } from "./paste-key-form";

type Props = {
  guide: Guide;
  /** Instead of the step's own, where a key is asked for again. */
  heading?: ReactNode;
  /** Gets the hidden fields and `key`. */
  pasteKey: FormAction;
  /** Gets the hidden fields; leads to the vendor's login page. */
  logIn: FormAction;
  isLoginUnfinished: boolean;
  hidden: Record<string, string>;
  back: { href: string; to: "environments" | "request" };
};

/** The manual path: how to make a key at the vendor, and where to paste it. */
export function PasteKeyStep({ guide, heading, back, hidden, ...step }: Props) {
  const t = useTranslations("pastedKey");
  const values = { connector: guide.connector.name, integration: guide.integrationName };
  return (
    <>
      {heading ?? (
        <PageHeading title={t("title")}>
          <p>{t("intro", values)}</p>
        </PageHeading>
      )}
      <PasteGuide guide={guide} />
      {guide.canLogIn && (
        <KeyLoginForm
          logIn={step.logIn}
          isUnfinished={step.isLoginUnfinished}
          hidden={hidden}
          connectorName={guide.connector.name}
        />
      )}
      <PasteKeyForm
        pasteKey={step.pasteKey}
        hidden={hidden}
        connectorName={guide.connector.name}
        isSecondWay={guide.canLogIn}
      />
      <p className="flex flex-wrap gap-x-6 gap-y-2 text-sm text-ink-soft">
        <TextLink href={back.href}>{t(`back.${back.to}`)}</TextLink>
        <span>
          {t.rich("support", {
            partner: guide.partnerName,
            email: guide.supportEmail,
            link: (chunks) => <ContactLink href={`mailto:${guide.supportEmail}`}>{chunks}</ContactLink>,
          })}
        </span>
      </p>
    </>
  );
}
