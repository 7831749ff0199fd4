import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { CardSection } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { Timeline } from "./timeline";

/** The timeline at the end of a customer's page: there for who asks, closed for the others. */
export function TimelineDisclosure(props: ComponentProps<typeof Timeline>) {
  const t = useTranslations("timeline");
  return (
    <CardSection id="timeline" title={t("title")} intro={t("intro")}>
      <Disclosure summary={t("open")} isOpen={props.isEarlier}>
        <Timeline {...props} />
      </Disclosure>
    </CardSection>
  );
}
